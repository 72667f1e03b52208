"""Pages in real Chromium that fail their test on any console error, script error, foreign request or CSP violation."""

import os
from contextlib import closing, contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.programs import CHROMIUM

# Playwright's own event loop runs in this thread, which makes Django refuse every query otherwise.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Without motion, a page stands where it will stay as soon as it is there.
READER = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM.path(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """Return a context manager that opens a page; leaving it asserts that nothing went wrong in the page."""

    @contextmanager
    def open_page(**options):
        options = DESKTOP | READER | options
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        problems = watch(context, live_server.url)
        with closing(context):
            yield context.new_page()
        assert not problems, "\n".join(problems)

    return open_page


@pytest.fixture
def page(open_page):
    with open_page() as page:
        yield page


@pytest.fixture
def phone(open_page):
    with open_page(**PHONE) as page:
        yield page


@pytest.fixture
def axe():
    """Return a function that names what axe-core finds wrong with a page: rule, then the elements."""
    return accessibility_problems


def accessibility_problems(page) -> list[str]:
    violations = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    return [f"{rule['id']}: {' | '.join(node['html'] for node in rule['nodes'])}" for rule in violations]


def watch(context, site: str) -> list[str]:
    """Return a list that fills with whatever goes wrong in the context's pages."""
    problems = []

    def note_request(request):
        if not request.url.startswith((f"{site}/", "data:", "blob:", "about:")):
            problems.append(f"foreign request: {request.url}")

    def note_message(message):
        # The status of the page itself is the test's own concern: error pages are visited on purpose.
        is_own_status = message.location["url"] == message.page.url and message.text.startswith("Failed to load")
        if message.type == "error" and not is_own_status:
            problems.append(f"console: {message.text} ({message.location['url']})")

    context.on("request", note_request)
    context.on("console", note_message)
    context.on("weberror", lambda error: problems.append(f"script error: {error.error}"))
    return problems

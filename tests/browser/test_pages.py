"""Every kind of page: whole without script, no wider than the screen, and open to everyone."""

from http import HTTPStatus

import pytest

from articles.views.errors import error_page
from tests.browser.conftest import PHONE
from tests.browser.content import PAGES, fill_site

pytestmark = pytest.mark.django_db(transaction=True)

NARROW = {"viewport": {"width": 320, "height": 640}}
WIDTH = "document.documentElement.scrollWidth"
ERRORS = [HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.INTERNAL_SERVER_ERROR]


@pytest.fixture(autouse=True)
def site(live_server):
    fill_site()


def answer_with_error(route):
    status = HTTPStatus(int(route.request.url.rpartition("/")[2]))
    route.fulfill(content_type="text/html", body=error_page(status).text)


def visit_all(page):
    """Yield the kind of each page once it is open."""
    for kind, address in PAGES.items():
        page.goto(address)
        yield kind
    page.route("**/error/*", answer_with_error)
    for status in ERRORS:
        page.goto(f"/error/{status}")
        yield f"error {status}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [{}, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_on_any_page(open_page, axe, device, scheme):
    with open_page(**device, color_scheme=scheme) as page:
        assert {kind: found for kind in visit_all(page) if (found := axe(page))} == {}


def test_no_page_scrolls_sideways_on_the_narrowest_screen(open_page):
    with open_page(**NARROW) as page:
        assert {kind: width for kind in visit_all(page) if (width := page.evaluate(WIDTH)) > 320} == {}


def test_every_page_is_whole_without_script(open_page):
    """Script adds a button to share by and nothing to read."""
    with open_page(java_script_enabled=False) as page:
        without = {kind: lines(page) for kind in visit_all(page)}
    with open_page() as page:
        assert {kind: [line for line in lines(page) if line != "复制链接"] for kind in visit_all(page)} == without


def lines(page) -> list[str]:
    return page.inner_text("body").splitlines()


def test_searching_works_without_script(open_page):
    with open_page(java_script_enabled=False) as page:
        page.goto("/")
        page.fill("input[name=q]", "拉新来的人")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="拉新来的人为什么留不住").first.click()
        page.wait_for_url("**/articles/laxin/#q1")

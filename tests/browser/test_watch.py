"""The watch over pages itself: what it must not miss, and what it must let pass."""

import pytest

POLICY = "default-src 'none'; img-src 'self' data:"
POLICY_BROKEN = "console: .*Content Security Policy directive"


@pytest.fixture
def serve(live_server):
    """Return a function that shows a page with the given body at an address of the live server."""

    def serve(page, body, *, status=200, policy=POLICY):
        headers = {"Content-Security-Policy": policy, "Content-Type": "text/html; charset=utf-8"}
        page.route("**/planted/", lambda route: route.fulfill(status=status, headers=headers, body=body))
        page.goto("/planted/")

    return serve


@pytest.mark.parametrize(
    "body, problem",
    [
        ("<p style='color: red'>", POLICY_BROKEN),
        ("<script>1</script>", POLICY_BROKEN),
        ("<img src='http://foreign.invalid/x.png' alt=''>", POLICY_BROKEN),
        ("<img src='/no-such-file.png' alt=''>", "console: Failed to load resource"),
    ],
)
def test_a_page_at_fault_fails_its_test(open_page, serve, body, problem):
    with pytest.raises(AssertionError, match=problem), open_page() as page:
        serve(page, body)


def test_a_request_to_another_host_fails_its_test(open_page, serve):
    with pytest.raises(AssertionError, match=r"foreign request: http://127\.0\.0\.1:9/x\.png"), open_page() as page:
        serve(page, "<img src='http://127.0.0.1:9/x.png' alt=''>", policy="img-src *")


def test_a_word_on_the_console_fails_its_test(open_page, serve):
    with pytest.raises(AssertionError, match="console: planted"), open_page() as page:
        serve(page, "")
        page.evaluate("console.error('planted')")


def test_a_script_that_breaks_fails_its_test(open_page, serve):
    with pytest.raises(AssertionError, match="script error: planted"), open_page() as page:
        serve(page, "")
        with page.expect_event("pageerror"):
            page.evaluate("setTimeout(() => { throw new Error('planted') })")


def test_the_status_of_the_page_itself_is_left_to_the_test(open_page, serve):
    with open_page() as page:
        serve(page, "<p>planted</p>", status=404)


def test_axe_names_the_rule_and_the_element(open_page, serve, axe):
    with open_page() as page:
        serve(page, "<html lang=zh><title>t</title><main><h1>t</h1><a href='/'></a></main></html>")
        assert axe(page) == ['link-name: <a href="/"></a>']

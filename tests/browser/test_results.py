"""Search results as a reader's finger and eye meet them."""

import pytest

from tests.browser.content import fill_site

pytestmark = pytest.mark.django_db(transaction=True)

# What can be touched in the page and is less than 44 pixels tall.
TOO_SMALL = """[...document.querySelectorAll("main a, main button, main summary, main input")]
    .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)
    .map(e => `${e.textContent.trim()}: ${e.getBoundingClientRect().height}`)"""
# A passage of which the page shows but a part.
CLIPPED = """[...document.querySelectorAll(".say > p")]
    .filter(e => e.scrollHeight > e.clientHeight + 2 && getComputedStyle(e).overflow != "visible").length"""


@pytest.fixture(autouse=True)
def site(live_server):
    fill_site()


@pytest.mark.parametrize("query", ["拉新", "没有这样的词", "", "-拉新", "拉新&year=1999"])
def test_everything_on_a_phone_is_large_enough_for_a_finger(phone, query):
    phone.goto(f"/search/?q={query}")
    assert phone.evaluate(TOO_SMALL) == []


def test_a_passage_is_shown_whole(phone):
    phone.goto("/search/?q=拉新")
    assert phone.locator(".entry mark").count() > 0
    assert phone.evaluate(CLIPPED) == 0

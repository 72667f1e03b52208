"""Reading an article: finding one's way in it, passing it on, printing it."""

import pytest
from playwright.sync_api import expect

from tests.browser.content import fill_site

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLE = "/articles/laxin/"
TOP_OF = "element => Math.round(element.getBoundingClientRect().top)"


@pytest.fixture(autouse=True)
def site(live_server):
    fill_site()


def heading(page, number: int):
    return page.locator(f"#q{number} > h2")


def is_read_from(page, number: int) -> bool:
    """Tell whether the heading of the pair stands in the upper half of the window, below the masthead."""
    return 0 <= heading(page, number).evaluate(TOP_OF) < page.viewport_size["height"] / 2


def test_the_jump_list_leads_to_each_question_and_marks_the_one_being_read(page):
    page.goto(ARTICLE)
    jumps = page.locator(".toc a")
    assert jumps.all_text_contents() == ["拉新来的人为什么留不住", "拉新预算怎么向老板交代", "老带新的奖励什么时候发"]
    jumps.nth(1).click()
    page.wait_for_url(f"**{ARTICLE}#q2")
    assert is_read_from(page, 2)
    expect(jumps.nth(1)).to_have_attribute("aria-current", "true")
    expect(page.locator(".toc [aria-current]")).to_have_count(1)


def test_a_shared_link_opens_at_its_question_and_points_it_out(page):
    page.goto(f"{ARTICLE}#q3")
    assert is_read_from(page, 3)
    expect(heading(page, 3)).to_have_css("text-decoration-line", "underline")
    expect(heading(page, 2)).to_have_css("text-decoration-line", "none")


def test_a_heading_gives_the_link_to_itself(page):
    page.goto(ARTICLE)
    page.locator("#q2 .hash").click()
    assert page.url.endswith(f"{ARTICLE}#q2")


def test_back_to_top_goes_to_the_top(page):
    page.goto(f"{ARTICLE}#q3")
    page.get_by_role("link", name="返回顶部").click()
    assert page.evaluate("scrollY") < 100


def test_the_skip_link_comes_first_for_the_keyboard(page):
    page.goto(ARTICLE)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class("skip")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_id("main")


def test_the_copied_link_is_the_address_that_lasts(open_page, live_server):
    with open_page(permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto("/articles/liucun/?from=group#q1")
        button = page.locator("[data-copy]")
        button.click()
        expect(button).to_have_text("已复制")
        assert page.evaluate("navigator.clipboard.readText()") == f"{live_server.url}/articles/liucun/"


def test_the_code_for_wechat_is_drawn_here(page):
    page.goto(ARTICLE)
    code = page.locator(".qr img")
    expect(code).to_be_hidden()
    page.get_by_text("微信分享", exact=True).click()
    expect(code).to_be_visible()
    assert code.evaluate("async image => { await image.decode(); return image.naturalWidth }") > 100
    assert code.get_attribute("src") == f"{ARTICLE}qr.svg"


def test_inside_wechat_a_hint_takes_the_place_of_the_code(open_page):
    with open_page(user_agent="Mozilla/5.0 (Linux; Android 14) Mobile MicroMessenger/8.0.50") as page:
        page.goto(ARTICLE)
        expect(page.locator("[data-wechat]")).to_be_visible()
        expect(page.locator(".qr")).to_be_hidden()


def test_paper_carries_the_letters_and_the_source_and_nothing_to_click(page):
    page.goto(ARTICLE)
    page.emulate_media(media="print")
    for selector in (".mast", ".toc", ".acts", ".crumbs", ".pn", ".related", ".foot"):
        expect(page.locator(selector).first).to_be_hidden()
    for number in (1, 2, 3):
        expect(page.locator(f"#q{number} .letter")).to_be_visible()
        expect(page.locator(f"#q{number} .prose")).to_be_visible()
    expect(page.locator(".credit")).to_contain_text("https://example.com/laxin")


def test_a_phone_shows_the_same_article_and_wide_tables_scroll_by_themselves(phone):
    phone.goto(ARTICLE)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    table = phone.locator(".prose table").first
    assert table.evaluate("table => table.scrollWidth > table.clientWidth")
    expect(table).to_have_attribute("tabindex", "0")

"""Searching with the keyboard: suggestions while typing, and none while an input method is composing."""

import pytest
from playwright.sync_api import expect

from tests.browser.content import fill_site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def site(live_server):
    fill_site()


@pytest.fixture
def box(page):
    page.goto("/articles/")
    page.keyboard.press("/")
    return page.locator("input[name=q]:focus")


@pytest.fixture
def asked(page):
    """Return the list of the texts that suggestions were asked for, as it grows."""
    texts = []
    page.on("request", lambda request: "/suggest/" in request.url and texts.append(request.url.partition("q=")[2]))
    return texts


def options(page):
    return page.get_by_role("option")


def suggest(page, text: str) -> None:
    page.keyboard.type(text)
    expect(options(page).first).to_be_visible()


def test_the_slash_key_goes_to_the_box(page, box):
    expect(box).to_be_focused()
    expect(box).to_have_value("")


def test_typing_a_slash_in_the_box_types_it(page, box):
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")


def test_suggestions_are_walked_with_the_arrows_and_opened_with_enter(page, box):
    suggest(page, "拉新")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options(page).nth(0)).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options(page).nth(0).get_attribute("id")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(options(page).nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/topics/laxin/")


def test_escape_closes_the_suggestions_and_keeps_the_text(page, box):
    suggest(page, "拉新")
    page.keyboard.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(box).to_have_value("拉新")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_enter_without_a_choice_searches(page, box):
    suggest(page, "老带新的奖励")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    hit = page.get_by_role("link", name="老带新的奖励什么时候发")
    expect(hit.locator("mark")).to_have_text("老带新的奖励")
    hit.click()
    page.wait_for_url("**/articles/laxin/#q3")


def test_a_suggestion_opens_with_the_mouse(page, box):
    suggest(page, "老带新")
    options(page).filter(has_text="老带新的奖励什么时候发").click()
    page.wait_for_url("**/articles/laxin/#q3")


def test_leaving_the_box_closes_the_suggestions(page, box):
    suggest(page, "拉新")
    page.keyboard.press("Tab")
    expect(options(page).first).to_be_hidden()


def test_composing_asks_for_nothing_until_the_word_is_chosen(page, box, asked):
    keyboard = page.context.new_cdp_session(page)
    for half in ("l", "la", "la x", "la xin"):
        keyboard.send("Input.imeSetComposition", {"text": half, "selectionStart": len(half), "selectionEnd": len(half)})
        page.wait_for_timeout(200)
    assert asked == []
    keyboard.send("Input.insertText", {"text": "拉新"})
    expect(options(page).first).to_be_visible()
    assert asked == ["%E6%8B%89%E6%96%B0"]


def test_typing_asks_only_once_the_hand_rests(page, box, asked):
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.keyboard.type("老带新的奖励")
    assert asked == []
    page.clock.run_for(1000)
    expect(options(page).first).to_be_visible()
    assert len(asked) == 1

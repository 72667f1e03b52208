"""Pictures in answers, in real Chromium: chosen or pasted by an editor, seen by readers."""

import base64
import re

import pytest
from playwright.sync_api import expect

from articles.imaging import NAME
from tests.browser.test_admin import card, change_url, content, sign_in
from tests.factories import make_article
from tests.pictures import picture_file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("content")]
__all__ = ["content"]


def test_a_chosen_picture_stands_in_the_answer_and_on_the_page(page):
    article = make_article(pairs=[{"answer": "先看图。"}])
    sign_in(page, change_url(article))
    answer = card(page, 1).locator("textarea[name$='-answer']")
    answer.press("Control+End")
    with page.expect_file_chooser() as chooser:
        card(page, 1).locator("[data-picture]").click()
    chooser.value.set_files({"name": "图.png", "mimeType": "image/png", "buffer": picture_file(400, 300, kind="PNG")})
    expect(answer).to_have_value(re.compile(rf"先看图。\n\n!\[图片说明\]\(/images/{NAME}\)\n"))
    page.keyboard.type("四百乘三百")
    page.click("[name=_continue]")
    page.goto(article.get_absolute_url())
    shown = page.locator(".prose img")
    expect(shown).to_have_attribute("alt", "四百乘三百")
    assert shown.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") == 400


PASTE = """(box, [encoded, type]) => {
  const bytes = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], 'picture', {type}));
  box.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
}"""


def test_what_cannot_be_shown_is_told_below_the_answer(page):
    article = make_article(pairs=[{"answer": "原文"}])
    sign_in(page, change_url(article))
    answer = card(page, 1).locator("textarea[name$='-answer']")
    answer.evaluate(PASTE, [base64.b64encode(b"no picture").decode(), "image/png"])
    expect(card(page, 1).locator(".picture-said")).to_contain_text("这不是能读的")
    expect(answer).to_have_value("原文")

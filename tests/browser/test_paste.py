"""Pasting a page in real Chromium: paste, review, correct by key, save; with axe, on a phone, and without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.conftest import AXE_OPTIONS
from tests.browser.test_admin import LIST, sign_in
from tests.factories import make_column, make_topic
from tests.importing.test_parser import LETTERS

pytestmark = pytest.mark.django_db(transaction=True)

PASTE = f"{LIST}paste/"


@pytest.fixture(autouse=True)
def content(django_user_model):
    django_user_model.objects.create_superuser("bianji", password="xie-xin-de-ren")
    make_column(title="运营信箱")
    make_topic("实习生")


def review(page, text=LETTERS) -> None:
    page.fill("#id_text", text)
    page.get_by_role("button", name="下一步：核对").click()
    page.wait_for_selector("[data-review]")


def row(page, number: int):
    return page.get_by_role("group", name=f"第 {number} 段", exact=True)


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def violations(page) -> list[dict]:
    # Without preload: axe-core would rebuild Django's imported style sheets inline, which the policy refuses.
    return Axe().run(page, options=AXE_OPTIONS | {"preload": False}).response["violations"]


def checked(page, number: int) -> str:
    return row(page, number).locator("[type=radio]:checked").input_value()


def test_a_page_is_pasted_corrected_by_key_and_saved(page):
    sign_in(page, LIST)
    page.locator(".object-tools").get_by_role("link", name="粘贴网页").click()
    review(page)
    tally = page.locator("[data-tally]")
    expect(tally).to_have_text("将存为 2 问")
    expect(row(page, 1).locator("[type=radio]:checked")).to_be_focused()
    press(page, "j", "ArrowDown", "n")
    expect(tally).to_have_text("将存为 3 问")
    expect(page.locator("[data-gaps]").nth(0)).to_have_text("缺回信")
    expect(row(page, 3).locator("[type=radio]:checked")).to_be_focused()
    press(page, "n", "j", "j", "4")
    expect(tally).to_have_text("将存为 2 问")
    assert [checked(page, number) for number in (3, 4, 5)] == ["question", "heading", "dropped"]
    press(page, "j", "e", "Control+a")
    page.keyboard.insert_text("改过的一段。")
    press(page, "Escape", "ArrowRight")
    assert checked(page, 6) == "heading"
    press(page, "a")
    page.get_by_role("button", name="存为草稿").click()
    page.wait_for_url("**/change/")
    first, second = Article.objects.get().pairs.all()
    assert first.heading == "请假不丢人"
    assert first.answer.startswith("改过的一段。\n\n1、写清楚哪几天")
    assert [topic.name for topic in second.topics.all()] == ["实习生"]
    expect(page.locator(".messagelist")).to_contain_text("已粘贴为草稿：2 问。")


def test_a_question_under_an_answer_begins_a_question_and_joining_keeps_what_was_typed(page):
    sign_in(page, PASTE)
    review(page, "某刊\n\n要不要换城市\n\n先看合同。\n\n周报没人看\n\n写给自己看。")
    tally = page.locator("[data-tally]")
    expect(tally).to_have_text("还没有可存的内容")
    press(page, "j", "q", "j", "j", "1")
    expect(tally).to_have_text("将存为 2 问")
    page.locator("[data-group]").last.get_by_label("落款").fill("小鱼")
    row(page, 4).get_by_label("新开一问").uncheck()
    expect(tally).to_have_text("将存为 1 问")
    row(page, 4).get_by_label("新开一问").check()
    expect(page.locator("[data-group]").last.get_by_label("落款")).to_have_value("小鱼")
    page.locator("[data-group]").last.get_by_role("combobox").fill("实习")
    page.locator("[role=option]").click()
    page.select_option("[name=column]", label="运营信箱")
    expect(page.get_by_label("新专栏名")).to_be_hidden()
    page.get_by_role("button", name="存为草稿").click()
    page.wait_for_url("**/change/")
    article = Article.objects.get()
    assert article.column.title == "运营信箱"
    assert list(article.pairs.values_list("question", "answer", "signature")) == [
        ("要不要换城市", "先看合同。", ""),
        ("周报没人看", "写给自己看。", "小鱼"),
    ]
    assert [topic.name for topic in article.pairs.last().topics.all()] == ["实习生"]


def test_what_is_pasted_from_a_page_keeps_its_headings(page):
    sign_in(page, PASTE)
    page.locator("#id_text").evaluate(
        """(box) => {
            const data = new DataTransfer();
            data.setData('text/html', '<html><body><h2>怎么开始？</h2><p>先<b>开始</b>，再说。</p></body></html>');
            data.setData('text/plain', '怎么开始？先开始，再说。');
            box.focus();
            box.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(page.locator("#id_text")).to_have_value("## 怎么开始？\n\n先**开始**，再说。")


def test_without_script_a_page_is_corrected_and_saved(open_page):
    with open_page(java_script_enabled=False) as page:
        sign_in(page, PASTE)
        page.set_input_files("#id_file", {"name": "页.txt", "mimeType": "text/plain", "buffer": LETTERS.encode()})
        page.get_by_role("button", name="下一步：核对").click()
        row(page, 3).get_by_label("新开一问").check()
        page.get_by_role("button", name="重新计算").click()
        expect(page.locator("[data-tally]")).to_have_text("将存为 3 问")
        page.get_by_role("button", name="存为草稿").click()
        page.wait_for_url("**/change/")
    assert Article.objects.get().pairs.count() == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_pages_are_accessible_and_fit_a_phone(open_page, scheme):
    for size in ({"width": 1280, "height": 900}, {"width": 375, "height": 800}):
        with open_page(color_scheme=scheme, viewport=size) as page:
            sign_in(page, PASTE)
            assert violations(page) == []
            review(page)
            row(page, 4).get_by_label("新开一问").check()
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
            page.on("dialog", lambda dialog: dialog.accept())

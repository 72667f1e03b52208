"""A table comes in and articles go out in real Chromium: columns assigned, problem rows read, the rest confirmed."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.test_admin import sign_in
from tests.factories import make_article, make_column

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/articles/article/"
TABLE = "栏目,题目,日期,问,回复内容\n信箱,群里没人说话,2024-03-01,群里没人说话怎么办？,先找三个人。\n信箱,日期不对,上个月,问什么？,答。\n"


@pytest.fixture(autouse=True)
def content(django_user_model, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    django_user_model.objects.create_superuser("bianji", password="xie-xin-de-ren")
    make_column(title="信箱")


def choose(page) -> None:
    page.click("text=导入")
    page.set_input_files("#id_file", {"name": "问答.csv", "mimeType": "text/csv", "buffer": TABLE.encode("gb18030")})
    page.click("button[type=submit]:has-text('读取')")
    page.wait_for_url("**/import/*/")


def test_a_table_is_assigned_checked_and_imported(page):
    sign_in(page, LIST)
    choose(page)
    page.get_by_label("题目").select_option(label="文章标题")
    page.get_by_label("回复内容").select_option(label="回信")
    page.click("[name=_check]")
    expect(page.locator(".file-problems li")).to_contain_text(["第 3 行日期这里要填日期"])
    page.click("[name=_import]")
    expect(page.locator(".messagelist")).to_contain_text("一篇也没有导入")
    assert not Article.objects.exists()
    page.get_by_label("跳过它们，导入其余的").check()
    page.click("[name=_import]")
    expect(page.locator(".messagelist")).to_contain_text("已导入：新 1 篇")
    pair = Article.objects.get(title="群里没人说话").pairs.get()
    assert (pair.question, pair.answer) == ("群里没人说话怎么办？", "先找三个人。")


def test_what_is_selected_is_downloaded(page):
    make_article(title="公开的一篇")
    make_article(title="没发的一篇", status="draft")
    sign_in(page, LIST)
    page.check("#action-toggle")
    page.select_option("[name=action]", "export_selected")
    page.click("[name=index]")
    page.get_by_label("CSV").check()
    with page.expect_download() as download:
        page.click("main button[type=submit]")
    text = download.value.path().read_text("utf-8-sig")
    assert "公开的一篇" in text and "没发的一篇" not in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible(open_page, axe, scheme):
    make_article(status="draft")
    with open_page(color_scheme=scheme) as page:
        sign_in(page, LIST)
        choose(page)
        assert axe(page) == []
        page.goto(f"{LIST}import/")
        assert axe(page) == []
        page.goto(LIST)
        page.check("#action-toggle")
        page.select_option("[name=action]", "export_selected")
        page.click("[name=index]")
        expect(page.locator("[name=format]").first).to_be_visible()
        assert axe(page) == []


def test_the_pages_fit_a_phone(phone):
    sign_in(phone, LIST)
    choose(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= phone.viewport_size["width"]

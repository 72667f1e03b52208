"""The index of the admin, dead links and preview links in real Chromium."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article
from articles.publishing import trash
from tests.browser.test_admin import LIST, change_url, faults, sign_in
from tests.factories import at, make_article, make_column

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def content(django_user_model):
    """Something of everything that the index shows."""
    django_user_model.objects.create_superuser("bianji", password="xie-xin-de-ren")
    column = make_column(title="运营信箱")
    now = timezone.localtime()
    make_article(title="旧信", slug="jiu-xin", column=column, published_at=at(2016, now.month, now.day, 0, 1))
    make_article(title="等着审的稿", column=column, status="review", published_at=None)
    link = "看[这封](/articles/jiu-xin/)，还有[那封](/articles/mei-you/)。"
    make_article(title="拉新的账", column=column, pairs=[{"heading": "先看哪封", "answer": link}], topics=["KPI"])
    make_article(title="扔掉的信", column=column, status="trashed")


def test_from_what_waits_to_the_list_and_back_with_less(page):
    sign_in(page)
    page.get_by_role("link", name="待审文章").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    expect(page.locator("#result_list")).to_contain_text("等着审的稿")
    page.goto("/admin/")
    row = page.get_by_role("region", name="历史上的今天").get_by_role("listitem")
    expect(row).to_contain_text("旧信")
    row.get_by_role("button", name="仍然有效").click()
    page.wait_for_url("**/admin/")
    expect(row).to_contain_text("今年已核对")
    assert Article.objects.get(slug="jiu-xin").checked_on == timezone.localdate()
    # The entry that this made is the latest, and the user's own.
    page.get_by_role("link", name="只看我的").click()
    expect(page.get_by_role("region", name="最近编辑").get_by_role("listitem")).to_contain_text(["旧信"])


def test_a_dead_link_is_mended_on_its_card(page):
    sign_in(page)
    page.get_by_role("link", name="断链").click()
    page.wait_for_url("**/dead-links/")
    expect(page.locator("code")).to_have_text(["/articles/mei-you/"])
    page.get_by_role("link", name="先看哪封").click()
    page.wait_for_url("**/change/#pairs-0")
    page.locator("[name='pairs-0-answer']").fill("看[这封](/articles/jiu-xin/)。")
    page.click("[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto("/admin/")
    expect(page.get_by_role("link", name="断链")).to_contain_text("已清空")


def test_a_preview_link_is_copied_and_opens_without_signing_in(open_page):
    draft = make_article(title="还没发的稿", status="draft", published_at=None, pairs=2)
    with open_page(permissions=["clipboard-read", "clipboard-write"]) as page:
        sign_in(page, change_url(draft))
        page.locator("summary", has_text="复制预览链接").click()
        expect(page.locator(".preview-link [role=status]")).to_have_text("已复制。")
        address = page.evaluate("navigator.clipboard.readText()")
        assert re.search(r"/preview/[\w:-]+/$", address)
    with open_page() as page:
        page.goto(address)
        expect(page.locator("h1")).to_have_text("还没发的稿")
        expect(page.locator(".note[role=status]")).to_contain_text("预览")
        assert faults(page) == []
        trash([draft])
        page.reload()
        expect(page.locator("h1")).to_have_text("这个预览已经结束")
        assert faults(page) == []


def test_without_script_the_link_is_there_to_be_marked(open_page):
    draft = make_article(status="draft")
    with open_page(java_script_enabled=False) as page:
        sign_in(page, change_url(draft))
        page.locator("summary", has_text="复制预览链接").click()
        expect(page.get_by_label("预览链接")).to_have_value(re.compile("/preview/"))
        expect(page.locator("[data-copy]")).to_be_hidden()


def open_day_by_day(page):
    page.locator(".desk summary").click()


def open_preview_link(page):
    page.locator(".preview-link summary").click()


SCREENS = [("/admin/", open_day_by_day), (f"{LIST}dead-links/", None), ("draft", open_preview_link)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_every_screen_is_accessible_and_fits(open_page, scheme, width):
    draft = make_article(title="写到一半的稿", status="draft")
    found = {}
    with open_page(color_scheme=scheme, viewport={"width": width, "height": 3000}) as page:
        sign_in(page)
        page.goto(change_url(draft))
        page.click("[name=_save]")
        page.wait_for_url("**/article/")
        for address, act in SCREENS:
            page.goto(change_url(draft) if address == "draft" else address)
            if act:
                act(page)
            found[address] = faults(page)
    assert found == {address: [] for address, _act in SCREENS}

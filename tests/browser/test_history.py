"""Versions and revisions in real Chromium: edit, compare, go back; hand in, adopt."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from articles.models import Article
from articles.rights import make_groups
from tests.browser.test_admin import card, change_url, content, fill_card, sign_in
from tests.factories import make_article

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("content")]
__all__ = ["content"]


@pytest.fixture
def article():
    pairs = [{"heading": "怎么开口", "answer": "先聊再布置。"}, {"heading": "怎么考核", "answer": "看去年。"}]
    return make_article(title="带团队", pairs=pairs)


def history(article) -> str:
    return f"/admin/articles/article/{article.pk}/history/"


def test_edit_twice_compare_and_go_back(page, article):
    sign_in(page, change_url(article))
    fill_card(page, 1, answer="先聊，再布置。")
    page.fill("[name=revision_note]", "加了逗号")
    page.click("[name=_continue]")
    page.wait_for_url("**/change/")
    card(page, 2).locator("[data-move=up]").click()
    page.click("[name=_save]")
    page.wait_for_url("**/article/")
    page.goto(history(article))
    expect(page.locator(".version-note").first).to_have_text("加了逗号")
    page.check("[name=old][value='1']")
    page.click("text=对比所选两版")
    expect(page.locator("ins")).to_have_text("，")
    expect(page.locator(".moved")).to_have_text("第 2 问 → 第 1 问")
    page.click("text=恢复版本 1")
    page.click("button.main")
    page.wait_for_url(f"**{history(article)}")
    expect(page.locator(".version.is-now .version-note")).to_have_text("恢复版本 1")
    assert list(article.pairs.order_by("position").values_list("answer", flat=True)) == ["先聊再布置。", "看去年。"]


def test_a_revision_is_handed_in_and_adopted(open_page, page, article, django_user_model):
    make_groups()
    writer = django_user_model.objects.create_user("xiaolin", password="xie-xin-de-ren", is_staff=True)
    writer.groups.add(Group.objects.get(name="编辑"))
    with open_page() as desk:
        desk.goto(f"/admin/login/?next={change_url(article)}")
        desk.fill("#id_username", "xiaolin")
        desk.fill("#id_password", "xie-xin-de-ren")
        desk.click("[type=submit]")
        fill_card(desk, 1, heading="第一次怎么开口")
        desk.click("text=提交修订")
        desk.wait_for_url("**/pending/")
        desk.goto(change_url(article))
        expect(card(desk, 1).locator("[name$='-heading']")).to_have_value("第一次怎么开口")
    assert article.pairs.get(number=1).heading == "怎么开口"
    sign_in(page, "/admin/")
    page.click("text=待审修订")
    page.click("#result_list tbody th a")
    page.click("text=去看看")
    expect(page.locator("ins")).to_have_text("第一次")
    page.click("text=采用 >> nth=0")
    page.wait_for_url(f"**{history(article)}")
    assert Article.objects.get().pairs.get(number=1).heading == "第一次怎么开口"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_have_no_accessibility_problems(open_page, axe, article, scheme):
    with open_page(color_scheme=scheme, bypass_csp=True) as page:
        sign_in(page, change_url(article))
        fill_card(page, 1, answer="先聊，再布置。", topics="管理")
        page.click("[name=_continue]")
        page.wait_for_url("**/change/")
        fill_card(page, 2, heading="考核什么")
        page.click("[name=_pend]")
        page.wait_for_url("**/pending/")
        found = {}
        base = f"/admin/articles/article/{article.pk}"
        for path in (
            "history/",
            "compare/?old=1&new=2",
            "versions/1/restore/",
            "pending/",
            "change/?pending=1",
            "change/",
        ):
            page.goto(f"{base}/{path}")
            found[path] = axe(page)
        assert {path: problems for path, problems in found.items() if problems} == {}


def test_the_pages_fit_a_phone(phone, article):
    sign_in(phone, change_url(article))
    fill_card(phone, 1, answer="先聊，再布置。" * 20)
    phone.click("[name=_continue]")
    phone.wait_for_url("**/change/")
    for path in ("history/", "compare/?old=1&new=2", "versions/1/restore/"):
        phone.goto(f"/admin/articles/article/{article.pk}/{path}")
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), path

"""What is written is not lost, in real Chromium: drafts save themselves, the browser keeps a copy, leaving asks first."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Article, QAPair
from tests.browser.test_admin import ADD, LIST, card, change_url, faults, fill_card, sign_in
from tests.factories import make_article, make_column, make_topic

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def content(django_user_model):
    django_user_model.objects.create_superuser("bianji", password="xie-xin-de-ren")
    make_column(title="运营信箱")
    make_topic("淘宝客")


# A draft saves itself some seconds after the last key.
PATIENCE = 12_000


KEPT = """words => new Promise((resolve) => {
  const look = () => {
    if (Object.values(localStorage).some((text) => text.includes(words))) { resolve(); } else { setTimeout(look, 50); }
  };
  look();
})"""


def wait_for_copy(page, words: str) -> None:
    """Wait until the browser has kept the words."""
    page.evaluate(KEPT, words)


def saved_at(page):
    return page.locator("[data-autosave]")


def test_a_new_article_saves_itself_and_is_saved_once(page):
    sign_in(page, ADD)
    page.fill("#id_title", "第一次带团队")
    expect(saved_at(page)).to_have_text("尚未自动保存：专栏 这个字段是必填项。", timeout=PATIENCE)
    page.select_option("#id_column", label="运营信箱")
    fill_card(page, 1, heading="怎么开口", topics="淘宝客、没写完的", answer="先聊。")
    expect(saved_at(page)).to_contain_text("已自动保存", timeout=PATIENCE)
    article = Article.objects.get()
    assert page.url.endswith(change_url(article))
    page.get_by_role("button", name="添加一问").click()
    fill_card(page, 2, heading="怎么布置")
    expect(page.locator("[name=pairs-1-id]")).not_to_have_value("", timeout=PATIENCE)
    assert [pair.heading for pair in article.pairs.all()] == ["怎么开口", "怎么布置"]
    page.click("[name=_save]")
    page.wait_for_url(f"**{LIST}")
    assert QAPair.objects.count() == 2
    assert sorted(topic.name for topic in article.pairs.first().topics.all()) == ["没写完的", "淘宝客"]


def test_a_save_that_is_asked_for_waits_for_the_one_that_is_under_way(page):
    article = make_article(status="draft", pairs=[{"heading": "甲"}])
    sign_in(page, change_url(article))
    held = []
    page.route("**/autosave/", lambda route: held.append(route))
    with page.expect_request("**/autosave/", timeout=PATIENCE):
        fill_card(page, 1, heading="乙")
    page.click("[name=_save]", no_wait_after=True)
    held[0].continue_()
    page.wait_for_url(f"**{LIST}")
    assert article.pairs.get().heading == "乙"


def test_what_is_typed_meanwhile_is_offered_to_no_new_article(page):
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, ADD)
    held = []
    page.route("**/autosave/", lambda route: held.append(route), times=1)
    page.select_option("#id_column", label="运营信箱")
    with page.expect_request("**/autosave/", timeout=PATIENCE):
        page.fill("#id_title", "带团队")
    page.fill("#id_title", "带小团队")
    wait_for_copy(page, "带小团队")
    with page.expect_response(lambda response: "/autosave/" in response.url and "add" not in response.url) as second:
        held[0].continue_()
    assert second.value.ok
    page.goto(page.url.replace(change_url(Article.objects.get()), ADD))
    expect(page.locator("[data-kept-copy]")).to_be_hidden()


def test_a_draft_that_others_saved_is_left_alone(page):
    article = make_article(status="draft", title="原来的")
    sign_in(page, change_url(article))
    Article.objects.update(title="别人的")
    page.fill("#id_title", "我的")
    expect(saved_at(page)).to_have_text("尚未自动保存：别人刚保存过；您保存时会看到两个版本。", timeout=PATIENCE)
    assert Article.objects.get().title == "别人的"


def test_what_was_not_saved_comes_back_from_the_browser(page):
    article = make_article(title="带团队", pairs=[{"heading": "甲", "answer": "原来的"}, {"heading": "乙"}])
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, change_url(article))
    expect(page.locator("[data-kept-copy]")).to_be_hidden()
    fill_card(page, 1, answer="写了很久")
    card(page, 2).locator("[data-grip]").press("ArrowUp")
    page.get_by_role("button", name="添加一问").click()
    fill_card(page, 3, heading="丙", question="还有一问", answer="答")
    wait_for_copy(page, "还有一问")
    page.reload()
    bar = page.locator("[data-kept-copy]")
    expect(bar).to_contain_text("本机留有")
    assert faults(page) == []
    bar.get_by_role("button", name="恢复").click()
    expect(page.locator("[data-title]")).to_have_text(["乙", "甲", "丙"])
    expect(card(page, 2).locator("[name$='-answer']")).to_have_value("写了很久")
    expect(card(page, 3).locator("[name$='-question']")).to_have_value("还有一问")
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist")
    expect(bar).to_be_hidden()
    assert [pair.heading for pair in article.pairs.order_by("position")] == ["乙", "甲", "丙"]


def test_a_copy_can_be_thrown_away(page):
    article = make_article(title="带团队")
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, change_url(article))
    page.fill("#id_title", "写了一半")
    wait_for_copy(page, "写了一半")
    page.reload()
    page.get_by_role("button", name="丢弃").click()
    page.reload()
    expect(page.locator("[data-kept-copy]")).to_be_hidden()
    expect(page.locator("#id_title")).to_have_value("带团队")


def test_a_copy_that_is_offered_outlives_a_save(page):
    article = make_article(status="draft", title="带团队")
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, change_url(article))
    page.route("**/autosave/", lambda route: route.abort())
    page.fill("#id_title", "写了一半")
    wait_for_copy(page, "写了一半")
    page.unroute("**/autosave/")
    page.reload()
    expect(page.locator("[data-kept-copy]")).to_be_visible()
    page.fill("#id_title", "另一半")
    expect(saved_at(page)).to_contain_text("已自动保存", timeout=PATIENCE)
    expect(page.locator("[data-kept-copy]")).to_be_visible()
    wait_for_copy(page, "写了一半")


def test_a_copy_is_offered_only_to_whose_it_is(page, django_user_model):
    django_user_model.objects.create_superuser("tongshi", password="xie-xin-de-ren")
    article = make_article(title="带团队")
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, change_url(article))
    page.fill("#id_title", "写了一半")
    wait_for_copy(page, "写了一半")
    page.context.clear_cookies()
    page.goto(page.url)
    page.fill("#id_username", "tongshi")
    page.fill("#id_password", "xie-xin-de-ren")
    page.click("[type=submit]")
    page.wait_for_selector("#article_form")
    expect(page.locator("[data-kept-copy]")).to_be_hidden()


def test_who_is_signed_out_is_told_and_has_it_all_after_signing_in(page):
    article = make_article(status="draft", title="带团队")
    sign_in(page, change_url(article))
    Session.objects.all().delete()
    page.fill("#id_title", "写了一半")
    told = "尚未自动保存：登录已过期。文字已留在本机浏览器里，重新登录后可以恢复。"
    expect(saved_at(page)).to_have_text(told, timeout=PATIENCE)
    page.click("[name=_continue]")
    page.fill("#id_username", "bianji")
    page.fill("#id_password", "xie-xin-de-ren")
    page.click("[type=submit]")
    page.get_by_role("button", name="恢复").click()
    expect(page.locator("#id_title")).to_have_value("写了一半")


def test_control_s_saves_and_stays(page):
    article = make_article(title="带团队")
    sign_in(page, change_url(article))
    page.fill("#id_title", "带小团队")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".messagelist .success")
    assert page.url.endswith(change_url(article))
    assert Article.objects.get().title == "带小团队"


def test_leaving_asks_only_where_something_would_be_lost(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    sign_in(page, change_url(make_article(title="带团队")))
    page.goto(page.url)
    assert asked == []
    page.locator("#id_title").press_sequentially("！")
    page.reload()
    assert asked == ["beforeunload"]
    page.locator("#id_title").press_sequentially("！")
    page.click("[name=_save]")
    page.wait_for_url(f"**{LIST}")
    assert asked == ["beforeunload"]

"""Topics at the editors' desk: merged, redirected, brought back; suggested while an article is written."""

import pytest
from playwright.sync_api import expect

from articles.models import QAPair, Topic, TopicMerge
from tests.browser.test_admin import ADD, card, change_url, faults, fill_card, sign_in
from tests.factories import make_article, make_column, make_topic

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/articles/topic/"


@pytest.fixture(autouse=True)
def content(django_user_model):
    django_user_model.objects.create_superuser("bianji", password="xie-xin-de-ren")
    make_column(title="运营信箱")
    make_topic("团队管理", slug="tuandui", description="让别人把事做成。")
    make_topic("带团队", slug="daituan", aliases=["带人"])
    make_topic("团队 管理", slug="kongde")
    make_article(slug="both", topics=["团队管理", "带团队"])
    make_article(slug="one", topics=["带团队"])


def tagged(name: str) -> set[str]:
    return set(QAPair.objects.filter(tagged__tag__name=name).values_list("article__slug", flat=True))


def test_topics_are_merged_after_a_look_and_brought_back(page):
    sign_in(page, LIST)
    for name in ("带团队", "团队管理"):
        page.get_by_role("row", name=name).locator("[name=_selected_action]").check()
    page.select_option("[name=action]", label="合并…")
    page.click("[name=index]")
    page.wait_for_url("**/merge/?**")
    expect(page.locator(".merge-row.stays")).to_contain_text("带团队")
    page.locator(".merge-row", has_text="团队管理").get_by_role("link", name="改为保留它").click()
    expect(page.locator(".merge-row.stays")).to_contain_text("团队管理")
    expect(page.locator(".merge-result")).to_contain_text("「团队管理」共 2 问，其中 1 问是移来的。")
    assert TopicMerge.objects.count() == 0
    page.get_by_role("button", name="合并为「团队管理」").click()
    expect(page.locator(".messagelist")).to_contain_text("已合并：带团队 → 团队管理，移动 1 问。")
    assert (tagged("团队管理"), tagged("带团队")) == ({"both", "one"}, set())

    page.goto("/topics/daituan/")
    assert page.url.endswith("/topics/tuandui/")
    page.goto(LIST)
    page.get_by_role("link", name="合并记录").click()
    page.get_by_role("link", name="带团队 → 团队管理").click()
    page.get_by_role("button", name="撤销这次合并").click()
    expect(page.locator(".messagelist")).to_contain_text("已撤销合并")
    assert (tagged("团队管理"), tagged("带团队")) == ({"both"}, {"both", "one"})
    page.goto("/topics/daituan/")
    assert page.url.endswith("/topics/daituan/")


def test_a_topic_is_merged_from_its_form_with_one_that_is_typed(page):
    sign_in(page, f"{LIST}{Topic.objects.get(slug='tuandui').pk}/change/")
    page.get_by_role("link", name="合并…").click()
    page.locator("#id_names").press_sequentially("带人")
    option = page.locator(".offers [role=option]")
    expect(option).to_have_count(1)
    option.click()
    page.get_by_role("button", name="加入").click()
    expect(page.locator(".merge-row")).to_have_count(2)


def test_couples_are_merged_or_dismissed(page):
    sign_in(page, f"{LIST}namesakes/")
    couple = page.locator(".topic-couple")
    expect(couple).to_have_count(1)
    expect(couple).to_contain_text("只差全半角、大小写、符号或繁简")
    couple.get_by_role("button", name="不是重复").click()
    expect(page.locator(".topic-none")).to_be_visible()


def test_a_suggested_topic_is_added_by_one_click_and_saved(page):
    sign_in(page, ADD)
    page.fill("#id_title", "第一次带团队")
    page.select_option("#id_column", label="运营信箱")
    fill_card(page, 1, heading="带人怎么开口", question="团队管理难在哪里？", answer="先聊。", topics="开口")
    chips, notes = card(page, 1).locator(".topic-chip"), card(page, 1).locator(".topic-note")
    expect(chips).to_have_text(["带团队", "团队管理"])
    expect(notes).to_have_text(["新开口"])
    chips.first.click()
    expect(card(page, 1).locator("[name$='-topics']")).to_have_value("开口、带团队")
    expect(chips).to_have_text(["团队管理"])
    expect(chips.first).to_be_focused()
    chips.first.press("Enter")
    expect(chips).to_have_count(0)
    expect(card(page, 1).locator("[data-topics]")).to_be_focused()
    page.click("[name=_save]")
    page.wait_for_url("**/article/")
    saved = QAPair.objects.get(heading="带人怎么开口")
    assert {topic.name for topic in saved.topics.all()} == {"开口", "带团队", "团队管理"}


def test_a_pasted_list_is_told_apart_name_by_name(page):
    article = make_article(pairs=[{"heading": "甲"}, {"heading": "乙", "answer": "带人。"}])
    sign_in(page, change_url(article))
    expect(card(page, 2).locator(".topic-chip")).to_have_text(["带团队"])
    box = card(page, 1).locator("[data-topics]")
    box.focus()
    page.keyboard.insert_text("淘宝客，KPI、带人")
    expect(card(page, 1).locator(".topic-note")).to_have_text(["新淘宝客", "新KPI", "带人 → 带团队"])
    page.click("[name=_save]")
    page.wait_for_url("**/article/")
    assert {topic.name for topic in article.pairs.get(heading="甲").topics.all()} == {"淘宝客", "KPI", "带团队"}


def screens(merge) -> dict[str, str]:
    keys = Topic.objects.order_by("pk").values_list("pk", flat=True)
    return {
        "list": LIST,
        "merge": f"{LIST}merge/?{'&'.join(f'topic={key}' for key in keys)}",
        "merge alone": f"{LIST}merge/?topic={keys[0]}&names=没有的",
        "namesakes": f"{LIST}namesakes/",
        "unused": f"{LIST}unused/",
        "merges": "/admin/articles/topicmerge/",
        "record": f"/admin/articles/topicmerge/{merge.pk}/change/",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_every_screen_is_accessible_and_fits(open_page, scheme, width):
    entry = {"id": 10**9, "name": "旧名", "slug": "jiuming", "description": "旧的。", "aliases": ["老名"]}
    into = make_topic("留存", aliases=["旧名"])
    merged = entry | {"former_slugs": [], "moved": [], "shared": [10**9]}
    merge = TopicMerge.objects.create(name="留存", record={"into": into.pk, "description": "", "topics": [merged]})
    with open_page(color_scheme=scheme, viewport={"width": width, "height": 3000}) as page:
        sign_in(page)
        found = {}
        for name, address in screens(merge).items():
            page.goto(address)
            found[name] = faults(page)
        page.goto(ADD)
        fill_card(page, 1, heading="团队管理", topics="新名字、带人")
        expect(page.locator(".topic-chip")).to_have_count(1)
        found["advice"] = faults(page)
    assert {name: problems for name, problems in found.items() if problems} == {}

"""What the article form is told of topics while it is written, and the vocabulary that is controlled."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError

from articles.models import Article, QAPair, Topic
from tests.admin.posting import ADD, article_data, card, errors
from tests.factories import make_article, make_column, make_topic

pytestmark = pytest.mark.django_db

ADVISE = "/admin/articles/article/advise-topics/"


@pytest.fixture
def topics():
    make_topic("淘宝客", aliases=["淘客"])
    make_topic("KPI")
    make_topic("团队管理", aliases=["带团队"])


def advise(client, *cards) -> list[dict]:
    """Ask about cards, each (heading, question, answer, topics)."""
    columns = zip(*cards, strict=True)
    data = dict(zip(("heading", "question", "answer", "topics"), map(list, columns), strict=True))
    return client.post(ADVISE, data).json()["cards"]


def test_topics_named_in_the_texts_are_suggested_the_weightiest_first(admin_client, topics):
    (advice,) = advise(admin_client, ("第一次带团队", "淘客怎么做？", "先定ＫＰＩ。淘宝客靠流量。淘客。", ""))
    assert advice == {"suggested": ["淘宝客", "团队管理", "KPI"], "notes": []}


def test_what_the_field_has_by_any_name_is_not_suggested(admin_client, topics):
    (advice,) = advise(admin_client, ("带团队", "kpi 怎么定？", "", "带团队，考核、ＫＰＩ"))
    assert advice == {
        "suggested": [],
        "notes": [{"name": "带团队", "topic": "团队管理"}, {"name": "考核", "topic": ""}],
    }


def test_every_card_is_answered_in_its_order(admin_client, topics):
    found = advise(admin_client, ("KPI", "", "", ""), ("", "", "", ""), ("kpis", "", "", "淘客"))
    assert [advice["suggested"] for advice in found] == [["KPI"], [], []]


def test_at_most_eight_are_suggested(admin_client):
    names = [f"{letter}计划" for letter in "甲乙丙丁戊己庚辛壬癸"]
    for name in names:
        make_topic(name)
    (advice,) = advise(admin_client, ("", "，".join(names), "", ""))
    assert advice["suggested"] == names[:8]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_advice_costs_the_same_queries_for_any_number_of_cards(admin_client, django_assert_num_queries, rows):
    for row in range(rows):
        make_topic(f"话题{row}", aliases=[f"别名{row}"])
    cards = [("话题0", "别名0", "", "话题0、新的")] * rows
    with django_assert_num_queries(4):  # two of them are the session and the user
        assert len(advise(admin_client, *cards)) == rows


@pytest.mark.parametrize("text", ["\x00", "\ud800".encode("utf-8", "replace").decode(), "＋#()[]", "长" * 60_000])
def test_odd_texts_are_no_error(admin_client, topics, text):
    assert advise(admin_client, (text, text, text, "")) == [{"suggested": [], "notes": []}]


def test_odd_requests_are_no_error(admin_client, topics):
    assert admin_client.post(ADVISE).json() == {"cards": []}
    assert admin_client.post(ADVISE, {"heading": ["KPI"]}).json() == {"cards": []}
    assert admin_client.get(ADVISE).status_code == 405


def test_who_may_see_articles_may_ask(client, django_user_model):
    user = django_user_model.objects.create_user("reader", is_staff=True)
    client.force_login(user)
    assert client.post(ADVISE).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    assert client.post(ADVISE).status_code == 200


def save(client, typed: str):
    return client.post(ADD, article_data(column=make_column().pk, pairs=[card(1, topics=typed)]))


def names_of_topics() -> list[str]:
    return sorted(Topic.objects.values_list("name", flat=True))


def test_a_free_vocabulary_grows(admin_client, topics):
    assert save(admin_client, "淘客，KPI、考核").status_code == 302
    assert [topic.name for topic in QAPair.objects.get().topics.order_by("pk")] == ["淘宝客", "KPI", "考核"]


def test_a_controlled_vocabulary_refuses_new_names_in_one_line(admin_client, topics, settings):
    settings.CONTROLLED_TOPICS = True
    before = names_of_topics()
    message = "No such topic: 考核、涨粉. Topics are added on their own page."
    assert errors(save(admin_client, "淘客，考核、涨粉")) == {"0-topics": [message]}
    assert (names_of_topics(), Article.objects.count()) == (before, 0)
    assert save(admin_client, "淘客，ＫＰＩ").status_code == 302
    assert names_of_topics() == before


def test_a_controlled_vocabulary_is_kept_however_pairs_are_tagged(topics, settings):
    settings.CONTROLLED_TOPICS = True
    pair = make_article().pairs.get()
    with pytest.raises(ValidationError, match="No such topic: 考核"):
        pair.topics.set(["KPI", "考核"])
    assert (list(pair.topics.all()), Topic.objects.count()) == ([], 3)
    pair.topics.set(["带团队"])
    assert [topic.name for topic in pair.topics.all()] == ["团队管理"]


def test_a_controlled_vocabulary_is_added_to_on_the_page_of_topics(admin_client, settings):
    settings.CONTROLLED_TOPICS = True
    admin_client.post("/admin/articles/topic/add/", {"name": "考核", "aliases": "", "description": "", "slug": ""})
    assert names_of_topics() == ["考核"]


def test_the_field_says_what_becomes_of_new_names(admin_client, settings):
    assert 'data-new="New"' in admin_client.get(ADD).content.decode()
    settings.CONTROLLED_TOPICS = True
    assert 'data-new="No such topic"' in admin_client.get(ADD).content.decode()

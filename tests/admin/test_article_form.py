import re

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from articles.models import Article, QAPair, Topic
from tests.admin.posting import ADD, article_data, card, change_url, errors, headings, saved_data
from tests.factories import at, make_article, make_column, make_topic, tomorrow

pytestmark = pytest.mark.django_db


def add(client, **fields):
    return client.post(ADD, article_data(**{"column": make_column().pk} | fields))


def names(pair) -> list[str]:
    return [topic.name for topic in pair.topics.all()]


def test_a_new_article_is_saved_with_its_pairs_and_topics(admin_client):
    response = add(admin_client, pairs=[card(1, topics="淘宝客，KPI"), card(2, signature="一位新经理")])
    assert response.status_code == 302
    article = Article.objects.get()
    assert (article.status, article.slug, article.published_at) == ("draft", "di-yi-ci-dai-tuan-dui", None)
    first, second = article.pairs.with_topics()
    assert (first.number, first.heading, first.question, first.answer) == (1, "小标题1", "来信1", "回信1")
    assert (second.number, second.signature, names(first), names(second)) == (2, "一位新经理", ["淘宝客", "KPI"], [])


@pytest.mark.parametrize("gap", ["heading", "question", "answer"])
def test_a_draft_may_have_gaps(admin_client, gap):
    assert add(admin_client, pairs=[card(1, **{gap: ""})]).status_code == 302
    assert getattr(QAPair.objects.get(), gap) == ""


def test_a_draft_may_lack_pairs(admin_client):
    assert add(admin_client, pairs=[]).status_code == 302
    assert Article.objects.get().pairs.count() == 0


def test_an_empty_card_is_left_out(admin_client):
    add(admin_client, pairs=[card(1), {"position": "2"}, card(3)])
    assert headings(Article.objects.get()) == ["小标题1", "小标题3"]


@pytest.mark.parametrize(
    "typed, expected",
    [
        ("淘宝客，KPI、团队管理;新媒体", ["淘宝客", "KPI", "团队管理", "新媒体"]),
        ("团队 管理", ["团队 管理"]),
        ("#淘宝客# #KPI#", ["淘宝客", "KPI"]),
        ("ＫＰＩ、kpi、KPI", ["KPI"]),
        ("绩效", ["KPI"]),
        ("kpi、绩效", ["KPI"]),
        ("、，；", []),
    ],
)
def test_topics_are_taken_as_people_type_them(admin_client, typed, expected):
    make_topic("KPI", aliases=["绩效"])
    add(admin_client, pairs=[card(1, topics=typed)])
    assert names(QAPair.objects.get()) == expected


def test_topics_follow_the_field(admin_client):
    article = make_article(topics=["KPI", "淘宝客"])
    admin_client.post(change_url(article), saved_data(article, pairs={0: {"topics": "淘宝客、留存"}}))
    assert names(QAPair.objects.get()) == ["淘宝客", "留存"]
    assert Topic.objects.count() == 3


@pytest.mark.parametrize(
    "topics, message",
    [
        ("长" * 101, "“长长长长长长长长长长长长长长长长长长长长…” is too long for a topic: 100 characters at most."),
        ("、".join(f"话题{n}" for n in range(21)), "At most 20 names."),
        ("话\x00题", "Null characters are not allowed."),
    ],
)
def test_topics_out_of_bounds_are_named_beside_the_field(admin_client, topics, message):
    assert errors(add(admin_client, pairs=[card(1, topics=topics)])) == {"0-topics": [message]}
    assert not Topic.objects.exists()


def test_what_was_typed_comes_back_with_the_errors(admin_client):
    response = add(admin_client, pairs=[card(1, heading="长" * 121, topics="淘客、新词")])
    assert list(errors(response)) == ["0-heading"]
    assert 'value="淘客、新词"' in response.content.decode()


def test_arrows_write_places_that_are_closed_up_on_save(admin_client):
    article = make_article(pairs=[{"heading": "甲"}, {"heading": "乙"}, {"heading": "丙"}])
    data = saved_data(article, pairs={0: {"position": "9"}, 1: {"position": "5"}, 2: {"position": "7"}})
    admin_client.post(change_url(article), data)
    assert headings(article) == ["乙", "丙", "甲"]
    assert list(article.pairs.order_by("number").values_list("heading", flat=True)) == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    "index, place, expected",
    [
        (2, "1", ["丙", "甲", "乙"]),
        (0, "2", ["乙", "甲", "丙"]),
        (0, "3", ["乙", "丙", "甲"]),
        (1, "", ["甲", "乙", "丙"]),
        (1, "32767", ["甲", "丙", "乙"]),
    ],
)
def test_a_typed_place_moves_one_card(admin_client, index, place, expected):
    article = make_article(pairs=[{"heading": "甲"}, {"heading": "乙"}, {"heading": "丙"}])
    admin_client.post(change_url(article), saved_data(article, pairs={index: {"position": place}}))
    assert headings(article) == expected


def test_a_new_card_can_stand_between_saved_ones(admin_client):
    article = make_article(pairs=[{"heading": "甲"}, {"heading": "乙"}])
    data = saved_data(article, pairs={1: {"position": "3"}, 2: card(2, heading="新")})
    admin_client.post(change_url(article), data)
    assert headings(article) == ["甲", "新", "乙"]
    assert article.pairs.get(heading="新").number == 3


def test_a_card_saved_behind_an_empty_one_stays_the_pair_it_is(admin_client):
    article = make_article(pairs=[{"heading": "甲"}, {"heading": "乙"}])
    data = saved_data(article)
    moved = {key.replace("pairs-1-", "pairs-2-"): value for key, value in data.items()}
    moved |= {"pairs-TOTAL_FORMS": "3", "pairs-INITIAL_FORMS": "1", "pairs-2-heading": "乙二", "pairs-1-heading": ""}
    admin_client.post(change_url(article), moved)
    assert headings(article) == ["甲", "乙二"]


def test_deleting_a_card_closes_the_gap_and_keeps_numbers(admin_client):
    article = make_article(pairs=[{"heading": "甲"}, {"heading": "乙"}, {"heading": "丙"}])
    data = saved_data(article, pairs={0: {"DELETE": "on"}, 3: card(4, heading="不要了", DELETE="on")})
    admin_client.post(change_url(article), data)
    assert headings(article) == ["乙", "丙"]
    assert [pair.anchor for pair in article.pairs.order_by("position")] == ["q2", "q3"]


def test_publishing_without_a_time_means_now(admin_client):
    before = timezone.now()
    add(admin_client, pairs=[card(1)], status="published")
    assert before <= Article.objects.get().published_at <= timezone.now()


def test_the_publish_button_publishes(admin_client):
    add(admin_client, pairs=[card(1)], _publish="Save and publish")
    assert Article.objects.published().count() == 1


def test_a_time_to_come_schedules(admin_client):
    add(admin_client, pairs=[card(1)], status="published", published_at_0="2099-01-01", published_at_1="08:00")
    assert Article.objects.get().is_scheduled


def test_publishing_demands_a_pair(admin_client):
    response = add(admin_client, status="published")
    assert errors(response) == {"": ["An article is published with at least one question and its answer."]}
    assert not Article.objects.exists()


@pytest.mark.parametrize("gap", ["answer", "question", "heading"])
def test_publishing_demands_complete_pairs(admin_client, gap):
    response = add(admin_client, pairs=[card(1), card(2, **{gap: " "})], _publish="yes")
    assert list(errors(response)) == [f"1-{gap}"]
    assert f'<li><a href="#id_pairs-1-{gap}" data-jump>Question 2: ' in response.content.decode()


def test_errors_are_listed_above_the_form_with_links_to_their_fields(admin_client):
    page = add(admin_client, title="", pairs=[card(1, answer="")], status="published").content.decode()
    listed = page.partition('<ul class="jumps"')[2].partition("</ul>")[0]
    assert re.findall(r'href="#([\w-]+)"', listed) == ["id_title", "id_pairs-0-answer"]


def test_the_last_pair_of_a_public_article_cannot_be_deleted(admin_client):
    article = make_article()
    response = admin_client.post(change_url(article), saved_data(article, pairs={0: {"DELETE": "on"}}))
    assert list(errors(response)) == [""]
    assert article.pairs.count() == 1


def test_saving_what_is_unchanged_changes_nothing(admin_client):
    article = make_article(pairs=[{"question": "一行\n\n两行", "answer": "1. 甲\n2. 乙", "topics": ["KPI", "淘宝客"]}])
    pair = article.pairs.get()
    admin_client.post(change_url(article), saved_data(article))
    assert Article.objects.values().get() == Article.objects.filter(pk=article.pk).values().get()
    saved = QAPair.objects.get()
    assert (saved.question, saved.answer) == (pair.question, pair.answer)
    assert Article.objects.get().content_updated_at is None


def test_a_change_readers_see_dates_a_public_article(admin_client):
    article = make_article()
    admin_client.post(change_url(article), saved_data(article, pairs={0: {"answer": "改过"}}))
    assert Article.objects.get().content_updated_at is not None


@pytest.mark.parametrize(
    "state", [{"status": "draft", "published_at": None}, {"status": "published", "published_at": tomorrow()}]
)
def test_a_change_before_readers_see_it_dates_nothing(admin_client, state):
    article = make_article(**state)
    admin_client.post(change_url(article), saved_data(article, pairs={0: {"answer": "改过"}}))
    assert (QAPair.objects.get().answer, Article.objects.get().content_updated_at) == ("改过", None)


def test_an_emptied_slug_is_made_from_the_title(admin_client):
    article = make_article(slug="lao", title="新名字")
    admin_client.post(change_url(article), saved_data(article, slug=""))
    assert Article.objects.get().slug == "xin-ming-zi"


def test_a_taken_slug_is_refused(admin_client):
    make_article(slug="zhan-le")
    assert errors(add(admin_client, slug="zhan-le")) == {"slug": ["Article with this Slug already exists."]}


@pytest.mark.parametrize(
    "fields, field, message",
    [
        ({"title": ""}, "title", "This field is required."),
        ({"title": "题\x00"}, "title", "Null characters are not allowed."),
        ({"column": "x"}, "column", "Select a valid choice. That choice is not one of the available choices."),
        ({"column": "9" * 30}, "column", "Select a valid choice. That choice is not one of the available choices."),
        ({"status": "live"}, "status", "Select a valid choice. live is not one of the available choices."),
        ({"published_at_0": "明天"}, "published_at", "Enter a valid date."),
        ({"published_at_0": "2024-02-30", "published_at_1": "8:00"}, "published_at", "Enter a valid date."),
        ({"published_at_0": "0001-01-01", "published_at_1": "0:00"}, "published_at", None),
        ({"published_at_0": "9999-12-31", "published_at_1": "23:59"}, "published_at", None),
        ({"source_url": "javascript:alert(1)"}, "source_url", "Enter a valid URL."),
        ({"slug": "有汉字"}, "slug", None),
        ({"summary": "长" * 201}, "summary", "Ensure this value has at most 200 characters (it has 201)."),
    ],
)
def test_a_wrong_value_is_named_beside_its_field(admin_client, fields, field, message):
    found = errors(add(admin_client, **fields))
    assert field in found
    assert message is None or message in found[field]
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "fields, field",
    [
        ({"answer": "长" * 60_000}, "answer"),
        ({"question": "长" * 60_000}, "question"),
        ({"question": "信\x00"}, "question"),
        ({"heading": "长" * 121}, "heading"),
        ({"position": "-1"}, "position"),
        ({"position": "99999999999999999999"}, "position"),
        ({"position": "第一"}, "position"),
    ],
)
def test_a_wrong_value_is_named_beside_the_field_of_its_card(admin_client, fields, field):
    assert list(errors(add(admin_client, pairs=[card(1, **fields)]))) == [f"0-{field}"]


def test_half_a_character_does_no_harm(admin_client):
    body = "title=%ED%A0%80%FF&pairs-TOTAL_FORMS=x&pairs-INITIAL_FORMS=-1"
    response = admin_client.post(ADD, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200


def test_a_pair_of_another_article_cannot_be_taken_over(admin_client):
    mine, other = make_article(), make_article()
    before = list(QAPair.objects.order_by("pk").values())
    stolen = {"id": str(other.pairs.get().pk), "answer": "改过", "position": "5"}
    admin_client.post(change_url(mine), saved_data(mine, pairs={0: stolen}))
    assert list(QAPair.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("pairs, queries", [(1, 14), (3, 17)])
def test_the_form_asks_one_query_for_each_pair_and_no_more(admin_client, django_assert_num_queries, pairs, queries):
    article = make_article(pairs=pairs, topics=["KPI", "留存"])
    admin_client.get(change_url(article))
    with django_assert_num_queries(queries):
        admin_client.get(change_url(article))


def test_a_new_form_offers_one_card_and_a_saved_one_none(admin_client):
    def cards(url):
        return len(admin_client.get(url).context["inline_admin_formsets"][0].formset.forms)

    assert (cards(ADD), cards(change_url(make_article(pairs=2)))) == (1, 2)


def test_the_card_names_its_stable_anchor(admin_client):
    article = make_article(pairs=2)
    article.pairs.get(number=1).delete()
    assert ">#q2</span>" in admin_client.get(change_url(article)).content.decode()


def test_only_a_public_article_links_to_its_page(admin_client):
    public, draft = make_article(slug="gong-kai"), make_article(status="draft", slug="cao-gao")
    assert "/articles/gong-kai/" in admin_client.get(change_url(public)).content.decode()
    assert "/articles/cao-gao/" not in admin_client.get(change_url(draft)).content.decode()


def test_who_may_only_look_sees_the_article_and_no_inputs(client, django_user_model):
    article = make_article(pairs=2, topics=["KPI"], published_at=at(2019, 5, 6))
    client.force_login(viewer(django_user_model))
    page = client.get(change_url(article)).content.decode()
    assert 'name="title"' not in page
    assert article.pairs.first().answer in page
    assert client.post(change_url(article), saved_data(article, title="改")).status_code == 403


def viewer(users):
    user = users.objects.create_user("kanke", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_article", "view_qapair"]))
    return user

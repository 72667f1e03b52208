"""Acts on selected articles: shown before they are done, done as shown, and written down."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.utils import timezone

from articles import bulk
from articles.admin.bulk import page as bulk_page
from articles.models import Article, Topic
from tests.admin.choosing import act, choose, messages, word_of
from tests.admin.posting import LIST
from tests.factories import at, make_article, make_column, make_topic, tomorrow
from tests.reading import text_of

pytestmark = pytest.mark.django_db
MOMENT = "2090-05-01T08:30"


@pytest.fixture
def writer(client, django_user_model):
    """A browser in which somebody is signed in who writes and does not publish."""
    user = django_user_model.objects.create_user("writer", is_staff=True)
    codenames = ["view_article", "add_article", "change_article", "add_qapair", "change_qapair", "view_qapair"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return client


def make_draft(**fields) -> Article:
    return make_article(**{"status": "draft", "published_at": None} | fields)


def stored(article) -> Article:
    return Article.objects.get(pk=article.pk)


def states() -> dict[str, str]:
    return dict(Article.objects.values_list("title", "status"))


def logged() -> set[tuple[str, str]]:
    return {(entry.object_repr, entry.get_change_message()) for entry in LogEntry.objects.all()}


def groups(response) -> list[tuple[str, list[str]]]:
    """Return what the page announces: reason, empty for what changes, and the titles under it."""
    shown = response.context["groups"]
    return [(str(group.get("reason", "")), [article.title for article in group["articles"]]) for group in shown]


def test_nothing_is_done_before_it_was_shown(admin_client):
    draft = make_draft(title="甲")
    page = choose(admin_client, "publish_selected", draft, make_article(title="乙"), make_draft(title="丙", pairs=0))
    assert groups(page) == [
        ("", ["甲"]),
        ("a question or an answer is missing", ["丙"]),
        ("published already", ["乙"]),
    ]
    assert (stored(draft).status, logged()) == ("draft", set())


def test_what_was_shown_is_done_and_written_into_each_history(admin_client):
    response = act(admin_client, "publish_selected", make_draft(title="甲"), make_draft(title="乙"), make_article())
    assert messages(response) == ["2 articles: Published. 1 was left as it is."]
    assert logged() == {("甲", "Published."), ("乙", "Published.")}
    assert Article.objects.published().count() == 3


@pytest.mark.parametrize(
    "action, fields, expected",
    [
        ("submit_selected", {}, {"稿": "review", "审": "review", "发": "published"}),
        ("publish_selected", {}, {"稿": "published", "审": "published", "发": "published"}),
        ("withdraw_selected", {}, {"稿": "draft", "审": "draft", "发": "draft"}),
        ("schedule_selected", {"moment": MOMENT}, {"稿": "published", "审": "published", "发": "published"}),
        ("trash_selected", {}, {"稿": "trashed", "审": "trashed", "发": "trashed"}),
    ],
)
def test_states(admin_client, action, fields, expected):
    articles = [make_draft(title="稿"), make_draft(title="审", status="review"), make_article(title="发")]
    act(admin_client, action, *articles, **fields)
    assert states() == expected


def test_scheduling_dates_what_readers_have_not_seen(admin_client):
    draft, waiting, live = make_draft(), make_article(published_at=tomorrow()), make_article()
    ending = make_draft(title="早完", expires_at=at(2080, 1, 1))
    act(admin_client, "schedule_selected", draft, waiting, live, ending, moment=MOMENT)
    assert [stored(article).published_at for article in (draft, waiting)] == [at(2090, 5, 1, 8, 30)] * 2
    assert stored(live).published_at == live.published_at
    assert stored(ending).status == "draft"


@pytest.mark.parametrize(
    "action, fields, name, expected",
    [
        ("review_selected", {"day": "2030-01-02"}, "review_by", at(2030, 1, 2).date()),
        ("expire_selected", {"moment": MOMENT}, "expires_at", at(2090, 5, 1, 8, 30)),
    ],
)
def test_dates_are_set_and_taken_away(admin_client, action, fields, name, expected):
    articles = [make_article(), make_draft()]
    act(admin_client, action, *articles, **fields)
    assert [getattr(stored(article), name) for article in articles] == [expected] * 2
    act(admin_client, action, *articles, **dict.fromkeys(fields, ""))
    assert [getattr(stored(article), name) for article in articles] == [None, None]


def test_an_end_before_the_beginning_leaves_the_article_out(admin_client):
    article = make_article(title="甲", published_at=at(2020, 1, 1))
    page = choose(admin_client, "expire_selected", article, moment="2019-01-01T08:00")
    assert groups(page) == [("", []), ("it would expire before it is published", ["甲"])]
    assert word_of(page) == ""


@pytest.mark.parametrize("moment", ["", "2019-01-01T08:00", "9999-12-31T23:59", "0001-01-01T00:00", "x\x00"])
def test_a_moment_of_nonsense_is_refused(admin_client, moment):
    draft = make_draft()
    page = choose(admin_client, "schedule_selected", draft, moment=moment)
    assert list(page.context["form"].errors) == ["moment"]
    assert (word_of(page), stored(draft).status) == ("", "draft")


def test_the_column_is_changed_and_dated_where_readers_see_it(admin_client):
    column = make_column(title="新专栏")
    live, draft, there = make_article(), make_draft(), make_article(column=column)
    response = act(admin_client, "column_selected", live, draft, there, column=column.pk)
    assert messages(response) == ["2 articles: Moved to the column 新专栏. 1 was left as it is."]
    assert set(column.articles.all()) == {live, draft, there}
    assert list(Article.objects.exclude(content_updated_at=None)) == [live]


def test_topics_are_added_by_any_name_and_new_ones_announced(admin_client):
    make_topic("管理", aliases=["带人"])
    articles = [make_article(topics=["管理"]), make_article(pairs=2)]
    page = choose(admin_client, "add_topics_selected", *articles, given="带人，新话题")
    assert page.context["detail"] == "3 questions change. New topics: 新话题."
    assert not Topic.objects.filter(name="新话题").exists()
    act(admin_client, "add_topics_selected", *articles, given="带人，新话题")
    assert logged() == {(article.title, "Topics added: 管理、新话题.") for article in articles}
    for article in articles:
        for pair in article.pairs.with_topics():
            assert {topic.name for topic in pair.topics.all()} == {"管理", "新话题"}


def test_topics_are_removed_and_replaced(admin_client):
    make_topic("招聘")
    article = make_article(pairs=[{"topics": ["KPI", "留存"]}, {}])
    act(admin_client, "remove_topics_selected", article, taken="kpi")
    act(admin_client, "replace_topics_selected", article, taken="留存", given="招聘")
    assert [list(pair.topics.names()) for pair in article.pairs.all()] == [["招聘"], []]
    act(admin_client, "replace_topics_selected", article, taken="", given="留存")
    assert [list(pair.topics.names()) for pair in article.pairs.all()] == [["留存"], ["留存"]]
    assert [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")] == [
        "Topics removed: KPI.",
        "Topics replaced: 留存 → 招聘.",
        "Topics replaced: all → 留存.",
    ]


@pytest.mark.parametrize(
    "action, fields, error",
    [
        ("add_topics_selected", {"given": " 、"}, "This field is required."),
        (
            "add_topics_selected",
            {"given": "长" * 101},
            f"“{'长' * 20}…” is too long for a topic: 100 characters at most.",
        ),
        ("remove_topics_selected", {"taken": "没有的"}, "There is no topic “没有的”."),
    ],
)
def test_topics_of_nonsense_are_refused(admin_client, action, fields, error):
    page = choose(admin_client, action, make_article(topics=["KPI"]), **fields)
    assert list(page.context["form"].errors.values()) == [[error]]
    assert word_of(page) == ""


def test_a_controlled_vocabulary_takes_no_new_topic(admin_client, settings):
    settings.CONTROLLED_TOPICS = True
    page = choose(admin_client, "add_topics_selected", make_article(), given="新话题")
    assert list(page.context["form"].errors) == ["given"]


def test_everything_under_the_filters_is_meant_when_it_is_chosen(admin_client):
    chosen = [make_draft(title=title, topics=["KPI"]) for title in "甲乙"]
    other = make_draft(title="丙")
    response = act(admin_client, "publish_selected", chosen[0], across=True, query={"topic": "KPI"})
    assert response.redirect_chain == [(f"{LIST}?topic=KPI", 302)]
    assert [stored(article).status for article in (*chosen, other)] == ["published", "published", "draft"]


def test_what_changed_after_the_page_was_shown_is_shown_again(admin_client):
    first = make_draft(title="甲", topics=["KPI"])
    word = word_of(choose(admin_client, "publish_selected", first, across=True, query={"topic": "KPI"}))
    make_draft(title="乙", topics=["KPI"])
    data = {"action": "publish_selected", "_selected_action": first.pk, "select_across": "1", "confirm": word}
    page = admin_client.post(f"{LIST}?topic=KPI", data)
    assert page.context["problem"] == "This is another choice than the one shown before. Please look again."
    assert groups(page) == [("", ["乙", "甲"])]
    assert set(states().values()) == {"draft"}
    admin_client.post(f"{LIST}?topic=KPI", data | {"confirm": word_of(page)})
    assert set(states().values()) == {"published"}


def test_other_fields_than_shown_are_shown_first(admin_client):
    article = make_article()
    word = word_of(choose(admin_client, "review_selected", article, day="2030-01-02"))
    data = {"action": "review_selected", "_selected_action": article.pk, "step": "1", "confirm": word}
    page = admin_client.post(LIST, data | {"bulk-day": "2031-01-02"})
    assert (page.status_code, stored(article).review_by) == (200, None)


@pytest.mark.parametrize("typed, expected", [("", "draft"), ("2", "draft"), ("3", "published"), (" 3 ", "published")])
def test_many_are_changed_only_when_their_number_is_typed(admin_client, monkeypatch, typed, expected):
    monkeypatch.setattr(bulk_page, "TYPED_ABOVE", 2)
    articles = [make_draft() for _ in range(3)]
    response = act(admin_client, "publish_selected", *articles, typed=typed)
    assert set(states().values()) == {expected}
    problem = "Nothing was changed: type the number 3 to confirm."
    assert response.context.get("problem") == (problem if expected == "draft" else None)


def test_too_many_at_once_are_refused_in_one_sentence(admin_client, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 1)
    response = choose(admin_client, "publish_selected", make_draft(), make_draft())
    response = admin_client.get(response.url)
    assert messages(response) == ["At most 1 articles at a time: please narrow the selection by filters."]
    assert set(states().values()) == {"draft"}


def test_twenty_are_named_and_the_others_counted(admin_client):
    drafts = [make_draft() for _ in range(22)]
    (group,) = choose(admin_client, "publish_selected", *drafts).context["groups"]
    assert (len(group["articles"]), group["more"]) == (20, 2)


def test_a_hostile_title_is_text_on_the_page(admin_client):
    page = choose(admin_client, "publish_selected", make_draft(title="<script>alert(1)</script>"))
    html = page.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert(1)" not in html


def test_live_articles_are_kept_from_the_trash_by_who_does_not_publish(writer):
    live, draft = make_article(title="发"), make_draft(title="稿")
    page = choose(writer, "trash_selected", live, draft)
    assert groups(page) == [("", ["稿"]), ("only those who publish may take it from readers", ["发"])]
    act(writer, "trash_selected", live, draft)
    assert states() == {"发": "published", "稿": "trashed"}


@pytest.mark.parametrize(
    "action, fields",
    [
        ("publish_selected", {}),
        ("withdraw_selected", {}),
        ("schedule_selected", {"moment": MOMENT}),
        ("expire_selected", {"moment": MOMENT}),
        ("delete_selected", {}),
    ],
)
def test_who_does_not_publish_is_offered_none_of_it(writer, action, fields):
    articles = [make_draft(), make_article(), make_article(status="trashed")]
    before = list(Article.objects.values())
    act(writer, action, *articles, **fields)
    act(writer, action, *articles, query={"status": "trashed"}, **fields)
    assert list(Article.objects.values()) == before


def test_the_trash_offers_its_own_acts_only(admin_client):
    make_article(status="trashed")
    offered = admin_client.get(LIST, {"status": "trashed"}).context["action_form"].fields["action"].choices
    assert [name for name, _label in offered] == ["", "restore_selected", "delete_selected"]


def test_deleting_for_good_is_written_down(admin_client):
    trashed = make_article(title="弃", status="trashed")
    page = choose(admin_client, "delete_selected", trashed, query={"status": "trashed"})
    assert "act danger" in page.content.decode()
    act(admin_client, "delete_selected", trashed, query={"status": "trashed"})
    assert (Article.objects.count(), [str(entry) for entry in LogEntry.objects.all()]) == (0, ["Deleted “弃.”"])


def test_still_valid_dates_the_next_check(admin_client):
    article = make_article(published_at=timezone.now() - timedelta(days=30))
    act(admin_client, "confirm_selected", article)
    assert stored(article).review_by == timezone.localdate() + timedelta(days=365)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    "action, fields, cost",
    [("publish_selected", {}, 12), ("add_topics_selected", {"given": "KPI"}, 16), ("trash_selected", {}, 11)],
)
def test_the_page_costs_the_same_for_any_number(admin_client, django_assert_num_queries, action, fields, cost, rows):
    make_topic("KPI")
    drafts = [make_draft() for _ in range(rows)]
    choose(admin_client, action, *drafts, **fields)
    with django_assert_num_queries(cost):
        choose(admin_client, action, *drafts, **fields)


def test_the_page_says_what_it_does_in_words(admin_client):
    page = choose(admin_client, "withdraw_selected", make_article(title="甲"))
    text = text_of(page.content.decode().partition('id="content"')[2].replace("<", " <"))
    assert "Withdraw They are drafts again, and readers no longer find them. 1 article changes 甲" in text

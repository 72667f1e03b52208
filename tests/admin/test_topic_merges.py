"""Merging topics in the admin: chosen, shown beforehand, done, read afterwards, undone."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group

from articles.models import Topic, TopicMerge
from articles.rights import make_groups
from tests.factories import make_article, make_topic
from tests.reading import text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/topic/"
MERGE = f"{LIST}merge/"
RECORDS = "/admin/articles/topicmerge/"


@pytest.fixture
def topics():
    """团队管理 with two questions, 带团队 with one of its own and one of both, 管人 with none."""
    stays = make_topic("团队管理")
    other = make_topic("带团队", aliases=["带人"], description="带一群人做事。")
    make_article(topics=["团队管理", "带团队"])
    make_article(topics=["团队管理"])
    make_article(topics=["带团队"], status="draft")
    return stays, other, make_topic("管人")


def said(response) -> list[str]:
    return [text_of(str(message)) for message in response.context["messages"]]


def text(response) -> str:
    assert response.status_code == 200
    return text_of(response.content.decode())


def merge(client, into, *others):
    keys = [topic.pk for topic in (into, *others)]
    return client.post(MERGE, {"topic": keys, "into": into.pk}, follow=True)


def history() -> list[tuple]:
    entries = LogEntry.objects.order_by("pk")
    return [(entry.object_repr, entry.action_flag, entry.get_change_message()) for entry in entries]


def test_the_action_leads_to_the_page_of_the_chosen(admin_client, topics):
    keys = sorted(topic.pk for topic in topics[:2])
    data = {"action": "merge_selected", "_selected_action": keys}
    response = admin_client.post(LIST, data)
    assert response.url == f"{MERGE}?topic={keys[0]}&topic={keys[1]}"
    response = admin_client.post(LIST, data | {"_selected_action": keys[:1]}, follow=True)
    assert said(response) == ["Select two to 50 topics to merge."]


def test_the_form_of_a_topic_has_the_button(admin_client, topics):
    page = admin_client.get(f"{LIST}{topics[0].pk}/change/").content.decode()
    assert f'href="{MERGE}?topic={topics[0].pk}"' in page


def test_the_page_shows_what_would_happen_and_changes_nothing(admin_client, topics):
    stays, other, empty = topics
    Topic.objects.filter(pk=other.pk).update(slug="dai-ren")
    response = admin_client.get(MERGE, {"topic": [other.pk, stays.pk, empty.pk], "into": stays.pk})
    page = text(response)
    assert response.context["into"] == stays
    for sentence in [
        "1 question moves 1 has it already",
        "0 questions move",
        "“团队管理” has 3 questions; 1 of them moved.",
        "New aliases: 带团队、带人、管人",
        "/topics/dai-ren/ /topics/guan-ren/ → /topics/tuan-dui-guan-li/",
        "Definition taken over: 带一群人做事。",
        "Merge into “团队管理”",
    ]:
        assert sentence in page
    assert (Topic.objects.count(), TopicMerge.objects.count()) == (3, 0)


def test_the_most_used_topic_stays_unless_another_is_chosen(admin_client, topics):
    stays, other, _empty = topics
    make_article(topics=["团队管理"])
    keys = [other.pk, stays.pk]
    assert admin_client.get(MERGE, {"topic": keys}).context["into"] == stays
    assert admin_client.get(MERGE, {"topic": keys, "into": other.pk}).context["into"] == other
    assert admin_client.get(MERGE, {"topic": keys, "into": topics[2].pk}).context["into"] == stays


def test_topics_are_added_by_any_of_their_names(admin_client, topics):
    response = admin_client.get(MERGE, {"topic": topics[0].pk, "names": "带人，管人"})
    assert {topic.name for topic in response.context["others"]} == {"带团队", "管人"}
    assert 'name="names" value' not in response.content.decode()
    response = admin_client.get(MERGE, {"topic": topics[0].pk, "names": "没有的、管人"})
    assert "There is no topic “没有的”." in text(response)


def test_merging_moves_everything_and_both_histories_tell(admin_client, topics):
    stays, other, empty = topics
    response = merge(admin_client, stays, other, empty)
    assert said(response) == ["Merged: 带团队、管人 → 团队管理; 1 question moved. Record and undo"]
    assert response.redirect_chain[-1][0] == f"{LIST}{stays.pk}/change/"
    assert [topic.name for topic in Topic.objects.all()] == ["团队管理"]
    assert sorted(history()) == sorted([
        ("带团队", 3, ""),
        ("管人", 3, ""),
        ("团队管理", 2, "Merged: 带团队、管人 → 团队管理."),
    ])  # fmt: skip


def test_the_record_is_read_and_undone(admin_client, topics, admin_user):
    stays, other, _empty = topics
    merge(admin_client, stays, other)
    record = TopicMerge.objects.get()
    assert "带团队 → 团队管理" in text(admin_client.get(RECORDS))
    page = text(admin_client.get(f"{RECORDS}{record.pk}/change/"))
    assert "带团队 dai-tuan-dui 1 question moved · 1 had both · Aliases: 带人 带一群人做事。" in page
    assert "“带团队” comes back with 2 questions · Aliases: 带人" in page
    response = admin_client.post(f"{RECORDS}{record.pk}/undo/", follow=True)
    assert said(response) == ["Undone: 带团队 → 团队管理."]
    assert "This merge was undone before." in text(response)
    restored = Topic.objects.get(name="带团队")
    assert (restored.pk, restored.tagged.count(), stays.tagged.count()) == (other.pk, 2, 2)
    record.refresh_from_db()
    assert record.undone_by == admin_user
    assert history()[-1] == ("带团队", 1, "Undone: 带团队 → 团队管理.")


def test_what_cannot_be_undone_is_said_before_and_after(admin_client, topics):
    stays, other, _empty = topics
    merge(admin_client, stays, other)
    make_topic("带团对", slug="dai-tuan-dui")
    record = TopicMerge.objects.get()
    loss = "“带团队” comes back at the address dai-tuan-dui-2: another topic has dai-tuan-dui now."
    assert loss in text(admin_client.get(f"{RECORDS}{record.pk}/change/"))
    assert loss in said(admin_client.post(f"{RECORDS}{record.pk}/undo/", follow=True))
    response = admin_client.post(f"{RECORDS}{record.pk}/undo/", follow=True)
    assert said(response) == ["This merge was undone before."]


@pytest.mark.parametrize(
    "query", ["topic=x", "topic=99999", f"topic={'9' * 30}", "topic=%00", "into=x", "names=%00", "names=a,b"]
)
def test_odd_parameters_are_no_error(admin_client, topics, query):
    for response in (admin_client.get(f"{MERGE}?{query}"), admin_client.post(f"{MERGE}?{query}")):
        assert response.status_code == 200
        assert response.context["into"] is None


def test_a_post_of_odd_parameters_merges_nothing(admin_client, topics):
    stays, other, _empty = topics
    odd = [{"topic": [stays.pk, "x"]}, {"names": "没有的"}, {"topic": [stays.pk]}, {"into": ""}, {"into": topics[2].pk}]
    for data in odd:
        sent = {"topic": [stays.pk, other.pk], "into": stays.pk} | data
        assert admin_client.post(MERGE, sent).status_code == 200
    assert (Topic.objects.count(), TopicMerge.objects.count()) == (3, 0)


def test_too_many_topics_at_once_are_refused(admin_client):
    keys = [make_topic(f"话题{number}").pk for number in range(51)]
    assert "At most 50 topics are merged at a time." in text(admin_client.get(MERGE, {"topic": keys}))


def test_a_name_cannot_run(admin_client, topics):
    other = make_topic("<script>x</script>")
    response = merge(admin_client, topics[0], other)
    assert b"<script>x" not in response.content
    response = admin_client.get(f"{RECORDS}{TopicMerge.objects.get().pk}/change/")
    assert b"<script>x" not in response.content
    assert b"&lt;script&gt;x&lt;/script&gt;" in response.content


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(admin_client, django_assert_num_queries, rows):
    stays = make_topic("留下的")
    others = [make_topic(f"话题{row}", aliases=[f"别名{row}"]) for row in range(rows)]
    for _ in range(rows):
        make_article(pairs=rows, topics=["留下的", *(topic.name for topic in others)])
    keys = [topic.pk for topic in (stays, *others)]
    with django_assert_num_queries(6):  # two of them are the session and the user
        admin_client.get(MERGE, {"topic": keys})
    for other in others:
        merge(admin_client, stays, other)
    with django_assert_num_queries(7):
        admin_client.get(RECORDS)


def test_who_may_do_what(client, django_user_model, topics):
    stays, other, _empty = topics
    make_groups()
    for group, may_look, may_merge in (("Operations", 200, 403), ("Writers", 200, 403), ("Editors in chief", 200, 200)):
        user = django_user_model.objects.create_user(group, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        assert client.get(RECORDS).status_code == may_look
        assert client.get(MERGE, {"topic": [stays.pk, other.pk]}).status_code == may_merge
        assert merge(client, stays, other).status_code == may_merge
        record = TopicMerge.objects.first() or TopicMerge.objects.create(name="x", record={"into": 0, "topics": []})
        assert (client.post(f"{RECORDS}{record.pk}/undo/").status_code == 302) == (may_merge == 200)
        for address in (f"{RECORDS}add/", f"{RECORDS}{record.pk}/delete/"):
            assert client.post(address).status_code == 403

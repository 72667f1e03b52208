import pytest
from django.db import connection, transaction
from django.utils import translation

from articles.merging import MergeRefused, merge_topics, plan_merge, undo_merge
from articles.models import QAPair, TaggedPair, Topic, TopicMerge
from articles.search.engine import search
from articles.search.query import parse_query
from tests.factories import make_article, make_pair, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def topics():
    """团队管理 has one question, 带团队 two of which one is the same, 管人 none."""
    stays = make_topic("团队管理")
    other = make_topic("带团队", aliases=["带人", "带队"], description="带一群人做事。")
    empty = make_topic("管人")
    make_article(slug="both", topics=["团队管理", "带团队"])
    make_article(slug="one", topics=["带团队"])
    return stays, other, empty


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("zhubian")


def tagged(name: str) -> list[str]:
    rows = TaggedPair.objects.filter(tag__name=name).order_by("content_object")
    return list(rows.values_list("content_object__article__slug", flat=True))


def aliases(name: str) -> list[str]:
    return list(Topic.objects.get(name=name).aliases.order_by("pk").values_list("name", flat=True))


def state() -> dict[str, tuple]:
    """Return every topic with all that hangs on it."""
    return {
        topic.name: (
            topic.pk,
            topic.slug,
            topic.description,
            sorted(topic.aliases.values_list("name", flat=True)),
            sorted(topic.former_slugs.values_list("slug", flat=True)),
            tagged(topic.name),
        )
        for topic in Topic.objects.all()
    }


def test_the_plan_tells_what_moves_and_what_is_there_already(topics, django_assert_num_queries):
    stays, other, empty = topics
    both, one = (QAPair.objects.get(article__slug=slug).pk for slug in ("both", "one"))
    with django_assert_num_queries(1):
        shares = plan_merge(stays, [other, empty])
    assert [(share.topic.name, share.moved, share.shared) for share in shares] == [
        ("带团队", [one], [both]),
        ("管人", [], []),
    ]


def test_a_pair_of_two_merged_topics_moves_once(topics):
    stays, other, empty = topics
    pair = QAPair.objects.get(article__slug="one")
    pair.topics.add("管人")
    shares = plan_merge(stays, [other, empty])
    assert [(share.moved, share.shared) for share in shares][1] == ([], [pair.pk])


def test_everything_goes_to_the_topic_that_stays(topics, editor, client):
    stays, other, empty = topics
    other.slug = "dai-ren"
    other.save()
    merge = merge_topics(stays, [other, empty], by=editor)
    assert list(Topic.objects.values_list("name", flat=True)) == ["团队管理"]
    assert tagged("团队管理") == ["both", "one"]
    assert aliases("团队管理") == ["带人", "带队", "带团队", "管人"]
    assert Topic.objects.get().description == "带一群人做事。"
    assert (str(merge), merge.by, merge.moved_count) == ("带团队、管人 → 团队管理", editor, 1)
    for slug in ("dai-ren", "dai-tuan-dui", "guan-ren"):
        for rest in ("", "feed/"):
            response = client.get(f"/topics/{slug}/{rest}?page=1")
            assert (response.status_code, response.url) == (301, f"/topics/tuan-dui-guan-li/{rest}?page=1")


def test_a_definition_is_not_written_over(topics, editor):
    stays, other, _empty = topics
    Topic.objects.filter(pk=stays.pk).update(description="管好一个团队。")
    merge = merge_topics(stays, [other], by=editor)
    assert (Topic.objects.get(pk=stays.pk).description, merge.record["description"]) == ("管好一个团队。", "")


@pytest.mark.django_db(transaction=True)
def test_search_knows_the_merged_names_at_once(topics, editor):
    stays, other, _empty = topics
    pair = QAPair.objects.get(article__slug="one")
    merge = merge_topics(stays, [other], by=editor)
    assert pair.pk in search(parse_query("topic:带团队")).pair_ids
    assert pair.pk in search(parse_query("团队管理")).pair_ids
    undo_merge(merge, by=editor)
    assert pair.pk not in search(parse_query("topic:团队管理")).pair_ids


def test_a_name_that_is_an_alias_already_stays_one(topics, editor):
    stays, other, _empty = topics
    stays.aliases.create(name="带团队")
    merge_topics(stays, [other], by=editor)
    assert sorted(aliases("团队管理")) == ["带人", "带团队", "带队"]


def test_undoing_brings_everything_back(topics, editor):
    stays, other, empty = topics
    other.slug = "dai-ren"
    other.save()
    QAPair.objects.get(article__slug="one").topics.add("管人")
    before = state()
    merge = merge_topics(stays, [other, empty], by=editor)
    assert undo_merge(merge, by=editor).losses == []
    merge.refresh_from_db()
    assert state() == before
    assert merge.undone_by == editor
    with pytest.raises(MergeRefused, match="undone before"):
        undo_merge(merge, by=editor)


def test_merges_of_merges_are_undone_backwards(topics, editor):
    stays, other, empty = topics
    before = state()
    first = merge_topics(other, [empty], by=editor)
    second = merge_topics(stays, [other], by=editor)
    with pytest.raises(MergeRefused, match="“带团队” is gone"):
        undo_merge(first, by=editor)
    undo_merge(second, by=editor)
    undo_merge(first, by=editor)
    assert state() == before


def test_a_name_taken_since_stays_where_it_is_and_is_named(topics, editor):
    stays, other, empty = topics
    merge = merge_topics(stays, [other, empty], by=editor)
    stays.aliases.filter(name="管人").delete()
    make_topic("管人")
    plan = undo_merge(merge, by=editor)
    assert plan.losses == ["“管人” cannot come back: the name means the topic “管人” now."]
    assert sorted(state()) == ["团队管理", "带团队", "管人"]


def test_where_no_name_is_free_nothing_is_undone(topics, editor):
    stays, _other, empty = topics
    merge = merge_topics(stays, [empty], by=editor)
    stays.aliases.all().delete()
    Topic.objects.filter(pk=stays.pk).update(name="管人")
    before = state()
    with pytest.raises(MergeRefused, match="“管人” cannot come back"):
        undo_merge(merge, by=editor)
    assert (state(), TopicMerge.objects.get().undone_at) == (before, None)


def test_what_differs_from_before_is_told(topics, editor):
    stays, other, empty = topics
    merge = merge_topics(stays, [other], by=editor)
    QAPair.objects.get(article__slug="one").topics.clear()
    stays.aliases.get(name="带人").delete()
    stays.aliases.get(name="带队").delete()
    empty.aliases.create(name="带队")
    make_topic("带队列", slug="dai-tuan-dui")
    (comeback,) = undo_merge(merge, by=editor).comebacks
    assert comeback.losses == [
        "“带团队” comes back at the address dai-tuan-dui-2: another topic has dai-tuan-dui now.",
        "The name “带队” stays with the topic “管人”.",
        "1 question is left as it is: it lost “团队管理” since, or was deleted.",
    ]
    assert (aliases("带团队"), tagged("带团队"), tagged("团队管理")) == (["带人"], ["both"], ["both"])


def test_a_definition_edited_since_is_kept(topics, editor):
    stays, other, _empty = topics
    merge = merge_topics(stays, [other], by=editor)
    Topic.objects.filter(pk=stays.pk).update(description="改过了。")
    undo_merge(merge, by=editor)
    assert [Topic.objects.get(name=name).description for name in ("团队管理", "带团队")] == [
        "改过了。",
        "带一群人做事。",
    ]


def test_a_topic_that_cannot_come_back_keeps_its_pairs_where_they_are(topics, editor):
    stays, other, empty = topics
    QAPair.objects.get(article__slug="one").topics.add("管人")
    merge = merge_topics(stays, [other, empty], by=editor)
    stays.aliases.get(name="管人").delete()
    make_topic("管人")
    undo_merge(merge, by=editor)
    assert (tagged("团队管理"), tagged("带团队"), tagged("管人")) == (["both", "one"], ["both", "one"], [])


@pytest.mark.parametrize("choose", [lambda s, o: (s, []), lambda s, o: (s, [s, o]), lambda s, o: (s, [o, Topic(pk=0)])])
def test_topics_that_make_no_merge_are_refused(topics, editor, choose):
    before = state()
    with pytest.raises(MergeRefused, match="Please choose again"):
        merge_topics(*[choose(*topics[:2])][0], by=editor)
    assert (state(), TopicMerge.objects.count()) == (before, 0)


def test_a_merge_that_breaks_off_changes_nothing(topics, editor):
    before = state()
    with pytest.raises(RuntimeError), transaction.atomic():
        merge_topics(topics[0], [topics[1]], by=editor)
        raise RuntimeError
    assert (state(), TopicMerge.objects.count()) == (before, 0)


def test_merging_many_pairs_takes_few_queries(editor, django_assert_max_num_queries):
    stays, other = make_topic("团队管理"), make_topic("带团队")
    pairs = [make_pair(make_article(pairs=0), topics=["带团队"]) for _ in range(12)]
    with django_assert_max_num_queries(30):
        merge_topics(stays, [other], by=editor)
    assert stays.tagged.count() == len(pairs)
    assert connection.in_atomic_block

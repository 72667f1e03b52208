"""Stored links follow the content whichever way it is written, and the lists of the neighbours follow too."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from articles.derived import refresh_derived
from articles.models import Article, PairLink, QAPair, TaggedPair, UnrelatedPair
from articles.related import lists, relating, store
from articles.related.reading import related_pairs
from articles.search import postings
from tests import factories
from tests.factories import make_topic

pytestmark = pytest.mark.django_db(transaction=True)

LETTER = "直播间没有人停留，主播说了三个小时，观众只有五个"


def make_pair(heading: str, question: str = "", *, topics=(), **fields) -> QAPair:
    """Make an article of one pair that holds no other words than these."""
    texts = {"heading": heading, "question": question, "answer": "", "topics": topics}
    return factories.make_article(pairs=[texts], **fields).pairs.get()


@pytest.fixture(autouse=True)
def others():
    """Pairs that are near nothing."""
    for heading in ("报价单怎么做", "活动奖品选什么", "数据表太乱了", "客服总被骂", "选题想不出", "文案写得慢"):
        make_pair(heading, f"{heading}了")


@pytest.fixture
def pair():
    return make_pair("直播没人看", LETTER)


def shown(pair: QAPair) -> list[str]:
    """Return the headings beside the pair, read anew."""
    fresh = QAPair.objects.get(pk=pair.pk)
    return [link.pair.heading for link in related_pairs([fresh], limit=12)]


def stored() -> dict[int, list]:
    """Return all links in a form that can be compared."""
    links = store.read_links(QAPair.objects.values_list("pk", flat=True))
    return {pk: sorted(found) for pk, found in links.items() if found}


def save(other):
    other.question = LETTER
    other.save()


def update(other):
    QAPair.objects.filter(pk=other.pk).update(question=LETTER)


def bulk_update(other):
    other.question = LETTER
    QAPair.objects.bulk_update([other], ["question"])


def plain_sql(other):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_qapair SET question = %s WHERE id = %s", [LETTER, other.pk])


@pytest.mark.parametrize("write", [save, update, bulk_update, plain_sql])
def test_a_changed_question_enters_the_lists_of_its_new_neighbours(write, pair):
    other = make_pair("另一个", "别的事情")
    assert (shown(pair), shown(other)) == ([], [])
    write(other)
    assert (shown(pair), shown(other)) == (["另一个"], ["直播没人看"])
    assert not UnrelatedPair.objects.exists()


def test_a_changed_question_leaves_the_lists_of_its_old_neighbours(pair):
    other = make_pair("同病相怜", LETTER)
    assert shown(pair) == ["同病相怜"]
    QAPair.objects.filter(pk=other.pk).update(question="别的事情")
    assert (shown(pair), shown(other)) == ([], [])


def test_bulk_created_pairs_are_related(pair):
    article = factories.make_article(pairs=0)
    QAPair.objects.bulk_create([QAPair(article=article, number=1, position=1, heading="新来的", question=LETTER)])
    assert shown(pair) == ["新来的"]


def test_a_deleted_pair_leaves_nothing_behind(pair):
    other = make_pair("同病相怜", LETTER)
    Article.objects.filter(pk=other.article_id).delete()
    assert shown(pair) == []
    for table, column in [("pairvector", "pair_id"), ("relatedpair", "other_id"), ("alikepair", "other_id")]:
        assert not postings.select(f"SELECT 1 FROM articles_{table} WHERE {column} = %s", [other.pk])


def test_topics_added_and_taken_away_are_followed(pair):
    topic = make_topic("直播")
    other = make_pair("找赞助", topics=[topic])
    pair.topics.add(topic)
    assert (shown(pair), shown(other)) == (["找赞助"], ["直播没人看"])
    TaggedPair.objects.filter(content_object=other).delete()
    assert (shown(pair), shown(other)) == ([], [])


def test_a_renamed_topic_is_named_anew_and_nothing_is_related_again(pair):
    topic = make_topic("直播")
    pair.topics.add(topic)
    make_pair("找赞助", topics=[topic])
    topic.name = "直播带货"
    topic.save()
    (link,) = related_pairs([QAPair.objects.get(pk=pair.pk)])
    assert link.reason.topics == ("直播带货",)


def test_publishing_and_withdrawing_need_no_new_links(pair):
    draft = make_pair("同病相怜", LETTER, status="draft")
    before = stored()
    assert (shown(pair), shown(draft)) == ([], ["直播没人看"])
    Article.objects.filter(pk=draft.article_id).update(status="published")
    assert (shown(pair), stored()) == (["同病相怜"], before)


def test_many_drafts_leave_room_for_what_readers_may_see(pair):
    for n in range(lists.KEPT + 2):
        make_pair(f"草稿{n}", LETTER, status="draft")
    make_pair("同病相怜", f"{LETTER}，还有别的事")
    assert shown(pair) == ["同病相怜"]


def test_a_list_that_grew_short_is_made_anew(pair, monkeypatch):
    monkeypatch.setattr(lists, "KEPT", 2)
    monkeypatch.setattr(lists, "KEPT_PUBLIC", 2)
    first, second = make_pair("一样", LETTER), make_pair("也一样", LETTER)
    make_pair("差不多", f"{LETTER}，怎么办才好呢")
    assert shown(pair) == ["一样", "也一样"]
    QAPair.objects.filter(pk__in=[first.pk, second.pk]).delete()
    assert shown(pair) == ["差不多"]


def test_links_made_one_by_one_are_those_made_at_once(pair):
    for n in range(6):
        make_pair(f"第{n}场直播", f"{LETTER[n:]}，第{n}场卖了多少")
    pairs = list(QAPair.objects.values_list("pk", flat=True))
    relating.relate(pairs)
    before = stored()
    for pk in pairs:
        relating.relate([pk])
    assert stored() == before
    assert before


def test_links_are_the_same_both_ways(pair):
    for n in range(3):
        make_pair(f"第{n}场直播", f"{LETTER[n:]}，第{n}场卖了多少")
    scores = {(pk, link.other_id): (link.score, link.likeness) for pk, found in stored().items() for link in found}
    assert scores == {(other, pk): score for (pk, other), score in scores.items()}


def test_pairs_that_the_site_has_outgrown_are_related_anew(pair):
    store.execute("UPDATE articles_pairvector SET pairs = 1 WHERE pair_id = %s", [pair.pk])
    make_pair("不相干", "别的事情")
    assert postings.select("SELECT pairs FROM articles_pairvector WHERE pair_id = %s", [pair.pk]) == [(8,)]


def test_pairs_of_an_older_version_are_related_anew_after_a_migration(pair):
    make_pair("同病相怜", LETTER)
    store.execute("UPDATE articles_pairvector SET version = 0, terms = '{}'")
    store.execute("DELETE FROM articles_relatedpair")
    call_command("migrate", verbosity=0)
    assert shown(pair) == ["同病相怜"]


def test_a_flush_drops_all_links(pair):
    make_pair("同病相怜", LETTER)
    call_command("flush", interactive=False, verbosity=0)
    for table in store.NAMES:
        assert postings.select(f"SELECT * FROM {table}") == []


def test_migrating_back_and_forward_leaves_all_links(pair):
    make_pair("同病相怜", LETTER)
    call_command("migrate", "articles", "0002", verbosity=0)
    assert not set(store.NAMES) & set(connection.introspection.table_names())
    call_command("migrate", verbosity=0)
    assert shown(pair) == ["同病相怜"]


def test_the_same_question_is_found_under_long_and_different_answers(pair):
    answers = ["先看流量从哪里来，" + "再看货。" * 200, "换一个时段试试，" + "多和观众说话。" * 200]
    other = factories.make_article(pairs=[{"heading": "转载", "question": LETTER, "answer": answers[1]}]).pairs.get()
    QAPair.objects.filter(pk=pair.pk).update(answer=answers[0])
    ((first, second, likeness),) = store.read_alike_to([pair.pk])
    assert ({first, second}, likeness >= relating.ALIKE) == ({pair.pk, other.pk}, True)


# Editors' links


def test_pins_come_first_in_their_order_and_blocks_not_at_all(pair):
    near = make_pair("同病相怜", LETTER)
    far, farther = make_pair("写周报", "周报"), make_pair("请假条", "请假")
    PairLink.objects.create(pair=pair, other=farther, kind="pin", position=2)
    PairLink.objects.create(pair=pair, other=far, kind="pin", position=1)
    assert shown(pair) == ["写周报", "请假条", "同病相怜"]
    PairLink.objects.create(pair=pair, other=near, kind="block")
    assert (shown(pair), shown(near)) == (["写周报", "请假条"], ["直播没人看"])
    PairLink.objects.all().delete()
    assert shown(pair) == ["同病相怜"]


def test_an_editors_word_survives_what_neighbours_do(pair):
    near, far = make_pair("同病相怜", LETTER), make_pair("写周报", "周报")
    PairLink.objects.create(pair=pair, other=far, kind="pin")
    PairLink.objects.create(pair=pair, other=near, kind="block")
    for other in (near, far):
        QAPair.objects.filter(pk=other.pk).update(answer="新的回答")
    assert shown(pair) == ["写周报"]


def test_a_pinned_draft_is_hidden_from_readers(pair):
    draft = make_pair("写周报", "周报", status="draft")
    PairLink.objects.create(pair=pair, other=draft, kind="pin")
    assert shown(pair) == []
    Article.objects.filter(pk=draft.article_id).update(status="published")
    assert shown(pair) == ["写周报"]


def test_editors_links_are_dumped_and_loaded_and_stored_links_are_not(pair, tmp_path):
    near, far = make_pair("同病相怜", LETTER), make_pair("写周报", "周报")
    PairLink.objects.create(pair=pair, other=far, kind="pin", position=1)
    out = StringIO()
    call_command("dumpdata", "articles", natural_primary=True, natural_foreign=True, stdout=out)
    records = json.loads(out.getvalue())
    found = [record for record in records if "link" in record["model"] or "related" in record["model"]]
    fields = {"pair": [*pair.natural_key()], "other": [*far.natural_key()], "kind": "pin", "position": 1}
    assert found == [{"model": "articles.pairlink", "fields": fields}]
    dump = tmp_path / "dump.json"
    dump.write_text(out.getvalue(), encoding="utf-8")
    call_command("flush", interactive=False, verbosity=0)
    call_command("loaddata", str(dump), verbosity=0)
    assert shown(QAPair.objects.get(heading="直播没人看")) == ["写周报", "同病相怜"]
    assert near.heading == "同病相怜"


# Costs


@pytest.mark.parametrize("neighbours", [1, 12])
def test_relating_a_pair_asks_the_same_queries_whatever_its_neighbours(pair, neighbours, django_assert_max_num_queries):
    for n in range(neighbours):
        make_pair(f"同病相怜{n}", LETTER)
    with django_assert_max_num_queries(26):
        relating.relate([pair.pk])


def test_no_pairs_cost_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert relating.relate([]) == []


@pytest.mark.parametrize("text", ["", "？！", "\\", "%", "😀", "的", "'; --", "a" * 120, "长" * 3000])
def test_odd_texts_are_no_error(text):
    article = factories.make_article(pairs=0)
    for number in (1, 2):
        QAPair.objects.create(article=article, number=number, heading=text[:120], question=text, answer=text)
    refresh_derived()
    assert not UnrelatedPair.objects.exists()

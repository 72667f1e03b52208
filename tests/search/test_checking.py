"""Whatever is wrong with the index is found, named and mended, and nothing else is touched."""

import pytest

from articles.derived import refresh_derived
from articles.models import QAPair, StalePair
from articles.search import checking, postings, writing
from articles.search.checking import Fault, TooMany, check, differing
from articles.search.fields import Posting
from tests.factories import make_article, make_topic
from tests.search.tables import LIVE, empty_index, index_rows, posting_rows

pytestmark = pytest.mark.django_db(transaction=True)

WHOLE = None


def rewrite(pair_id, texts, posting):
    """Write other postings of the terms for the pair, None for none."""
    writing.write_postings((term_id, pair_id, posting) for term_id in postings.read_term_ids(texts).values())


def do(harm, pair_id):
    if callable(harm):
        harm(pair_id)
    else:
        postings.execute(harm.format(pk=pair_id))


# What is done to the index, and what is then said of the pair, or of the whole index.
HARMS = {
    "entry changed": (
        "UPDATE articles_indexedpair SET text = 'a' WHERE pair_id = {pk}",
        ["indexed with another text"],
    ),
    "entry of another version": (
        "UPDATE articles_indexedpair SET version = version + 1 WHERE pair_id = {pk}",
        ["indexed by another version"],
    ),
    "entry gone": (
        "DELETE FROM articles_indexedpair WHERE pair_id = {pk}",
        ["not in the index", "WHOLE the number of all pairs or their length is wrong"],
    ),
    "postings gone": (
        lambda pk: rewrite(pk, ["甲"], None),
        ["terms missing: 甲"],
    ),
    "postings changed": (
        lambda pk: rewrite(pk, ["甲"], Posting(9, 9)),
        ["terms with wrong numbers: 甲"],
    ),
    "many postings changed": (
        lambda pk: rewrite(pk, [text for text, pair_id, *_ in posting_rows() if pair_id == pk], Posting(9, 9)),
        ["terms with wrong numbers: e 丙 丙答 乙 乙甲 … (13)"],
    ),
    "postings left over": (
        lambda pk: rewrite(pk, ["other"], Posting(1, 1)),
        ["terms left over: other"],
    ),
    "postings of no term": (
        lambda pk: writing.write_postings([(77777, pk, Posting(1, 1))]),
        ["terms left over: #77777"],
    ),
    "term gone": (
        "DELETE FROM articles_term WHERE text = '甲'",
        ["terms missing: 甲", "terms left over: #{term}"],
    ),
    "count changed": (
        "UPDATE articles_term SET df = 7 WHERE text = '甲'",
        ["WHOLE term 甲: counted in 7 pairs, found in 1"],
    ),
    "term without pairs": (
        "INSERT INTO articles_term VALUES (77777, '空', 0)",
        ["WHOLE term 空: counted in 0 pairs, found in 0"],
    ),
    "size changed": (
        "UPDATE articles_indexstat SET length = length + 1",
        ["WHOLE the number of all pairs or their length is wrong"],
    ),
    "size gone": (
        "DELETE FROM articles_indexstat",
        ["WHOLE the number of all pairs or their length is wrong"],
    ),
}


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Have tables read in many parts."""
    monkeypatch.setattr(postings, "PART", 3)
    monkeypatch.setattr(checking, "PAIRS", 1)


@pytest.fixture
def pair():
    make_article(title="other", pairs=[{"heading": "b", "question": "c", "answer": "d"}] * 2)
    QAPair.objects.latest("pk").delete()
    pairs = [{"heading": "甲", "question": "乙甲", "answer": "丙答", "topics": [make_topic("e")]}]
    yield make_article(title="标题", pairs=pairs).pairs.get()
    empty_index()


@pytest.mark.parametrize("harm, reasons", HARMS.values(), ids=HARMS)
def test_a_fault_is_named_and_mended(harm, reasons, pair):
    ((term,),) = postings.select("SELECT id FROM articles_term WHERE text = '甲'")
    expected = [
        Fault(reason.removeprefix("WHOLE "), None) if reason.startswith("WHOLE ") else Fault(reason, pair.pk)
        for reason in (reason.format(term=term) for reason in reasons)
    ]
    before = index_rows()
    do(harm, pair.pk)
    assert list(check()) == expected
    assert index_rows() != before
    assert {fault.pair_id for fault in check(repair=True)} == {fault.pair_id for fault in expected}
    assert index_rows() == before
    assert list(check()) == []


def test_a_healthy_index_is_left_alone(pair):
    shares = []
    before = index_rows()
    assert list(check(repair=True, progress=shares.append)) == []
    assert index_rows() == before
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_a_pair_that_is_gone_leaves_nothing(pair):
    before = index_rows()
    postings.execute("INSERT INTO articles_indexedpair VALUES (77777, 1, 2, 'x')")
    rewrite(77777, ["b"], Posting(1, 1))
    assert Fault("no longer on the site, but in the index", 77777) in list(check(repair=True))
    assert index_rows() == before


def test_an_empty_index_is_filled_by_repair(pair):
    before = index_rows()
    for table in LIVE:
        postings.execute(f"DELETE FROM {table}")
    assert {fault.reason for fault in check(repair=True)} == {
        "not in the index",
        "the number of all pairs or their length is wrong",
    }
    assert index_rows() == before


def test_a_pair_whose_note_was_not_worked_off_is_named(pair):
    postings.execute("DELETE FROM articles_indexedpair WHERE pair_id = %s", [pair.pk])
    StalePair.objects.create(pair_id=pair.pk)
    assert Fault("written and not indexed yet", pair.pk) in list(check())
    refresh_derived()


def test_too_many_faults_are_not_listed(pair, monkeypatch):
    monkeypatch.setattr(checking, "MOST", 3)
    postings.execute("DELETE FROM articles_postingblock")
    with pytest.raises(TooMany):
        list(check())


@pytest.mark.parametrize(
    "live, due, rest",
    [
        ([], [], []),
        ([(1, 1)], [(1, 1)], []),
        ([(1, 1), (2, 1)], [(2, 1), (3, 1)], [(1, 1), (3, 1)]),
        ([(1, 1)], [(1, 2)], [(1, 1), (1, 2)]),
        ([], [(1, 1)], [(1, 1)]),
    ],
)
def test_rows_that_one_stream_has(live, due, rest):
    assert list(differing(iter(live), iter(due))) == rest

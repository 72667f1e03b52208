import io

import pytest
from django.core.management import CommandError, call_command

from articles.models import QAPair, StalePair
from articles.search import checking, postings, writing
from articles.search.checking import check
from articles.search.fields import Posting
from tests.factories import make_article
from tests.search.tables import empty_index, index_rows, posting_rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def pair():
    yield make_article(slug="laixin", pairs=[{"heading": "怎么办", "question": "乙"}]).pairs.get()
    empty_index()


def run(**options) -> tuple[list[str], str]:
    """Return the lines the command printed, and its complaint."""
    out = io.StringIO()
    try:
        call_command("check_index", stdout=out, **options)
    except CommandError as error:
        assert error.returncode == 1
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


def harm(pair):
    wrong = [text for text, pair_id, count, length in posting_rows() if pair_id == pair.pk and count == 4 and length]
    ids = postings.read_term_ids(wrong).values()
    writing.write_postings((term_id, pair.pk, Posting(9, 1)) for term_id in ids)
    postings.execute("INSERT INTO articles_indexedpair VALUES (77777, 1, 2, 'x')")


FAULTS = [
    "laixin#q1 怎么办: terms with wrong numbers: 么 么办 乙 办 怎 … (6)",
    "pair 77777: no longer on the site, but in the index",
    "the whole index: the number of all pairs or their length is wrong",
]


def test_a_healthy_index_gets_one_line(pair):
    assert run() == (["Index and content agree on all 1 pairs."], "")
    assert run(repair=True) == (["Index and content agree on all 1 pairs."], "")
    assert run(verbosity=0) == ([], "")


def test_every_difference_gets_a_line_and_the_command_fails(pair):
    harm(pair)
    harmed = index_rows()
    assert run() == (FAULTS, "Differences: 3; to mend them: check_index --repair")
    assert index_rows() == harmed


def test_repair_mends_what_it_names(pair):
    before = index_rows()
    harm(pair)
    lines, complaint = run(repair=True)
    assert (lines[:2], lines[-1], complaint) == (FAULTS[:2], "Mended: 3.", "")
    assert index_rows() == before


def test_repair_works_off_what_a_crash_left_noted(pair):
    postings.execute("DELETE FROM articles_indexedpair")
    StalePair.objects.create(pair_id=pair.pk)
    assert run()[0][0] == "laixin#q1 怎么办: written and not indexed yet"
    run(repair=True)
    assert not StalePair.objects.exists()
    assert list(check()) == []


def test_an_index_beyond_repair_is_made_anew(pair, monkeypatch):
    before = index_rows()
    empty_index()
    monkeypatch.setattr(checking, "MOST", 3)
    assert run() == ([], "Index and content have little in common; to mend it: rebuild_index")
    assert run(repair=True) == (["Index and content agree on all 1 pairs."], "")
    assert index_rows() == before


def test_nothing_at_all_is_well_too(db):
    QAPair.objects.all().delete()
    assert run() == (["Index and content agree on all 0 pairs."], "")

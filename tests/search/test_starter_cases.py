"""The judged cases that are shipped: they ask as readers do, and the search answers them well."""

from collections import Counter

import pytest
from django.conf import settings
from django.core.management import call_command

from articles.derived import refresh_derived
from articles.models import QAPair
from articles.search.cases import read_cases
from articles.search.evaluation import evaluate, measure, measure_kinds
from articles.search.segmentation import fold

pytestmark = pytest.mark.django_db

CASES = read_cases(settings.BASE_DIR / "fixtures" / "search_cases.csv")
# Readers are led on from these by an offer, not by the list itself.
MISTYPED = {"错别字", "拼音", "拼音首字母"}
KINDS = MISTYPED | {
    *("一个字", "两个字", "三四个字", "半个词", "几个词", "整句提问", "口语", "繁体", "全角", "中英混写"),
    *("话题名", "话题别名", "同义词", "专栏与作者", "引号", "排除", "话题内", "专栏内"),
}
# What says exactly which pairs it wants. All answers must be on the first screen.
EXACT = {"一个字", "三四个字", "半个词", "繁体", "全角", "引号", "排除", "话题内", "专栏内"}
# A longer stretch of a heading would be a copy, not a query.
LONGEST_PIECE = 6


@pytest.fixture
def starter():
    call_command("loaddata", "starter", verbosity=0)
    refresh_derived()


def test_there_are_cases_of_every_kind():
    assert {case.kind for case in CASES} == KINDS
    assert len(CASES) >= 120


def test_no_case_stands_twice():
    assert [query for query, count in Counter(case.query for case in CASES).items() if count > 1] == []


def test_no_case_is_copied_from_a_heading(starter):
    headings = [fold(heading) for heading in QAPair.objects.values_list("heading", flat=True)]
    queries = [fold(case.query) for case in CASES]
    assert [query for query in queries if query in headings] == []
    assert [query for query in queries if len(query) > LONGEST_PIECE and any(query in h for h in headings)] == []


def test_the_search_answers_them(starter):
    outcomes = list(evaluate(CASES))
    figures = measure([outcome for outcome in outcomes if outcome.case.kind not in MISTYPED])
    assert figures.hit_at_1 >= 0.8
    assert figures.hit_at_5 >= 0.9
    assert figures.zero <= 0.04
    kinds = measure_kinds(outcomes)
    assert kinds["错别字"].served >= 0.75
    assert {kind: kinds[kind].hit_at_5 for kind in EXACT} == dict.fromkeys(EXACT, 1)

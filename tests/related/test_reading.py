import pytest
from django.utils import translation

from articles.related.reading import Reason, related_pairs
from tests import factories
from tests.factories import make_topic, tomorrow

pytestmark = pytest.mark.django_db

FILLER = [
    "直播间没人停留",
    "周报写给谁看",
    "报价单怎么做",
    "活动奖品选什么",
    "文案写不出来",
    "数据表太乱了",
    "客服总被骂",
    "选题没有灵感",
]


def make_article(*, pairs, **fields):
    """Make an article whose pairs hold nothing but what is given: no words that other pairs have too."""
    return factories.make_article(
        pairs=[{"question": pair["heading"], "answer": ""} | pair for pair in pairs], **fields
    )


@pytest.fixture
def topics():
    return {name: make_topic(name) for name in ("淘宝客", "团队管理", "社群")}


@pytest.fixture
def article(topics):
    """An article with two pairs, among others that have nothing to do with it."""
    for heading in FILLER:
        make_article(pairs=[{"heading": heading, "question": heading}])
    return make_article(
        pairs=[
            {
                "heading": "淘宝客佣金越来越低",
                "question": "做了三年淘宝客，佣金一降再降。",
                "topics": [topics["淘宝客"]],
            },
            {"heading": "第一次带团队", "question": "手下五个人。", "topics": [topics["团队管理"]]},
        ]
    )


def related(article, **options):
    return [(link.pair.heading, link.reason) for link in related_pairs(article.pairs.all(), **options)]


def test_a_pair_is_related_by_topic(article, topics):
    make_article(pairs=[{"heading": "新人总问同样的话", "question": "怎么教才好", "topics": [topics["团队管理"]]}])
    assert related(article) == [("新人总问同样的话", Reason(("团队管理",), False))]


def test_a_pair_is_related_by_a_like_question(article):
    make_article(pairs=[{"heading": "淘宝客佣金还会再低吗", "question": "佣金一降再降。"}])
    assert related(article) == [("淘宝客佣金还会再低吗", Reason((), True))]


def test_both_reasons_come_first(article, topics):
    make_article(pairs=[{"heading": "做淘客的第二年", "question": "想换行", "topics": [topics["淘宝客"]]}])
    make_article(pairs=[{"heading": "淘宝客佣金太低", "question": "佣金一降再降", "topics": [topics["淘宝客"]]}])
    assert related(article) == [
        ("淘宝客佣金太低", Reason(("淘宝客",), True)),
        ("做淘客的第二年", Reason(("淘宝客",), False)),
    ]


def test_nothing_is_shown_where_nothing_is_near(article):
    assert related(article) == []


def test_the_articles_own_pairs_are_left_out(topics):
    pairs = [{"heading": f"淘宝客佣金{n}", "topics": [topics["淘宝客"]]} for n in "一二三"]
    assert related(make_article(pairs=pairs)) == []


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"published_at": tomorrow()}])
def test_what_readers_may_not_see_is_not_related(fields, article, topics):
    hidden = [{"heading": "淘宝客佣金越来越低", "topics": [topics["淘宝客"]]}] * 3
    make_article(pairs=hidden, **fields)
    assert related(article) == []
    make_article(pairs=hidden[:1])
    assert [heading for heading, _ in related(article)] == ["淘宝客佣金越来越低"]


def test_a_draft_has_related_pairs_in_its_preview(topics):
    make_article(pairs=[{"heading": "群里没人说话", "topics": [topics["社群"]]}])
    draft = make_article(status="draft", pairs=[{"heading": "建群第一天", "topics": [topics["社群"]]}])
    assert related(draft) == [("群里没人说话", Reason(("社群",), False))]


def test_at_most_two_pairs_of_one_article(article, topics):
    make_article(pairs=[{"heading": f"带人难处{n}", "topics": [topics["团队管理"]]} for n in "一二三"])
    make_article(pairs=[{"heading": "管人", "topics": [topics["团队管理"], topics["社群"]]}])
    headings = [heading for heading, _ in related(article)]
    assert (len(headings), headings.count("管人")) == (3, 1)


def test_the_limit_holds(article, topics):
    for n in "一二三":
        make_article(pairs=[{"heading": f"带人难处{n}", "topics": [topics["团队管理"]]}])
    assert len(related(article, limit=2)) == 2


def test_shared_topics_are_named_the_rarest_first(article, topics):
    both = [topics["团队管理"], topics["社群"]]
    make_article(pairs=[{"heading": "带人", "topics": [topics["团队管理"]]}])
    own = make_article(pairs=[{"heading": "社群的人怎么分工", "question": "三个群", "topics": both}])
    make_article(pairs=[{"heading": "谁当群主", "question": "没人愿意", "topics": both}])
    assert related(own, limit=1) == [("谁当群主", Reason(("社群", "团队管理"), False))]


@pytest.mark.parametrize("copies", [1, 3])
def test_query_count_does_not_grow(copies, article, topics, django_assert_num_queries):
    for n in range(copies):
        make_article(pairs=[{"heading": f"淘宝客佣金{n}", "topics": [topics["淘宝客"], topics["社群"]]}])
    pairs = list(article.pairs.with_topics())
    with django_assert_num_queries(2):
        for link in related_pairs(pairs):
            assert link.pair.article.column.author.name


def test_no_pairs_are_related_to_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert related_pairs([]) == []


@pytest.mark.parametrize("text", ["\\", "%", "😀", "的", "'; --", "a" * 120])
def test_odd_texts_are_no_error(text):
    make_article(pairs=[{"heading": text, "question": text}])
    assert [heading for heading, _ in related(make_article(pairs=[{"heading": "别的", "question": text}]))] in (
        [],
        [text],
    )


@pytest.mark.parametrize(
    "reason, text",
    [
        (Reason(("KPI", "团队管理"), True), "Same topic: KPI、团队管理 · Similar question"),
        (Reason(("KPI",)), "Same topic: KPI"),
        (Reason((), True), "Similar question"),
    ],
)
def test_a_reason_is_said_in_words(reason, text):
    with translation.override("en"):
        assert str(reason) == text

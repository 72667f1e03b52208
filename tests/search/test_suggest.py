import pytest
from django.utils import translation

from articles.search.suggest import Suggestion, suggest
from tests.factories import make_article, make_column, make_topic, tomorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    column = make_column(title="流量账本")
    taobaoke = make_topic("淘宝客", aliases=["淘客", "TBK联盟"], slug="taobaoke")
    team = make_topic("团队管理", slug="team")
    kpi = make_topic("KPI考核", slug="kpi")
    make_topic("没人用的团队话题")
    make_article(
        slug="ledger",
        column=column,
        pairs=[
            {"heading": "淘宝客还能做多久", "topics": [taobaoke]},
            {"heading": "做了三年淘宝客，该不该转行", "topics": [taobaoke]},
            {"heading": "带团队", "question": "淘宝客也要带人吗", "topics": [team, kpi]},
        ],
    )
    make_article(status="draft", pairs=[{"heading": "淘宝客草稿", "topics": [make_topic("淘宝草稿")]}])
    make_article(published_at=tomorrow(), pairs=[{"heading": "淘宝客预告", "topics": [make_topic("淘宝预告")]}])


def offered(text, **options):
    return [(row.kind, row.text) for row in suggest(text, **options)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("淘", [("topic", "淘宝客"), ("pair", "淘宝客还能做多久"), ("pair", "做了三年淘宝客，该不该转行")]),
        ("淘寶客", [("topic", "淘宝客"), ("pair", "淘宝客还能做多久"), ("pair", "做了三年淘宝客，该不该转行")]),
        ("淘客", [("topic", "淘宝客")]),
        ("tbk", [("topic", "淘宝客"), ("pair", "淘宝客还能做多久"), ("pair", "做了三年淘宝客，该不该转行")]),
        ("taobao", [("topic", "淘宝客"), ("pair", "淘宝客还能做多久"), ("pair", "做了三年淘宝客，该不该转行")]),
        ("tao bao ke", [("topic", "淘宝客"), ("pair", "淘宝客还能做多久"), ("pair", "做了三年淘宝客，该不该转行")]),
        ("ＫＰＩ", [("topic", "KPI考核")]),
        ("kpikh", [("topic", "KPI考核")]),
        ("管理", [("topic", "团队管理")]),
        ("团队", [("topic", "团队管理"), ("pair", "带团队")]),
        ("带tuand", [("pair", "带团队")]),
        ("带 tuan dui", [("pair", "带团队")]),
        ("带t", [("pair", "带团队")]),
        ("该zh", [("pair", "做了三年淘宝客，该不该转行")]),
        ("淘宝客该不该", [("pair", "做了三年淘宝客，该不该转行")]),
        ("转行 三年", [("pair", "做了三年淘宝客，该不该转行")]),
        ("没人", []),
        ("草稿", []),
        ("预告", []),
        ("？", []),
        ("", []),
        ("-淘宝客", []),
        ("\x00%_\\'\"", []),
    ],
)
def test_suggest(text, expected, site):
    assert offered(text) == expected


def test_a_suggestion_says_where_it_leads_and_what_it_is(site):
    with translation.override("en"):
        assert suggest("淘宝客", limit=2) == [
            Suggestion("topic", "淘宝客", "/topics/taobaoke/", "topic"),
            Suggestion("pair", "淘宝客还能做多久", "/articles/ledger/#q1", "流量账本"),
        ]


def test_topics_that_begin_so_come_before_those_that_hold_it():
    names = ["内容运营", "运营", "运营分析"]
    make_article(pairs=[{"heading": "题", "topics": [make_topic(name) for name in names]}])
    assert offered("运营") == [("topic", "运营"), ("topic", "运营分析"), ("topic", "内容运营")]


def test_topics_leave_half_of_the_places_to_headings():
    topics = [make_topic(f"社群{n}") for n in "一二三四五六"]
    make_article(pairs=[{"heading": f"{n}问社群", "topics": topics} for n in "一二三四五六"])
    assert [kind for kind, _ in offered("社群")] == ["topic"] * 4 + ["pair"] * 4


def test_the_limit_holds(site):
    assert len(suggest("淘", limit=1)) == 1


@pytest.mark.parametrize("copies", [1, 3])
@pytest.mark.parametrize("text, queries", [("淘宝客", 5), ("tbk", 5), ("转行", 4), ("daituandui", 4), ("？", 0)])
def test_query_count_does_not_grow(text, queries, copies, site, django_assert_num_queries):
    for n in range(copies - 1):
        make_article(pairs=[{"heading": f"淘宝客{n}", "topics": [make_topic(f"淘宝{n}")]}])
    with django_assert_num_queries(queries):
        suggest(text)


@pytest.mark.parametrize("typed", ["团購", "tuangou", "tgq", "tuan gou"])
def test_headings_are_found_by_their_sound_and_in_either_script(typed):
    make_article(pairs=[{"heading": "團購群刷屏，到貨沒人看見"}, {"heading": "别的事"}])
    assert offered(typed) == [("pair", "團購群刷屏，到貨沒人看見")]


def test_a_piece_of_a_syllable_finds_nothing():
    make_article(pairs=[{"heading": "开会太多"}])
    assert (offered("ai"), offered("kai")) == ([], [("pair", "开会太多")])


def test_words_of_several_headings_are_offered_as_a_search():
    make_article(pairs=[{"heading": f"{n}个直播间，要不要停"} for n in "一两三"] + [{"heading": "直播 KPI"}])
    with translation.override("en"):
        assert suggest("直")[0] == Suggestion("word", "直播间", "/search/?q=%E7%9B%B4%E6%92%AD%E9%97%B4", "search")

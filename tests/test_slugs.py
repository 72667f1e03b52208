import pytest

from articles.slugs import MAX_LENGTH, free_slug, make_slug


@pytest.mark.parametrize(
    "text, slug",
    [
        ("淘宝客", "tao-bao-ke"),
        ("KPI 怎么定？", "kpi-zen-me-ding"),
        ("ＫＰＩ", "kpi"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("A/B 测试", "a-b-ce-shi"),
        ("Café", "cafe"),
        ("團隊", "tuan-dui"),
    ],
)
def test_a_slug_is_readable_ascii(text, slug):
    assert make_slug(text) == slug


def test_text_without_letters_gets_a_slug_of_its_own():
    slugs = {make_slug("！！"), make_slug("？？"), make_slug(""), make_slug("🎉")}
    assert len(slugs) == 4
    assert all(slug.startswith("x-") and len(slug) == 10 for slug in slugs)


def test_a_long_slug_is_cut_between_words():
    slug = make_slug("绿" * 100)
    assert slug == "-".join(["lv"] * 27)
    assert len(slug) <= MAX_LENGTH


def test_one_long_word_is_cut_within():
    assert make_slug("x" * 200) == "x" * MAX_LENGTH


def test_a_taken_slug_is_numbered():
    assert free_slug("KPI", {"kpi", "kpi-2"}.__contains__) == "kpi-3"

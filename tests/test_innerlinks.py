import pytest

from articles.innerlinks import Place, place_of, places_in


@pytest.mark.parametrize(
    "address, place",
    [
        ("/articles/laxin/", Place("articles", "laxin")),
        ("/articles/laxin", Place("articles", "laxin")),
        ("/articles/laxin/?from=x#q2", Place("articles", "laxin")),
        ("/columns/a/", Place("columns", "a")),
        ("/authors/a/", Place("authors", "a")),
        ("/topics/%E6%8B%89%E6%96%B0/", Place("topics", "拉新")),
        ("https://qa.example.com/articles/laxin/", Place("articles", "laxin")),
        (f"/articles/{'a' * 300}/", Place("articles", "a" * 200)),
        ("https://example.com/articles/laxin/", None),
        ("//example.com/articles/laxin/", None),
        ("mailto:a@example.com", None),
        ("ftp://qa.example.com/articles/laxin/", None),
        ("/articles/", None),
        ("/articles/laxin/qr.svg", None),
        ("/topics/laxin/feed/", None),
        ("/search/?q=/articles/laxin/", None),
        ("/articles/%00/", None),
        ("articles/laxin/", None),
        ("#q2", None),
        ("", None),
        ("http://[", None),
    ],
)
def test_an_address_means_a_page_of_this_site_or_none(address, place):
    assert place_of(address, {"qa.example.com"}) == place


def test_the_links_of_stored_html_are_read():
    markup = (
        '<p><a href="/articles/a/">甲</a> <a title="x" href="/topics/b/?c&amp;d">乙</a> <a href="/articles/a/#q1">丙</a>'
        ' <a href="https://example.com/articles/c/" rel="nofollow">丁</a> href="/articles/d/" <img src="/articles/e/"></p>'
    )
    assert places_in(markup, ()) == {Place("articles", "a"), Place("topics", "b")}


def test_a_place_has_the_path_it_came_from():
    assert Place("topics", "laxin").path == "/topics/laxin/"

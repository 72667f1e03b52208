import pytest

from articles.models import Author, Column
from tests.admin.posting import table_text
from tests.factories import make_article, make_author, make_column

pytestmark = pytest.mark.django_db

AUTHORS, COLUMNS = "/admin/articles/author/", "/admin/articles/column/"


def test_an_author_gets_a_slug_from_the_name(admin_client):
    admin_client.post(f"{AUTHORS}add/", {"name": "编辑部", "role": "", "bio": "一段\r\n两段", "slug": ""})
    assert Author.objects.values_list("name", "slug", "bio").get() == ("编辑部", "bian-ji-bu", "一段\n两段")


def test_a_column_gets_a_slug_of_its_own(admin_client):
    author = make_author()
    data = {"title": "运营信箱", "author": author.pk, "motto": "", "description": "", "salutations": "", "slug": ""}
    for _ in range(2):
        admin_client.post(f"{COLUMNS}add/", data)
    slugs = Column.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["yun-ying-xin-xiang", "yun-ying-xin-xiang-2"]


def test_the_list_of_columns_counts_articles(admin_client):
    column = make_column(title="运营信箱", slug="xin", author=make_author(name="编辑部"))
    make_article(column=column, pairs=2), make_article(column=column, status="draft")
    assert table_text(admin_client, COLUMNS) == "运营信箱 编辑部 2 1 xin"


def test_the_list_of_authors_counts_columns_and_articles(admin_client):
    author = make_author(name="编辑部", slug="bjb", role="编辑")
    for articles in (2, 1):
        column = make_column(author=author)
        for _ in range(articles):
            make_article(column=column)
    assert table_text(admin_client, AUTHORS) == "编辑部 编辑 2 3 bjb"

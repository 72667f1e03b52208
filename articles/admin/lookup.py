"""What editors type into the search box of the list: words, a number, or an address of the site."""

import re
from itertools import islice
from urllib.parse import unquote, urlsplit

from django.db.models import Q
from django.urls import Resolver404, resolve

from articles.models import Article, QAPair
from articles.search.engine import search
from articles.search.query import parse_query

NUMBER = re.compile(r"[#＃]\s*([0-9]{1,18})")
MOST_FOUND = 500


def find_articles(text: str) -> dict[int, int | None]:
    """Return the keys of the articles meant by the text, best first, each with the pair that matches best, if any."""
    text = text.strip()
    if number := NUMBER.fullmatch(text):
        return {int(number[1]): None}
    slug = slug_in_address(text)
    if slug is not None:
        named = Q(slug=slug) | Q(former_slugs__slug=slug)
        return dict.fromkeys(Article.objects.filter(named).order_by().values_list("pk", flat=True).distinct())
    return found_by_words(text)


def slug_in_address(text: str) -> str | None:
    """Return the slug in the address of an article's page; None for everything else."""
    if not text.startswith(("http://", "https://", "/")):
        return None
    try:
        match = resolve(unquote(urlsplit(text).path))
    except (Resolver404, ValueError):
        return None
    return match.kwargs["slug"] if match.view_name == "articles:article" else None


def found_by_words(text: str) -> dict[int, int | None]:
    """Ask the readers' engine, drafts included; it knows pairs, so articles without any are asked by title."""
    query = parse_query(text)
    pair_ids = search(query, everything=True).pair_ids
    articles = dict(QAPair.objects.filter(pk__in=pair_ids).values_list("pk", "article_id"))
    found: dict[int, int | None] = {}
    for pk in pair_ids:
        if pk in articles:
            found.setdefault(articles[pk], pk)
    empty = Article.objects.filter(pairs=None, title__icontains=text[:100]).values_list("pk", flat=True)
    return dict(islice((found | dict.fromkeys(empty)).items(), MOST_FOUND))

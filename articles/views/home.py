"""The front page: the first column as a book cover, the newest letters, and ways in."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article, Column, QAPair
from articles.tallies.lists import most_used_topics
from articles.tallies.reading import count_topics, site_tally

NEWEST = 10
TOPICS = 10
HOT_WORDS = 4


@require_safe
def home(request):
    columns = list(Column.objects.in_use().select_related("author"))
    found = site_tally()
    context = {
        "cover": min(columns, key=lambda column: column.pk, default=None),
        "columns": columns,
        "pairs": newest_pairs(),
        "topics": most_used_topics(TOPICS),
        "hot_words": HOT_WORDS,
        "article_count": found.articles,
        "pair_count": found.pairs,
        "topic_count": count_topics(),
        "on_this_day": Article.objects.published().on_this_day(timezone.now())[:5],
    }
    return render(request, "articles/home.html", context)


def newest_pairs() -> list[QAPair]:
    """Return the pairs of the newest articles, in which the newest pairs are; only those articles are put in order."""
    newest = Article.objects.published().newest_first()[:NEWEST]
    pairs = QAPair.objects.for_listing().filter(article__in=list(newest.values_list("pk", flat=True)))
    return list(pairs.newest_first()[:NEWEST])

"""The front page: the first column as a book cover, the newest letters, and ways in."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article, Column, QAPair, Topic

NEWEST = 10
TOPICS = 10
HOT_WORDS = 4


@require_safe
def home(request):
    topics = Topic.objects.in_use()
    columns = list(Column.objects.in_use().select_related("author"))
    pairs = QAPair.objects.published()
    context = {
        "cover": min(columns, key=lambda column: column.pk, default=None),
        "columns": columns,
        "pairs": pairs.for_listing().newest_first()[:NEWEST],
        "topics": list(topics[:TOPICS]),
        "hot_words": HOT_WORDS,
        "article_count": sum(column.article_count for column in columns),
        "pair_count": pairs.count(),
        "topic_count": topics.count(),
        "on_this_day": Article.objects.published().on_this_day(timezone.now())[:5],
    }
    return render(request, "articles/home.html", context)

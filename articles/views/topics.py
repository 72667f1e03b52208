"""Topics: the ledger of all, and each with its definition, pairs and neighbours."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Topic
from articles.tallies.lists import most_used_topics, pairs_of_topic, topics_beside
from articles.views.lookup import find, follows_former_slugs, paginate

NEIGHBOURS = 8


@require_safe
def topic_list(request):
    return render(request, "articles/topic_list.html", {"topics": most_used_topics()})


@require_safe
@follows_former_slugs
def topic(request, slug):
    row = find(Topic.objects.in_use().prefetch_related("aliases"), slug)
    context = {
        "topic": row,
        "page": paginate(pairs_of_topic(row.pk), request),
        "neighbours": topics_beside(row.pk, NEIGHBOURS),
    }
    return render(request, "articles/topic.html", context)

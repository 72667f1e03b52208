"""Topics: the ledger of all, and each with its definition, pairs and neighbours."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import QAPair, Topic
from articles.views.lookup import find, follows_former_slugs, paginate

NEIGHBOURS = 8


@require_safe
def topic_list(request):
    return render(request, "articles/topic_list.html", {"topics": Topic.objects.in_use().prefetch_related("aliases")})


@require_safe
@follows_former_slugs
def topic(request, slug):
    row = find(Topic.objects.in_use().prefetch_related("aliases"), slug)
    pairs = QAPair.objects.published().about(row).for_listing().newest_first()
    context = {
        "topic": row,
        "page": paginate(pairs, request),
        "neighbours": Topic.objects.together_with(row)[:NEIGHBOURS],
    }
    return render(request, "articles/topic.html", context)

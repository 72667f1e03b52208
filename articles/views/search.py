"""The search page and the suggestions while typing."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.forms import AdvancedForm, SearchForm
from articles.models import QAPair
from articles.search.engine import Filters, Results, Sort, search
from articles.search.query import Query, parse_query
from articles.search.readings import read_letters
from articles.search.spelling import corrections
from articles.search.suggest import suggest
from articles.search.thesaurus import quoted
from articles.tallies.lists import most_used_topics
from articles.views.lookup import paginate

WAYS_OUT = 8


@require_safe
def search_page(request):
    advanced = AdvancedForm(request.GET)
    if advanced.query:
        return redirect(f"{reverse('articles:search')}?{urlencode({'q': advanced.query})}")
    form = SearchForm(request.GET)
    form.is_valid()
    query = parse_query(form.text)
    filters = Filters(topic=form.value("topic"), year=form.value("year", None), column=form.value("column"))
    sort = Sort(form.value("sort", Sort.RELEVANCE))
    results = search(query, filters, sort)
    page = paginate(results.pair_ids, request)
    context = {
        "form": form,
        "advanced": AdvancedForm.showing(query),
        "query": with_wordings(query, results),
        "filters": filters,
        "sort": sort,
        "results": results,
        "page": page,
        "pairs": pairs_in_order(page.object_list),
        **notes(query, results),
    }
    if not results.pair_ids:
        context |= {"guesses": suggest(form.text), "popular_topics": most_used_topics(WAYS_OUT)}
    return render(request, "articles/search.html", context)


def with_wordings(query: Query, results: Results) -> Query:
    """Return the query with the synonyms that were looked for besides, for marking what was found."""
    others = tuple(other.phrase for widening in results.widenings for other in widening.others)
    return replace(query, phrases=query.phrases + others)


def notes(query: Query, results: Results) -> dict:
    """Return what the page says of the query: what may have been meant, and what was looked for besides."""
    letters, readings = read_letters(query)
    return {
        "offers": corrections(query, results.pair_ids),
        "letters": letters,
        "readings": readings,
        "widenings": [(found, quoted(query.text, found.phrase)) for found in results.widenings],
    }


def pairs_in_order(pair_ids) -> list[QAPair]:
    """Return the pairs in the order of their keys; one that vanished meanwhile is left out."""
    found = QAPair.objects.published().for_listing().order_by().in_bulk(list(pair_ids))
    return [found[pair_id] for pair_id in pair_ids if pair_id in found]


@require_safe
def suggestions(request):
    form = SearchForm(request.GET)
    rows = [{"text": row.text, "url": row.url, "hint": row.hint} for row in suggest(form.text)]
    return JsonResponse({"results": rows}, json_dumps_params={"ensure_ascii": False})

"""The list of articles: its columns, its filters with counts, its search, and its years."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Case, Exists, F, Max, Min, OuterRef, Prefetch, Value, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.filters import (
    ColumnFilter,
    DueFilter,
    MineFilter,
    RevisionFilter,
    SourceFilter,
    StatusFilter,
    TopicFilter,
    UntaggedFilter,
    YearFilter,
)
from articles.admin.lookup import find_articles
from articles.desk import last_editors
from articles.models import PendingRevision, QAPair

SHOWN_TOPICS = 3
WAITS = PendingRevision.objects.filter(article=OuterRef("pk"), returned_at=None)
# A list of more rows than this counts behind its filters only when asked to.
COUNTED_UNASKED = 20_000


class ArticleList(ChangeList):
    def get_results(self, request):
        super().get_results(request)
        is_short = self.result_count <= COUNTED_UNASKED
        self.add_facets = self.add_facets or is_short
        self.is_facets_optional = not is_short
        hits = getattr(request, "found_articles", {})
        editors = last_editors([article.pk for article in self.result_list])
        for article in self.result_list:
            article.hit, article.editor = hits.get(article.pk), editors.get(article.pk)

    def years(self):
        """Return (year, address) of all years the list spans, the newest first; none where Django's own way down
        from a year to its days is shown. Django looks for years in every row, which takes a second for 100,000."""
        if any(name in self.params for name in (f"{self.date_hierarchy}__year", YearFilter.parameter_name)):
            return []
        ends = self.queryset.order_by().aggregate(first=Min("published_at"), last=Max("published_at"))
        if ends["first"] is None:
            return []
        first, last = (timezone.localtime(ends[name]).year for name in ("first", "last"))
        if first == last:
            return []
        name = f"{self.date_hierarchy}__year"
        return [(year, self.get_query_string({name: year})) for year in range(last, first - 1, -1)]


class Listing:
    """Columns, filters and search of the article admin's list."""

    list_display = ["headline", "pair_count", "topics", "state", "published_at", "updated"]
    list_filter = [
        StatusFilter,
        RevisionFilter,
        DueFilter,
        MineFilter,
        ColumnFilter,
        TopicFilter,
        UntaggedFilter,
        SourceFilter,
        YearFilter,
    ]
    list_select_related = ["column"]
    show_full_result_count = False
    empty_value_display = ""
    date_hierarchy = "published_at"
    ordering = [F("published_at").desc(nulls_first=True), "-pk"]
    search_fields = ["title"]
    search_help_text = _("Words of title, letter, answer or topic; #number; or a pasted address of an article.")

    def get_changelist(self, request, **kwargs):
        return ArticleList

    def get_queryset(self, request):
        pairs = QAPair.objects.with_topics().defer("question", "answer", "question_html", "answer_html")
        articles = super().get_queryset(request).annotate(has_revision=Exists(WAITS))
        return articles.defer("source_text").prefetch_related(Prefetch("pairs", pairs))

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        found = self.found(request, search_term)
        queryset = queryset.filter(pk__in=list(found))
        if found and "o" not in request.GET:
            ranks = [When(pk=pk, then=Value(rank)) for rank, pk in enumerate(found)]
            queryset = queryset.order_by(Case(*ranks), "-pk")
        return queryset, False

    def found(self, request, search_term):
        """Ask once for the request: each filter's counts begin at the search again."""
        if not hasattr(request, "found_articles"):
            request.found_articles = find_articles(search_term)
        return request.found_articles

    @admin.display(description=_("title"), ordering="title")
    def headline(self, article):
        line = format_html('{}<span class="under">{}</span>', article.title, article.column)
        hit = next((pair for pair in article.pairs.all() if pair.pk == getattr(article, "hit", None)), None)
        return format_html('{}<span class="under hit">{}</span>', line, hit.heading) if hit else line

    @admin.display(description=_("questions"))
    def pair_count(self, article):
        return len(article.pairs.all())

    @admin.display(description=_("topics"))
    def topics(self, article):
        names = list(dict.fromkeys(topic.name for pair in article.pairs.all() for topic in pair.topics.all()))
        shown = format_html_join("", '<span class="topic">{}</span>', ((name,) for name in names[:SHOWN_TOPICS]))
        rest = len(names) - SHOWN_TOPICS
        return format_html('{}<span class="more">+{}</span>', shown, rest) if rest > 0 else shown

    @admin.display(description=_("status"), ordering="status")
    def state(self, article):
        name, label = article.status, article.get_status_display()
        if article.is_scheduled:
            name, label = "scheduled", _("scheduled")
        elif article.is_expired:
            name, label = "expired", _("expired")
        badge = format_html('<span class="badge {}">{}</span>', name, label)
        notes = [_("due to be checked")] * article.is_due + [_("revision to be adopted")] * article.has_revision
        return badge + format_html_join("", '<span class="under is-due">{}</span>', ((note,) for note in notes))

    @admin.display(description=_("content updated at"), ordering="content_updated_at")
    def updated(self, article):
        moment = article.content_updated_at
        shown = date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else ""
        editor = getattr(article, "editor", None)
        if editor is None:
            return shown or None
        return format_html('{}<span class="under">{}</span>', shown, gettext("edited by %(name)s") % {"name": editor})

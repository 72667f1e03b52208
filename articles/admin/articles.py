"""Articles: the list with its filters and actions, and the form with its pairs."""

from django.contrib import admin
from django.db.models import Case, F, Prefetch, URLField, Value, When
from django.forms import Script
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from articles.admin.advice import TopicAdvice
from articles.admin.checking import CheckViews
from articles.admin.dead_links import DeadLinkViews
from articles.admin.desk import DeskAdmin
from articles.admin.duplicates import DuplicateViews
from articles.admin.exports import ExportAction
from articles.admin.filters import DueFilter, SourceFilter, StatusFilter, TopicFilter, UntaggedFilter, YearFilter
from articles.admin.forms import ArticleForm
from articles.admin.imports import ImportViews
from articles.admin.lookup import find_articles
from articles.admin.pairs import PairInline
from articles.admin.paste import PasteViews
from articles.admin.pictures import PictureUpload
from articles.admin.preview_links import PreviewLinks
from articles.admin.stale import StaleGuard
from articles.admin.views import ArticleViews
from articles.admin.workflow import Workflow
from articles.models import Article, QAPair
from articles.publishing import public_content, touch_content

SHOWN_TOPICS = 3
SCRIPTS = [
    "desk",
    "cards",
    "folding",
    "dragging",
    "rewriting",
    "answers",
    "pictures",
    "schedule",
    "checks",
    "preview",
    "topics",
    "suggested",
]


@admin.register(Article)
class ArticleAdmin(
    PreviewLinks,
    StaleGuard,
    CheckViews,
    Workflow,
    ArticleViews,
    TopicAdvice,
    PictureUpload,
    PasteViews,
    DuplicateViews,
    DeadLinkViews,
    ImportViews,
    ExportAction,
    DeskAdmin,
):
    form = ArticleForm
    inlines = [PairInline]
    fieldsets = [
        (None, {"fields": ["title", "column"]}),
        (_("Publishing"), {"classes": ["side"], "fields": ["status", "published_at", "expires_at", "review_by"]}),
        (_("Source"), {"classes": ["side"], "fields": ["origin", "source_name", "source_url"]}),
        (_("In lists and addresses"), {"classes": ["side"], "fields": ["slug", "summary"]}),
    ]
    list_display = ["headline", "pair_count", "topics", "state", "published_at", "content_updated_at"]
    list_filter = [
        StatusFilter,
        DueFilter,
        ("column", admin.RelatedOnlyFieldListFilter),
        TopicFilter,
        UntaggedFilter,
        SourceFilter,
        YearFilter,
    ]
    list_select_related = ["column"]
    date_hierarchy = "published_at"
    ordering = [F("published_at").desc(nulls_first=True), "-pk"]
    search_fields = ["title"]
    search_help_text = _("Words of title, letter, answer or topic; #number; or a pasted address of an article.")
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    class Media:
        css = {"all": ["admin/opsqa/writing.css", "admin/opsqa/topics.css"]}
        js = [Script(f"admin/opsqa/{name}.js", defer=True) for name in SCRIPTS]

    def get_queryset(self, request):
        pairs = QAPair.objects.with_topics().defer("question", "answer", "question_html", "answer_html")
        return super().get_queryset(request).defer("source_text").prefetch_related(Prefetch("pairs", pairs))

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        found = find_articles(search_term)
        queryset = queryset.filter(pk__in=found)
        if found and "o" not in request.GET:
            ranks = [When(pk=pk, then=Value(rank)) for rank, pk in enumerate(found)]
            queryset = queryset.order_by(Case(*ranks), "-pk")
        return queryset, False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "column" and field is not None:
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def view_on_site(self, article):
        return article.get_absolute_url() if article.is_public else None

    @admin.display(description=_("title"), ordering="title")
    def headline(self, article):
        return format_html('{}<span class="under">{}</span>', article.title, article.column)

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
        return format_html('<span class="badge {}">{}</span>', name, label)

    def save_model(self, request, obj, form, change):
        form.seen_before = public_content(obj.pk)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        touch_content(form.instance, before=form.seen_before, now=timezone.now())

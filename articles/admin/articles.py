"""Articles: what their list and their form are put together from."""

from django.contrib import admin
from django.db.models import URLField
from django.forms import Script
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.advice import TopicAdvice
from articles.admin.autosave import Autosave
from articles.admin.bulk.page import BulkActions
from articles.admin.checking import CheckViews
from articles.admin.dead_links import DeadLinkViews
from articles.admin.desk import DeskAdmin
from articles.admin.duplicates import DuplicateViews
from articles.admin.exports import ExportAction
from articles.admin.forms import ArticleForm
from articles.admin.history import History
from articles.admin.imports import ImportViews
from articles.admin.listing import Listing
from articles.admin.moves import PairMoves
from articles.admin.pairs import PairInline
from articles.admin.paste import PasteViews
from articles.admin.pending import Pending
from articles.admin.pictures import PictureUpload
from articles.admin.preview_links import PreviewLinks
from articles.admin.recording import Recording
from articles.admin.resuming import Resuming
from articles.admin.saved_views import SavedViews
from articles.admin.stale import StaleGuard
from articles.admin.views import ArticleViews
from articles.admin.workflow import Workflow
from articles.models import Article
from articles.publishing import public_content, touch_content

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
    "keeping",
    "autosave",
]


@admin.register(Article)
class ArticleAdmin(
    PreviewLinks,
    Autosave,
    Recording,
    StaleGuard,
    Resuming,
    Pending,
    History,
    CheckViews,
    Workflow,
    BulkActions,
    SavedViews,
    Listing,
    ArticleViews,
    TopicAdvice,
    PictureUpload,
    PairMoves,
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
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    class Media:
        css = {
            "all": [
                "admin/opsqa/writing.css",
                "admin/opsqa/topics.css",
                "admin/opsqa/lists.css",
                "admin/opsqa/history.css",
            ]
        }
        js = [Script(f"admin/opsqa/{name}.js", defer=True) for name in SCRIPTS]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "column" and field is not None:
            field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def view_on_site(self, article):
        return article.get_absolute_url() if article.is_public else None

    def save_model(self, request, obj, form, change):
        form.seen_before = public_content(obj.pk)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        touch_content(form.instance, before=form.seen_before, now=timezone.now())

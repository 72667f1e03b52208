"""Saved views: links above the list of articles, each the filters somebody kept under a name, with what they find."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import IntegerField, Q, Subquery
from django.forms import Media, modelformset_factory
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.admin.filters import ConditionFilter
from articles.desk import MOST_COUNTED
from articles.models import Article, SavedView

LIST = "admin:articles_article_changelist"
# Views everybody has: name and filters.
SHIPPED: list[tuple[Promise, str]] = [
    (_("My drafts"), "status=draft&mine=yes"),
    (_("Waiting for review"), "status=review"),
    (_("Due to be checked"), "due=now"),
    (_("Without topic"), "tagging=none"),
    (_("Trash"), "status=trashed"),
]
MOST_OWN = 30
# What of an address is no filter, and yet part of a view: the words searched for and the order.
KEPT_BESIDE = {"q", "o"}


@dataclass(frozen=True)
class View:
    """A link above the list; without a count where counting takes a search."""

    name: str
    query: str
    count: int | None
    is_current: bool

    @property
    def shown(self) -> str:
        if self.count is None:
            return ""
        return f"{MOST_COUNTED - 1}+" if self.count >= MOST_COUNTED else str(self.count)


class SavedViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name", "is_shared"]


class CappedCount(Subquery):
    """How many rows a sliced query has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


class SavedViews:
    """The article admin's views: shown, kept, renamed, ordered, deleted."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("save-view/", wrap(self.save_view), name="articles_article_save_view"),
            path("views/", wrap(self.edit_views), name="articles_article_views"),
        ]
        return own + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        if request.method == "POST":
            return super().changelist_view(request, extra_context)
        current = self.clean_query(request.GET)
        views = self.views(request, current)
        context = {
            "views": views,
            "current_query": current,
            "may_save_view": bool(current) and not any(view.is_current for view in views),
            "may_share": self.has_publish_permission(request),
        }
        return super().changelist_view(request, (extra_context or {}) | context)

    def clean_query(self, params) -> str:
        """Return the filters, words and order of an address in one spelling, without pages and what is unknown."""
        known = self.known_lookups() | KEPT_BESIDE
        kept = QueryDict(mutable=True)
        for name in sorted(known & set(params)):
            if value := params[name].replace("\x00", ""):
                kept[name] = value
        return kept.urlencode()

    def views(self, request, current) -> list[View]:
        saved = SavedView.objects.for_user(request.user).values_list("name", "query")[: 2 * MOST_OWN]
        named = [*((str(name), query) for name, query in SHIPPED), *saved]
        spelled = [(name, self.clean_query(QueryDict(query))) for name, query in named]
        counts = count_views([query for _name, query in spelled], self.list_filter, request.user)
        return [View(name, query, counts.get(query), query == current) for name, query in spelled]

    @method_decorator([require_POST, never_cache])
    def save_view(self, request):
        """Keep the filters that the form on the list sends along; a name that is in use gets the new filters."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = self.clean_query(QueryDict(request.POST.get("query", "")[:2000]))
        own = SavedView.objects.filter(user=request.user)
        kept = own.filter(name=request.POST.get("name", "").strip()[:40]).first()
        form = SavedViewForm(request.POST, instance=kept or SavedView(user=request.user, position=own.count()))
        form.instance.query = query
        if problem := self.problem_of(form):
            self.message_user(request, problem, messages.ERROR)
        else:
            form.instance.is_shared &= self.has_publish_permission(request)
            form.save()
            text = gettext("View “%(name)s” saved.") % {"name": form.instance}
            self.message_user(request, text, messages.SUCCESS)
        return redirect(f"{reverse(LIST)}?{query}")

    def problem_of(self, form) -> str:
        """Return why the view can't be kept, in one sentence; nothing if it can."""
        if not form.is_valid():
            why = " ".join(line for lines in form.errors.values() for line in lines)
            return gettext("The view was not saved: %(why)s") % {"why": why}
        if not 0 < len(form.instance.query) <= SavedView._meta.get_field("query").max_length:
            return gettext("The view was not saved: choose some filters first, and not too many.")
        if form.instance.pk is None and form.instance.position >= MOST_OWN:
            return gettext("The view was not saved: %(most)d views are enough.") % {"most": MOST_OWN}
        return ""

    @method_decorator([require_http_methods(["GET", "HEAD", "POST"]), never_cache])
    def edit_views(self, request):
        """Rename, order, share and delete one's own views."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        fields = ["position", "name"] + (["is_shared"] if self.has_publish_permission(request) else [])
        factory = modelformset_factory(SavedView, fields=fields, extra=0, can_delete=True, max_num=MOST_OWN)
        own = SavedView.objects.filter(user=request.user).order_by("position", "pk")
        formset = factory(request.POST if request.method == "POST" else None, queryset=own)
        if request.method == "POST" and formset.is_valid():
            formset.save()
            self.message_user(request, gettext("Views saved."), messages.SUCCESS)
            return redirect(LIST)
        context = {
            "title": gettext("My views"),
            "opts": self.opts,
            "formset": formset,
            "media": Media(css={"all": ["admin/opsqa/topics.css", "admin/opsqa/lists.css"]}),
        }
        return render(request, "admin/articles/article/views.html", self.admin_site.each_context(request) | context)


def count_views(queries, filters, user) -> dict[str, int]:
    """Return what each query finds, up to MOST_COUNTED; left out are those that more than filters make. One query."""
    conditions = {query: condition_of(QueryDict(query), filters, user) for query in queries}
    counted = {query: condition for query, condition in conditions.items() if condition is not None}
    rows = Article.objects.order_by().values("pk")
    columns = [CappedCount(rows.filter(condition)[:MOST_COUNTED]) for condition in counted.values()]
    found = Article.objects.order_by().values_list(*columns)[:1]
    return dict(zip(counted, found[0] if found else [0] * len(counted), strict=True))


def condition_of(params, filters, user):
    """Return the condition the filters make of the parameters; None where something else has its say."""
    by_name = {item.parameter_name: item for item in filters if issubclass(item, ConditionFilter)}
    if not all(name in by_name and by_name[name].knows(params[name]) for name in params):
        return None
    condition = Q()
    for name, item in by_name.items():
        condition &= item.condition(params[name], user) if name in params else item.unchosen
    return condition

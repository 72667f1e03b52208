"""Merging topics: the page that shows beforehand what moves where, the record afterwards, and the way back."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.admin.desk import DeskAdmin
from articles.admin.fields import NamesField, RowsField
from articles.admin.widgets import TopicsInput
from articles.merging import MergeRefused, inherited_description, merge_topics, plan_merge, plan_undo, undo_merge
from articles.models import Topic, TopicMerge
from articles.topics import fold_name

MOST_MERGED = 50
MERGE = "admin:articles_topic_merge"


class MergeForm(forms.Form):
    """Topics that are one, by key or by name, and which of them stays: the most used unless one is chosen."""

    topic = RowsField(Topic.objects.all(), required=False)
    names = NamesField(label=_("topics to merge with"), required=False, widget=TopicsInput)
    into = forms.ModelChoiceField(Topic.objects.all(), required=False)

    def clean_names(self):
        """Return the topics that the names mean."""
        names = self.cleaned_data["names"]
        known = Topic.objects.resolve(names)
        unknown = [name for name in names if name not in known]
        if unknown:
            raise ValidationError(_("There is no topic “%(names)s”."), params={"names": "、".join(unknown)})
        return list(known.values())

    def clean(self):
        data = super().clean()
        keys = {topic.pk for name in ("topic", "names") for topic in data.get(name) or []}
        if len(keys) > MOST_MERGED:
            raise ValidationError(_("At most %(most)d topics are merged at a time."), params={"most": MOST_MERGED})
        chosen = Topic.objects.filter(pk__in=keys).with_usage().order_by("-pairs_in_all", "pk")
        data["topics"] = list(chosen.prefetch_related("aliases"))
        return data

    def sides(self) -> tuple[Topic | None, list[Topic]]:
        """Return the topic that stays and the others; without two topics no one stays."""
        topics = self.cleaned_data.get("topics", [])
        if len(topics) < 2:
            return None, topics
        into = self.cleaned_data.get("into")
        stays = into if into in topics else topics[0]
        return next(topic for topic in topics if topic == stays), [topic for topic in topics if topic != stays]


class MergeViews:
    """The topic admin's merging: an action on the list, a button on the form, and the page both lead to."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge)
        return [path("merge/", view, name="articles_topic_merge"), *super().get_urls()]

    def has_merge_permission(self, request):
        return self.has_change_permission(request) and self.has_delete_permission(request)

    @admin.action(description=_("Merge…"), permissions=["merge"])
    def merge_selected(self, request, queryset):
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_MERGED + 1])
        if len(keys) in range(2, MOST_MERGED + 1):
            return redirect(merge_address(keys))
        text = gettext("Select two to %(most)d topics to merge.") % {"most": MOST_MERGED}
        self.message_user(request, text, messages.WARNING)
        return None

    @method_decorator([require_http_methods(["GET", "HEAD", "POST"]), never_cache])
    def merge(self, request):
        if not self.has_merge_permission(request):
            raise PermissionDenied
        form = MergeForm(request.POST if request.method == "POST" else request.GET)
        is_valid = form.is_valid()
        into, others = form.sides()
        if request.method == "POST" and is_valid and into is not None and into == form.cleaned_data["into"]:
            return self.carry_out_merge(request, into, others)
        context = {
            "title": gettext("Merge topics"),
            "opts": self.opts,
            "form": form,
            "names": (form if form.errors else MergeForm())["names"],
            "media": self.media,
            **merge_preview(into, others),
        }
        return render(request, "admin/articles/topic/merge.html", self.admin_site.each_context(request) | context)

    def carry_out_merge(self, request, into, others):
        try:
            with transaction.atomic():
                self.log_deletions(request, Topic.objects.filter(pk__in=[topic.pk for topic in others]))
                merge = merge_topics(into, others, by=request.user)
                self.log_change(request, into, gettext("Merged: %(merge)s.") % {"merge": merge})
        except MergeRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect("admin:articles_topic_changelist")
        record = reverse("admin:articles_topicmerge_change", args=[merge.pk])
        said = ngettext("Merged: {}; {} question moved.", "Merged: {}; {} questions moved.", merge.moved_count)
        link = format_html('<a href="{}">{}</a>', record, gettext("Record and undo"))
        self.message_user(request, format_html("{} {}", said.format(merge, merge.moved_count), link), messages.SUCCESS)
        return redirect("admin:articles_topic_change", into.pk)


def merge_address(keys, into: int | None = None) -> str:
    query = QueryDict(mutable=True)
    query.setlist("topic", keys)
    if into is not None:
        query["into"] = into
    return f"{reverse(MERGE)}?{query.urlencode()}"


def merge_preview(into: Topic | None, others: list[Topic]) -> dict:
    """Return what the page shows of the merge before it is done."""
    topics = [into, *others] if into else others
    keys = [topic.pk for topic in topics]
    shares = {share.topic: share for share in (plan_merge(into, others) if into else [])}
    moved = sum(len(share.moved) for share in shares.values())
    return {
        "into": into,
        "others": others,
        "keys": keys,
        "rows": [row_of(topic, keys, into, shares.get(topic)) for topic in topics],
        "moved": moved,
        "in_all": into.pairs_in_all + moved if into else 0,
        "new_aliases": new_aliases(into, others) if into else [],
        "description": inherited_description(into, others) if into else "",
    }


def names_of(topic: Topic) -> list[str]:
    return [topic.name, *(alias.name for alias in topic.aliases.all())]


def new_aliases(into: Topic, others: list[Topic]) -> list[str]:
    known = {fold_name(name) for name in names_of(into)}
    return [name for topic in others for name in names_of(topic) if fold_name(name) not in known]


def row_of(topic, keys, into, share) -> dict:
    """Return one topic of the page, with the addresses of the page where it stays and where it is left out."""
    return {
        "topic": topic,
        "share": share,
        "keep": merge_address(keys, topic.pk),
        "drop": merge_address([key for key in keys if key != topic.pk], into and into.pk),
    }


@admin.register(TopicMerge)
class TopicMergeAdmin(DeskAdmin):
    """Merges as they were done: to be read, and undone; reached from the list of topics."""

    list_display = ["summary", "moved", "merged_at", "by", "undone_at", "undone_by"]
    list_select_related = ["by", "undone_by"]
    date_hierarchy = "merged_at"
    ordering = [F("merged_at").desc(), "-pk"]
    fields = ["summary", "merged_at", "by", "undone_at", "undone_by"]
    readonly_fields = fields

    def get_urls(self):
        view = self.admin_site.admin_view(self.undo)
        return [path("<int:pk>/undo/", view, name="articles_topicmerge_undo"), *super().get_urls()]

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_undo_permission(self, request):
        return request.user.has_perms(["articles.change_topic", "articles.add_topic", "articles.delete_topic"])

    def change_view(self, request, object_id, form_url="", extra_context=None):
        merge = self.get_object(request, unquote(object_id))
        context = (extra_context or {}) | {"may_undo": self.has_undo_permission(request)}
        if merge is not None:
            try:
                context["plan"] = plan_undo(merge)
            except MergeRefused as refusal:
                context["refusal"] = str(refusal)
        return super().change_view(request, object_id, form_url, context)

    @method_decorator([require_POST, never_cache])
    def undo(self, request, pk):
        if not (self.has_view_permission(request) and self.has_undo_permission(request)):
            raise PermissionDenied
        merge = get_object_or_404(TopicMerge, pk=pk)
        try:
            with transaction.atomic():
                plan = undo_merge(merge, by=request.user)
                self.log_undoing(request, merge, plan)
        except MergeRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect("admin:articles_topicmerge_change", merge.pk)
        self.message_user(request, gettext("Undone: %(merge)s.") % {"merge": merge}, messages.SUCCESS)
        for loss in [*plan.losses, *(loss for comeback in plan.comebacks for loss in comeback.losses)]:
            self.message_user(request, loss, messages.WARNING)
        return redirect("admin:articles_topicmerge_change", merge.pk)

    def log_undoing(self, request, merge, plan):
        said = gettext("Undone: %(merge)s.") % {"merge": merge}
        self.log_change(request, merge, said)
        self.log_change(request, plan.into, said)
        names = [comeback.entry["name"] for comeback in plan.comebacks]
        LogEntry.objects.log_actions(request.user.pk, Topic.objects.filter(name__in=names), ADDITION, said)

    @admin.display(description=_("merge"))
    def summary(self, merge):
        return str(merge)

    @admin.display(description=_("questions moved"))
    def moved(self, merge):
        return merge.moved_count

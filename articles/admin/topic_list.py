"""The list of topics: how each is used, and the end of those that are not."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render
from django.template.defaultfilters import truncatechars
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.admin.fields import RowsField
from articles.admin.filters import ChoiceFilter
from articles.models import TaggedPair, Topic
from articles.querysets import published_q

MOST_AT_ONCE = 500


class UsageFilter(ChoiceFilter):
    title = _("use")
    parameter_name = "use"

    def lookups(self, request, model_admin):
        return [("public", _("published")), ("hidden", _("only with what is not public")), ("none", _("unused"))]

    def queryset(self, request, queryset):
        tagged = TaggedPair.objects.filter(tag=OuterRef("pk"))
        public = Exists(tagged.filter(published_q("content_object__article__")))
        match self.chosen():
            case "public":
                return queryset.filter(public)
            case "hidden":
                return queryset.filter(Exists(tagged), ~public)
            case "none":
                return queryset.unused()
        return queryset


class DefinitionFilter(ChoiceFilter):
    title = _("definition")
    parameter_name = "definition"

    def lookups(self, request, model_admin):
        return [("yes", _("defined")), ("no", _("not defined"))]

    def queryset(self, request, queryset):
        match self.chosen():
            case "yes":
                return queryset.exclude(description="")
            case "no":
                return queryset.filter(description="")
        return queryset


class UnusedForm(forms.Form):
    topic = RowsField(Topic.objects.unused())


class TopicList:
    """Columns and filters of the topic admin, and the page that deletes what is not used."""

    list_display = ["headline", "published_pairs", "all_pairs", "last_day", "aliases", "definition"]
    list_filter = [UsageFilter, DefinitionFilter]

    def get_urls(self):
        view = self.admin_site.admin_view(self.unused)
        return [path("unused/", view, name="articles_topic_unused"), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).with_usage().prefetch_related("aliases")

    @admin.display(description=_("topic"), ordering="name")
    def headline(self, topic):
        return format_html('{}<span class="under">{}</span>', topic.name, topic.slug)

    @admin.display(description=_("aliases"))
    def aliases(self, topic):
        return "、".join(alias.name for alias in topic.aliases.all())

    @admin.display(description=_("published questions"), ordering="pair_count")
    def published_pairs(self, topic):
        return topic.pair_count

    @admin.display(description=_("questions in all"), ordering="pairs_in_all")
    def all_pairs(self, topic):
        return topic.pairs_in_all

    @admin.display(description=_("last published"), ordering="last_used")
    def last_day(self, topic):
        return date_format(timezone.localtime(topic.last_used), "SHORT_DATE_FORMAT") if topic.last_used else None

    @admin.display(description=_("definition"))
    def definition(self, topic):
        return truncatechars(topic.description, 50) or None

    @method_decorator([require_http_methods(["GET", "HEAD", "POST"]), never_cache])
    def unused(self, request):
        """Name the topics of no question at all; those that stay ticked are deleted."""
        if not self.has_delete_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self.delete_unused(request, UnusedForm(request.POST))
        topics = Topic.objects.unused().prefetch_related("aliases")
        context = {
            "title": gettext("Delete unused topics"),
            "opts": self.opts,
            "count": topics.count(),
            "topics": topics[:MOST_AT_ONCE],
            "media": self.media,
        }
        return render(request, "admin/articles/topic/unused.html", self.admin_site.each_context(request) | context)

    def delete_unused(self, request, form):
        if not form.is_valid():
            self.message_user(
                request, gettext("Nothing was deleted: choose topics that nothing uses."), messages.WARNING
            )
            return redirect("admin:articles_topic_unused")
        with transaction.atomic():
            topics = form.cleaned_data["topic"]
            count = topics.count()
            self.log_deletions(request, topics)
            topics.delete()
        text = ngettext("%(count)d unused topic deleted.", "%(count)d unused topics deleted.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
        return redirect("admin:articles_topic_changelist")

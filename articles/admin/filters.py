"""Filters beside the list of articles."""

from datetime import timedelta

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.choices import Status
from articles.models import Article, TaggedPair, Topic


class ChoiceFilter(SimpleListFilter):
    """A filter of fixed choices; a value that is none of them filters nothing."""

    def chosen(self) -> str | None:
        return self.value() if self.value() in {str(value) for value, label in self.lookup_choices} else None


class StatusFilter(ChoiceFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [
            ("draft", _("draft")),
            ("review", _("in review")),
            ("scheduled", _("scheduled")),
            ("published", _("published")),
            ("expired", _("expired")),
            ("trashed", _("in the trash")),
        ]

    def queryset(self, request, queryset):
        now = timezone.now()
        match self.chosen():
            case "draft" | "review" | "trashed" as status:
                return queryset.filter(status=status)
            case "scheduled":
                return queryset.filter(status=Status.PUBLISHED, published_at__gt=now)
            case "published":
                return queryset.published(now)
            case "expired":
                return queryset.filter(status=Status.PUBLISHED, expires_at__lte=now)
        return queryset.kept()


class DueFilter(ChoiceFilter):
    title = _("to be checked")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("now", _("due")), ("month", _("within 30 days"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.chosen():
            case "now":
                return queryset.due(today)
            case "month":
                return queryset.due(today + timedelta(days=30))
        return queryset


class YearFilter(ChoiceFilter):
    title = _("year")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        return [(year, str(year)) for year, _count in Article.objects.filter(published_at__isnull=False).years()]

    def queryset(self, request, queryset):
        return queryset.in_year(int(self.chosen())) if self.chosen() else queryset


class UntaggedFilter(ChoiceFilter):
    title = _("tagging")
    parameter_name = "tagging"

    def lookups(self, request, model_admin):
        return [("none", _("no topic at all")), ("some", _("a question without topic"))]

    def queryset(self, request, queryset):
        tagged = TaggedPair.objects.filter(content_object__article=OuterRef("pk"))
        match self.chosen():
            case "none":
                return queryset.filter(~Exists(tagged))
            case "some":
                return queryset.partly_untagged()
        return queryset


class SourceFilter(ChoiceFilter):
    title = _("source")
    parameter_name = "source"

    def lookups(self, request, model_admin):
        return [("missing", _("reprint without source"))]

    def queryset(self, request, queryset):
        return queryset.unsourced() if self.chosen() else queryset


class TopicFilter(SimpleListFilter):
    """A box that takes any name a topic goes under; hundreds of links would bury the other filters."""

    title = _("topic")
    parameter_name = "topic"
    template = "admin/articles/article/topic_filter.html"

    def lookups(self, request, model_admin):
        return ()

    def has_output(self):
        return True

    def get_facet_counts(self, pk_attname, filtered_qs):
        return {}

    def typed(self) -> str:
        return (self.value() or "").replace("\x00", "").strip()[:100]

    def queryset(self, request, queryset):
        name = self.typed()
        if not name:
            return queryset
        topic = Topic.objects.resolve([name]).get(name)
        if topic is None:
            return queryset.none()
        return queryset.filter(Exists(TaggedPair.objects.filter(content_object__article=OuterRef("pk"), tag=topic)))

    def choices(self, changelist):
        kept = changelist.get_filters_params() | ({"q": [changelist.query]} if changelist.query else {})
        yield {
            "names": Topic.objects.order_by("name").values_list("name", flat=True)[:500],
            "kept": [(key, value) for key, values in kept.items() if key != self.parameter_name for value in values],
            "typed": self.typed(),
            "clear": changelist.get_query_string(remove=[self.parameter_name]),
        }

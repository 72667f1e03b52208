"""Filters beside the list of articles. Each choice is a condition, so that a filter is counted by one query."""

from datetime import timedelta

from django.contrib.admin import SimpleListFilter
from django.db.models import BigIntegerField, Count, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DATE_PARTS, is_number_in
from articles.choices import Status
from articles.desk import newest_entries
from articles.models import Article, Column, QAPair, TaggedPair, Topic
from articles.querysets import UNSOURCED, WAITING, published_q, year_q


def once(request, name, make):
    """Return what make does for the request; filters are made anew for the counts behind each of them."""
    kept = request.__dict__.setdefault("kept_by_filters", {})
    if name not in kept:
        kept[name] = make()
    return kept[name]


class ChoiceFilter(SimpleListFilter):
    """A filter of fixed choices; a value that is none of them filters nothing."""

    def chosen(self) -> str | None:
        return self.value() if self.value() in {str(value) for value, label in self.lookup_choices} else None


class ConditionFilter(ChoiceFilter):
    """A filter whose choices are conditions on articles; the user is who asks."""

    unchosen = Q()
    fixed: list[tuple] = []

    def lookups(self, request, model_admin):
        return once(request, self.parameter_name, self.offered)

    def offered(self) -> list[tuple]:
        return self.fixed

    @classmethod
    def knows(cls, value) -> bool:
        """Tell whether condition may be asked about the value."""
        return value in dict(cls.fixed)

    @classmethod
    def condition(cls, value, user) -> Q:
        raise NotImplementedError

    def queryset(self, request, queryset):
        chosen = self.chosen()
        return queryset.filter(self.unchosen if chosen is None else self.condition(chosen, request.user))

    def get_facet_counts(self, pk_attname, filtered_qs):
        conditions = [self.condition(str(value), self.request.user) for value, _label in self.lookup_choices]
        return {f"{place}__c": Count(pk_attname, filter=condition) for place, condition in enumerate(conditions)}


class StatusFilter(ConditionFilter):
    title = _("status")
    parameter_name = "status"
    unchosen = ~Q(status=Status.TRASHED)

    fixed = [
        ("draft", _("draft")),
        ("review", _("in review")),
        ("scheduled", _("scheduled")),
        ("published", _("published")),
        ("expired", _("expired")),
        ("trashed", _("in the trash")),
    ]

    @classmethod
    def condition(cls, value, user):
        now = timezone.now()
        match value:
            case "scheduled":
                return Q(status=Status.PUBLISHED, published_at__gt=now)
            case "published":
                return published_q(at=now)
            case "expired":
                return Q(status=Status.PUBLISHED, expires_at__lte=now)
        return Q(status=value)


class RevisionFilter(ConditionFilter):
    title = _("revision")
    parameter_name = "revision"

    fixed = [("waiting", _("to be adopted")), ("returned", _("sent back"))]

    @classmethod
    def condition(cls, value, user):
        return WAITING if value == "waiting" else Q(pending_revision__returned_at__isnull=False)


class DueFilter(ConditionFilter):
    title = _("to be checked")
    parameter_name = "due"

    fixed = [("now", _("due")), ("month", _("within 30 days"))]

    @classmethod
    def condition(cls, value, user):
        day = timezone.localdate() + timedelta(days=30 if value == "month" else 0)
        return Q(status=Status.PUBLISHED, review_by__lte=day)


class MineFilter(ConditionFilter):
    title = _("edited by")
    parameter_name = "mine"

    fixed = [("yes", _("me"))]

    @classmethod
    def condition(cls, value, user):
        entries = newest_entries([Article]).filter(user=user).order_by()
        return Q(pk__in=entries.annotate(key=Cast("object_id", BigIntegerField())).values("key"))


class ColumnFilter(ConditionFilter):
    title = _("column")
    # The name Django gives a filter on the field, in addresses that editors have kept.
    parameter_name = "column__id__exact"

    def offered(self):
        used = Column.objects.filter(Exists(Article.objects.filter(column=OuterRef("pk"))))
        return [(str(key), title) for key, title in used.order_by("title", "pk").values_list("pk", "title")]

    def has_output(self):
        return len(self.lookup_choices) > 1

    @classmethod
    def knows(cls, value):
        return value.isdecimal() and len(value) < 19

    @classmethod
    def condition(cls, value, user):
        return Q(column=value)


class YearFilter(ConditionFilter):
    title = _("year")
    parameter_name = "year"

    def offered(self):
        first, last = Article.objects.filter(published_at__isnull=False).first_and_last()
        if first is None:
            return []
        years = range(timezone.localtime(last).year, timezone.localtime(first).year - 1, -1)
        return [(str(year), str(year)) for year in years]

    @classmethod
    def knows(cls, value):
        return is_number_in(DATE_PARTS["year"], value)

    @classmethod
    def condition(cls, value, user):
        return year_q(int(value))


class UntaggedFilter(ConditionFilter):
    title = _("tagging")
    parameter_name = "tagging"

    fixed = [("none", _("no topic at all")), ("some", _("a question without topic"))]

    @classmethod
    def condition(cls, value, user):
        if value == "none":
            return ~Q(pk__in=TaggedPair.objects.order_by().values("content_object__article"))
        return Q(pk__in=QAPair.objects.filter(tagged=None).order_by().values("article"))


class SourceFilter(ConditionFilter):
    title = _("source")
    parameter_name = "source"

    fixed = [("missing", _("reprint without source"))]

    @classmethod
    def condition(cls, value, user):
        return UNSOURCED


class TopicFilter(SimpleListFilter):
    """A box that takes any name a topic goes under; hundreds of links would bury the other filters.

    A minus before the name asks for what has not the topic.
    """

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
        typed = self.typed()
        return queryset.filter(once(request, self.parameter_name, lambda: has_topic(typed))) if typed else queryset

    def choices(self, changelist):
        kept = changelist.get_filters_params() | ({"q": [changelist.query]} if changelist.query else {})
        yield {
            "names": Topic.objects.order_by("name").values_list("name", flat=True)[:500],
            "kept": [(key, value) for key, values in kept.items() if key != self.parameter_name for value in values],
            "typed": self.typed(),
            "clear": changelist.get_query_string(remove=[self.parameter_name]),
        }


def has_topic(typed: str) -> Q:
    name = typed.lstrip("-－").strip()
    topic = Topic.objects.resolve([name]).get(name)
    tagged = TaggedPair.objects.filter(tag=topic).order_by().values("content_object__article")
    has_it = Q(pk__in=tagged if topic else [])
    return has_it if name == typed else ~has_it

"""The index of the admin: what waits, own drafts, the latest edits, this day of other years, the week in figures."""

from dataclasses import dataclass

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import desk
from articles.desk import Figure
from articles.models import Article

LIST = "admin:articles_article_changelist"
# Where each queue is worked off: label, address, query.
QUEUES: dict[str, tuple[Promise, str, dict[str, str]]] = {
    "review": (_("waiting for review"), LIST, {"status": "review"}),
    "revised": (_("revisions to be adopted"), LIST, {"revision": "waiting"}),
    "due": (_("due to be checked"), LIST, {"due": "now"}),
    "untagged": (_("with a question without topic"), LIST, {"tagging": "some"}),
    "unsourced": (_("reprints without source"), LIST, {"source": "missing"}),
    "duplicates": (_("possible duplicates"), "admin:articles_article_duplicates", {}),
    "dead_links": (_("dead links"), "admin:articles_article_dead_links", {}),
    "trash": (_("in the trash"), LIST, {"status": "trashed"}),
}
FIGURES = {"published": _("articles published"), "questions": _("questions published"), "edited": _("articles edited")}
MOST_DRAFTS, MOST_EDITS, MOST_OF_DAY = 8, 8, 6
# The bars of a figure: the height of the tallest, and how far they stand apart.
CHART_HEIGHT, BAR_STEP = 36, 8


@dataclass(frozen=True)
class Queue:
    label: Promise
    address: str
    count: int

    @property
    def shown(self) -> str:
        return f"{desk.MOST_COUNTED - 1}+" if self.count >= desk.MOST_COUNTED else str(self.count)


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    height: int
    is_of_this_week: bool


def today_context(request) -> dict:
    """Return what the index shows; nothing to those who may not see articles."""
    article_admin = admin.site.get_model_admin(Article)
    if not article_admin.has_view_permission(request):
        return {}
    today = timezone.localdate()
    *queues, trash = queues_of(today)
    return {
        "queues": queues,
        "trash": trash,
        "drafts": desk.drafts_of(request.user.pk, MOST_DRAFTS),
        "on_this_day": desk.published_on_this_day(MOST_OF_DAY),
        "may_confirm": article_admin.has_change_permission(request),
        "today": today,
        **edits_context(request),
        **week_context(today),
    }


def queues_of(today) -> list[Queue]:
    counts = desk.count_waiting(today)
    return [Queue(label, reverse(view, query=query), counts[name]) for name, (label, view, query) in QUEUES.items()]


def edits_context(request) -> dict:
    """Return the latest edits of what the user may see: everybody's, or with ?edits=mine the user's own."""
    models = [model for model in Article._meta.app_config.get_models() if may_view(request, model)]
    only_mine = request.GET.get("edits") == "mine"
    user_id = request.user.pk if only_mine else None
    return {"edits": desk.recent_entries(models, MOST_EDITS, user_id=user_id), "only_mine": only_mine}


def may_view(request, model) -> bool:
    return admin.site.is_registered(model) and admin.site.get_model_admin(model).has_view_permission(request)


def week_context(today) -> dict:
    figures = desk.figures(today)
    days = desk.last_days(today)
    return {
        "figures": [
            {"label": label, "figure": figures[name], "compared": compared(figures[name]), "bars": bars(figures[name])}
            for name, label in FIGURES.items()
        ],
        "chart": {"width": BAR_STEP * desk.DAYS, "height": CHART_HEIGHT, "bar": BAR_STEP - 2},
        "by_day": reversed(list(zip(days, *(figures[name].days for name in FIGURES), strict=True))),
    }


def compared(figure: Figure) -> str:
    if figure.more > 0:
        return gettext("%(count)d more than in the week before") % {"count": figure.more}
    if figure.more < 0:
        return gettext("%(count)d fewer than in the week before") % {"count": -figure.more}
    return gettext("as many as in the week before")


def bars(figure: Figure) -> list[Bar]:
    """Return the bars of the days; a day with nothing keeps a line, so that none seems to be missing."""
    top = max(*figure.days, 1)
    heights = [max(count * CHART_HEIGHT // top, 1) for count in figure.days]
    return [
        Bar(place * BAR_STEP, CHART_HEIGHT - height, height, place >= desk.WEEK) for place, height in enumerate(heights)
    ]

"""The actions of the list of articles, and the page between choosing one and doing it."""

from functools import partial

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IS_POPUP_VAR
from django.db import transaction
from django.forms import Media, Script
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache

from articles import bulk
from articles.admin.bulk.fields import ChangeColumn, Schedule, SetExpiry, SetReviewDate
from articles.admin.bulk.states import Confirm, Delete, Publish, Restore, Submit, Trash, Withdraw
from articles.admin.bulk.topics import AddTopics, RemoveTopics, ReplaceTopics
from articles.choices import Status
from articles.revisions import recorded

OPERATIONS = [
    Submit,
    Publish,
    Schedule,
    Withdraw,
    Confirm,
    SetReviewDate,
    SetExpiry,
    AddTopics,
    RemoveTopics,
    ReplaceTopics,
    ChangeColumn,
    Trash,
    Restore,
    Delete,
]
MOST_NAMED = 20
# From more articles than this on, their number has to be typed.
TYPED_ABOVE = 50
MEDIA = Media(
    css={"all": ["admin/opsqa/topics.css", "admin/opsqa/lists.css"]}, js=[Script("admin/opsqa/topics.js", defer=True)]
)


class BulkActions:
    """Offers the acts that the user may do and, in the trash, those that empty it."""

    def get_actions(self, request):
        if IS_POPUP_VAR in request.GET:
            return {}
        is_trash = request.GET.get("status") == Status.TRASHED
        others = {} if is_trash else super().get_actions(request)
        others.pop("delete_selected", None)
        acts = [act for act in OPERATIONS if act.in_trash == is_trash and act.is_allowed(self, request)]
        return {act.name: (partial(run, act), act.name, act.label) for act in acts} | others

    def log_bulk(self, request, articles, said):
        LogEntry.objects.log_actions(request.user.pk, articles, CHANGE, said)


@never_cache
def answer(request, page):
    context = page.model_admin.admin_site.each_context(request) | page.context()
    return render(request, "admin/articles/article/bulk.html", context)


def run(operation_class, model_admin, request, queryset):
    """Show what the act would do to the selected articles; do it once that was confirmed as it stands."""
    keys = bulk.chosen_keys(queryset)
    if keys is None:
        text = gettext("At most %(most)d articles at a time: please narrow the selection by filters.")
        model_admin.message_user(request, text % {"most": bulk.MOST_AT_ONCE}, messages.WARNING)
        return None
    page = BulkPage(operation_class(model_admin, request), keys)
    if "confirm" in request.POST and page.form.is_valid() and page.confirm():
        return None
    return answer(request, page)


class BulkPage:
    """One act, the articles it was chosen for, and what the user has said so far."""

    def __init__(self, operation, keys):
        self.operation = operation
        self.model_admin, self.request = operation.admin, operation.request
        self.keys = keys
        is_filled_in = "step" in self.request.POST or not operation.has_fields
        self.form = operation.form_class(self.request.POST if is_filled_in else None, prefix="bulk")
        self.problem = ""

    def plan(self, *, locked=False):
        articles = bulk.chosen(self.keys, locked=locked)
        data = self.form.cleaned_data
        rules = [*self.operation.base_rules(), *self.operation.rules(articles, data)]
        return bulk.plan(articles, rules)

    def digest(self, plan):
        return bulk.digest(plan.changed, self.operation.name, self.operation.said(self.form.cleaned_data))

    def confirm(self):
        """Do what the page showed and return True; where it is no longer that, say so and change nothing."""
        data = self.form.cleaned_data
        with transaction.atomic():
            plan = self.plan(locked=True)
            self.problem = self.refusal(plan)
            if self.problem:
                return False
            self.operation.write_down(plan.changed, data)
            with recorded(plan.changed, by=self.request.user, note=self.operation.said(data)):
                self.operation.carry_out(plan.changed, data)
        self.report(plan, data)
        return True

    def refusal(self, plan):
        if not plan.changed or self.request.POST["confirm"] != self.digest(plan):
            return gettext("This is another choice than the one shown before. Please look again.")
        count = len(plan.changed)
        if count > TYPED_ABOVE and self.request.POST.get("typed", "").strip() != str(count):
            return gettext("Nothing was changed: type the number %(count)d to confirm.") % {"count": count}
        return ""

    def report(self, plan, data):
        count, left = len(plan.changed), plan.left_count
        text = ngettext("%(count)d article: %(said)s", "%(count)d articles: %(said)s", count)
        text %= {"count": count, "said": self.operation.said(data)}
        if left:
            rest = ngettext("%(count)d was left as it is.", "%(count)d were left as they are.", left)
            text += " " + rest % {"count": left}
        self.model_admin.message_user(self.request, text, messages.SUCCESS)

    def context(self):
        across = self.request.POST.get("select_across") == "1"
        # Django wants a key even where everything under the filters is selected.
        selected = self.request.POST.getlist(ACTION_CHECKBOX_NAME)
        return {
            "title": str(self.operation.label).rstrip("…"),
            "opts": self.model_admin.opts,
            "media": MEDIA,
            "operation": self.operation,
            "form": self.form,
            "problem": self.problem,
            "count": len(self.keys),
            "selected": selected[:1] if across else selected,
            "across": across,
            "checkbox": ACTION_CHECKBOX_NAME,
            "back": self.request.get_full_path(),
            **(self.plan_context() if self.form.is_bound and self.form.is_valid() else self.selection_context()),
        }

    def plan_context(self):
        plan = self.plan()
        return {
            "plan": plan,
            "digest": self.digest(plan),
            "detail": self.operation.detail(self.form.cleaned_data) if plan.changed else "",
            "must_type": len(plan.changed) > TYPED_ABOVE,
            "groups": [
                {"articles": plan.changed[:MOST_NAMED], "more": more(plan.changed)},
                *(
                    {"reason": reason, "count": len(rows), "articles": rows[:MOST_NAMED], "more": more(rows)}
                    for reason, rows in plan.left.items()
                ),
            ],
        }

    def selection_context(self):
        articles = bulk.chosen(self.keys[:MOST_NAMED])
        return {"groups": [{"articles": articles, "more": more(self.keys)}]}


def more(rows) -> int:
    return max(len(rows) - MOST_NAMED, 0)

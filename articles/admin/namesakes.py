"""Topics that seem to be one: the list of couples, each to be merged or called two."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.admin.merges import merge_address
from articles.likeness import Reason
from articles.models import Topic
from articles.namesakes import call_distinct, load, suspicions

PER_PAGE = 20
REASONS = {
    Reason.SPELLING: _("same but for width, case, signs or script"),
    Reason.SOUND: _("same pinyin"),
    Reason.SUFFIX: _("one is the other with an ending"),
    Reason.LETTER: _("one character apart"),
}


class TopicCoupleForm(forms.Form):
    """Two topics that an editor has looked at."""

    topic = forms.ModelChoiceField(Topic.objects.all())
    other = forms.ModelChoiceField(Topic.objects.all())


class NamesakeViews:
    """What the topic admin says of topics that seem to be one."""

    def get_urls(self):
        views = [("namesakes/", self.namesakes), ("namesakes/dismiss/", self.dismiss_namesakes)]
        wrap = self.admin_site.admin_view
        own = [path(route, wrap(view), name=f"articles_topic_{view.__name__}") for route, view in views]
        return own + super().get_urls()

    @method_decorator([require_safe, never_cache])
    def namesakes(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = Paginator(suspicions(), PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "title": gettext("Topics that may be one"),
            "opts": self.opts,
            "page": page,
            "couples": [couple_row(couple) for couple in load(page.object_list)],
            "can_dismiss": self.has_change_permission(request),
            "can_merge": self.has_merge_permission(request),
            "media": self.media,
        }
        return render(request, "admin/articles/topic/namesakes.html", self.admin_site.each_context(request) | context)

    @method_decorator([require_POST, never_cache])
    def dismiss_namesakes(self, request):
        """Take a couple off the list for good; both topics' histories say who did."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = TopicCoupleForm(request.POST)
        if not form.is_valid() or form.cleaned_data["topic"] == form.cleaned_data["other"]:
            self.message_user(request, gettext("The selection makes no sense."), messages.WARNING)
            return redirect("admin:articles_topic_namesakes")
        topic, other = form.cleaned_data["topic"], form.cleaned_data["other"]
        said = gettext("“%(one)s” and “%(other)s” are two topics.") % {"one": topic.name, "other": other.name}
        with transaction.atomic():
            if call_distinct(topic, other):
                for row in (topic, other):
                    self.log_change(request, row, said)
        self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:articles_topic_namesakes")


def couple_row(couple) -> dict:
    """Return what the list shows of a couple: both topics, each with the name that looks like the other's, and why."""
    topic, other, suspicion = couple.topic, couple.other, couple.suspicion
    return {
        "reason": REASONS[suspicion.reason],
        "sides": [(topic, suspicion.name), (other, suspicion.other_name)],
        "keys": (topic.pk, other.pk),
        "merge": merge_address([topic.pk, other.pk]),
    }

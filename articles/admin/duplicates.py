"""Questions that look like one: a word after saving, and the list of all of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.forms import Form, ModelChoiceField
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.models import QAPair
from articles.related.duplicates import Couples, call_distinct, couples_of

PER_PAGE = 20
MOST_NAMED = 5


class CoupleForm(Form):
    """Two pairs that an editor has looked at."""

    pair = ModelChoiceField(QAPair.objects.select_related("article"))
    other = ModelChoiceField(QAPair.objects.select_related("article"))


class DuplicateViews:
    """What the article admin says of questions that are asked twice."""

    def get_urls(self):
        views = [("duplicates/", self.duplicates), ("duplicates/dismiss/", self.dismiss_duplicate)]
        wrap = self.admin_site.admin_view
        own = [path(route, wrap(view), name=f"articles_article_{view.__name__}") for route, view in views]
        return own + super().get_urls()

    @method_decorator([require_safe, never_cache])
    def duplicates(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = Paginator(Couples(), PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "title": gettext("Possible duplicates"),
            "page": page,
            "opts": self.opts,
            "can_dismiss": self.has_change_permission(request),
        }
        return render(
            request, "admin/articles/article/duplicates.html", self.admin_site.each_context(request) | context
        )

    @method_decorator([require_POST, never_cache])
    def dismiss_duplicate(self, request):
        """Take a couple off the list for good; both articles' histories say who did."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = CoupleForm(request.POST)
        if not form.is_valid() or form.cleaned_data["pair"] == form.cleaned_data["other"]:
            self.message_user(request, gettext("The selection makes no sense."), messages.WARNING)
            return redirect("admin:articles_article_duplicates")
        pair, other = form.cleaned_data["pair"], form.cleaned_data["other"]
        names = {"one": pair.heading, "other": other.heading}
        said = gettext("“%(one)s” and “%(other)s” are two questions.") % names
        with transaction.atomic():
            if call_distinct(pair, other):
                for article in dict.fromkeys([pair.article, other.article]):
                    self.log_change(request, article, said)
        self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:articles_article_duplicates")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        written = [pair.pk for formset in formsets for pair in written_pairs(formset)]
        if written:
            transaction.on_commit(lambda: self.name_alike(request, written), robust=True)

    def name_alike(self, request, pair_ids):
        """Name the pairs that ask much the same as those just written."""
        text = gettext("Question {position} is close to {link} ({likeness} %).")
        for couple in couples_of(pair_ids)[:MOST_NAMED]:
            place, link = couple.pair.position, link_to(couple.other)
            said = format_html(text, position=place, link=link, likeness=couple.likeness)
            self.message_user(request, said, messages.WARNING)


def written_pairs(formset) -> list[QAPair]:
    """Return the pairs whose question is new or was changed."""
    changed = [pair for pair, fields in formset.changed_objects if {"heading", "question"} & set(fields)]
    return [*formset.new_objects, *changed]


def link_to(pair: QAPair):
    """Name a pair by article and place, with a link to its card in the form."""
    name = gettext("“%(article)s” question %(position)s") % {"article": pair.article.title, "position": pair.position}
    return format_html('<a href="{}">{}</a>', card_address(pair), name)


def card_address(pair: QAPair) -> str:
    """Return where an editor finds the pair: its card in the form of its article."""
    form = reverse("admin:articles_article_change", args=[pair.article_id])
    return f"{form}#pairs-{pair.position - 1}"

"""Inputs of the article form; the scripts find them by their data attributes."""

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminSplitDateTime
from django.urls import reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagWidgetMixin


class LetterInput(forms.Textarea):
    """A reader's letter, on ruled paper."""

    def __init__(self):
        super().__init__({"class": "paper", "rows": 6, "data-letter": ""})


class AnswerInput(forms.Textarea):
    """An answer in Markdown; tools, a preview and a count are put around it by script."""

    def __init__(self):
        super().__init__({"class": "markdown", "rows": 14, "data-answer": ""})


class NamesInput(TagWidgetMixin, forms.TextInput):
    """Names of topics as plain text."""

    def __init__(self, attrs=None):
        super().__init__({"class": "vTextField", "autocomplete": "off"} | (attrs or {}))


class TopicsInput(NamesInput):
    """Topics by any of their names; the script completes the name being typed."""

    def __init__(self, attrs=None):
        super().__init__({"data-topics": reverse_lazy("admin:articles_article_suggest_topics")} | (attrs or {}))


class PairTopicsInput(TopicsInput):
    """The topics of a pair; under it stand those that its text names, and which names are new."""

    def __init__(self):
        super().__init__({"data-advice": reverse_lazy("admin:articles_article_advise_topics")})

    def build_attrs(self, *args, **kwargs):
        new = gettext("No such topic") if settings.CONTROLLED_TOPICS else gettext("New")
        return super().build_attrs(*args, **kwargs) | {"data-suggested": gettext("Suggested:"), "data-new": new}


class PositionInput(forms.NumberInput):
    """A pair's place; the script hides it behind arrows."""

    def __init__(self):
        super().__init__({"class": "position", "min": 1, "data-position": ""})


class MomentInput(AdminSplitDateTime):
    """Date and time, each with a name of its own for screen readers."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.widgets[0].attrs["aria-label"] = _("date")
        self.widgets[1].attrs["aria-label"] = _("time")

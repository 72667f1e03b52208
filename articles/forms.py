"""What readers may send: everything in a query string passes through here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.search.composing import compose_query, fields_of
from articles.search.engine import Sort
from articles.search.query import TEXT_LIMIT


class SearchForm(forms.Form):
    """The search form. Nothing a reader types is an error: what makes no sense is left out."""

    q = forms.CharField(required=False, label=_("Search"))
    topic = forms.SlugField(required=False)
    year = forms.IntegerField(required=False, min_value=1000, max_value=2999)
    column = forms.SlugField(required=False)
    sort = forms.ChoiceField(required=False, choices=[(sort.value, sort.value) for sort in Sort])

    def value(self, name: str, default=""):
        """Return the cleaned value, or the default for what was empty or made no sense."""
        return self.cleaned_data.get(name) or default

    @property
    def text(self) -> str:
        """What was typed, kept even where it cannot be searched, so that the box shows it again."""
        return self.data.get("q", "").replace("\x00", "")[:TEXT_LIMIT]


class AdvancedForm(forms.Form):
    """The fields that write a query for those who do not know its signs."""

    words = forms.CharField(required=False, label=_("All of these words"))
    phrase = forms.CharField(required=False, label=_("This exact phrase"))
    without = forms.CharField(required=False, label=_("None of these words"))
    in_topic = forms.CharField(required=False, label=_("In the topic"))
    in_column = forms.CharField(required=False, label=_("In the column"))

    @classmethod
    def showing(cls, query):
        """Return the form with its fields filled as the query would be written."""
        fields = {
            ("in_" + name if name in ("topic", "column") else name): text for name, text in fields_of(query).items()
        }
        return cls(initial=fields)

    @property
    def query(self) -> str:
        """The query that the fields ask for, short enough for the search box; empty where all are empty."""
        self.is_valid()
        given = {name.removeprefix("in_"): text for name, text in self.cleaned_data.items()}
        return compose_query(**given)[:TEXT_LIMIT].strip()

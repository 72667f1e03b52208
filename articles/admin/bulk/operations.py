"""What an act on selected articles is: its form, what it leaves out and why, how it is done and written down."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.choices import Status


class NoFields(forms.Form):
    """Nothing has to be said but yes."""


class Operation:
    """One act for the request of one user.

    The name is the action's; rules are called with the articles in question and the cleaned form, and so is carry_out.
    """

    name: str
    label: str
    effect: str
    permission = "change"
    form_class: type[forms.Form] = NoFields
    in_trash = False
    is_grave = False

    def __init__(self, model_admin, request):
        self.admin = model_admin
        self.request = request

    @classmethod
    def is_allowed(cls, model_admin, request) -> bool:
        return getattr(model_admin, f"has_{cls.permission}_permission")(request)

    @property
    def has_fields(self) -> bool:
        return bool(self.form_class.base_fields)

    def base_rules(self):
        """Keep out what another act or another user has moved meanwhile."""
        return [(gettext("in the trash"), lambda article: article.status == Status.TRASHED)]

    def rules(self, articles, data):
        return []

    def carry_out(self, articles, data):
        raise NotImplementedError

    def said(self, data) -> str:
        """Return the sentence for the histories and the message."""
        raise NotImplementedError

    def detail(self, data) -> str:
        """Return one more sentence on what changes by the rules that were asked for last, or nothing."""
        return ""

    def write_down(self, articles, data):
        self.admin.log_bulk(self.request, articles, self.said(data))


def none_or(value, shown) -> str:
    return gettext("none") if value is None else shown


EMPTY_MEANS_NONE = _("Empty: none.")

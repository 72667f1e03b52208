"""Acts that give many articles the same time, day or column."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import publishing
from articles.admin.bulk.operations import EMPTY_MEANS_NONE, Operation, none_or
from articles.admin.bulk.states import gap_rule
from articles.choices import Status
from articles.models import Column

YEARS = range(1970, 2101)


class MomentField(forms.DateTimeField):
    """A moment, typed or chosen in the browser's own box."""

    def __init__(self, **options):
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **options)

    def validate(self, value):
        super().validate(value)
        refuse_far(value)


class DayField(forms.DateField):
    def __init__(self, **options):
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)

    def validate(self, value):
        super().validate(value)
        refuse_far(value)


def refuse_far(value):
    """Refuse years that a slip of the finger makes; some of them no database can hold."""
    if value is not None and value.year not in YEARS:
        raise ValidationError(_("Enter a year between %(first)d and %(last)d."), params={"first": 1970, "last": 2100})


def shown_moment(moment) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else gettext("none")


class ScheduleForm(forms.Form):
    moment = MomentField(label=_("published at"))

    def clean_moment(self):
        moment = self.cleaned_data["moment"]
        if moment <= timezone.now():
            raise ValidationError(_("Choose a time to come."))
        return moment


class Schedule(Operation):
    name = "schedule_selected"
    label = _("Schedule…")
    effect = _("Readers see them from the time on, without anybody's doing.")
    permission = "publish"
    form_class = ScheduleForm

    def rules(self, articles, data):
        now, moment = timezone.now(), data["moment"]
        return [
            (
                gettext("published already"),
                lambda article: article.status == Status.PUBLISHED and article.published_at <= now,
            ),
            (
                gettext("scheduled for that time already"),
                lambda article: article.status == Status.PUBLISHED and article.published_at == moment,
            ),
            gap_rule(articles),
            (
                gettext("it would expire before it is published"),
                lambda article: article.expires_at and article.expires_at <= moment,
            ),
        ]

    def carry_out(self, articles, data):
        publishing.schedule(articles, at=data["moment"], now=timezone.now())

    def said(self, data):
        return gettext("Scheduled for %(moment)s.") % {"moment": shown_moment(data["moment"])}


class ReviewForm(forms.Form):
    day = DayField(label=_("check again by"), required=False, help_text=EMPTY_MEANS_NONE)


class SetReviewDate(Operation):
    name = "review_selected"
    label = _("Set the day of the next check…")
    effect = _("On that day they are listed as due to be checked.")
    form_class = ReviewForm

    def rules(self, articles, data):
        return [(gettext("has this day already"), lambda article: article.review_by == data["day"])]

    def carry_out(self, articles, data):
        publishing.set_review_date(articles, day=data["day"])

    def said(self, data):
        shown = none_or(data["day"], data["day"] and date_format(data["day"], "DATE_FORMAT"))
        return gettext("To be checked again by: %(day)s.") % {"day": shown}


class ExpiryForm(forms.Form):
    moment = MomentField(label=_("expires at"), required=False, help_text=EMPTY_MEANS_NONE)


class SetExpiry(Operation):
    name = "expire_selected"
    label = _("Set the end…")
    effect = _("From then on readers no longer see them.")
    permission = "publish"
    form_class = ExpiryForm

    def rules(self, articles, data):
        moment = data["moment"]
        return [
            (gettext("has this end already"), lambda article: article.expires_at == moment),
            (
                gettext("it would expire before it is published"),
                lambda article: moment and article.published_at and article.published_at >= moment,
            ),
        ]

    def carry_out(self, articles, data):
        publishing.expire(articles, at=data["moment"])

    def said(self, data):
        return gettext("Expires at: %(moment)s.") % {"moment": shown_moment(data["moment"])}


class ColumnForm(forms.Form):
    column = forms.ModelChoiceField(Column.objects.order_by("title", "pk"), label=_("column"))


class ChangeColumn(Operation):
    name = "column_selected"
    label = _("Change the column…")
    effect = _("They appear in the other column; their addresses stay.")
    form_class = ColumnForm

    def rules(self, articles, data):
        return [(gettext("in this column already"), lambda article: article.column_id == data["column"].pk)]

    def carry_out(self, articles, data):
        publishing.move_to_column(articles, column=data["column"], now=timezone.now())

    def said(self, data):
        return gettext("Moved to the column %(column)s.") % {"column": data["column"]}

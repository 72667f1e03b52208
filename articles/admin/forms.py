"""The forms of articles, columns, authors and topics, and what publishing demands of them."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.fields import LongTextField
from articles.admin.widgets import MomentInput
from articles.choices import Status

# Outside these years calendars overflow somewhere: in a time zone, in the database, in a feed.
YEARS = range(1970, 2101)
# Buttons that say what becomes of the article, whatever its status says.
BUTTONS = {"_submit": Status.REVIEW, "_publish": Status.PUBLISHED}


def in_calendar(moment):
    """Return the moment, or day, or None; refuse years that no calendar of the site holds."""
    day = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    if day is not None and day.year not in YEARS:
        raise ValidationError(
            _("The year must be between %(first)s and %(last)s."), params={"first": YEARS[0], "last": YEARS[-1]}
        )
    return moment


class SluggedForm(forms.ModelForm):
    """A form whose slug may stay empty: the row is given one when it is saved."""

    class Meta:
        field_classes = {"description": LongTextField, "bio": LongTextField}

    def _get_validation_exclusions(self):
        exclude = super()._get_validation_exclusions()
        return exclude if self.cleaned_data.get("slug") else {*exclude, "slug"}


class ArticleForm(SluggedForm):
    class Meta(SluggedForm.Meta):
        widgets = {"published_at": MomentInput, "expires_at": MomentInput}

    def clean_published_at(self):
        return in_calendar(self.cleaned_data["published_at"])

    def clean_expires_at(self):
        return in_calendar(self.cleaned_data["expires_at"])

    def clean_review_by(self):
        return in_calendar(self.cleaned_data["review_by"])

    def clean(self):
        data = super().clean()
        for button, status in BUTTONS.items():
            if button in self.data and "status" in self.fields and status in dict(self.fields["status"].choices):
                data["status"] = status
        if data.get("status") == Status.PUBLISHED and "published_at" in data:
            data["published_at"] = data["published_at"] or timezone.now()
        return data

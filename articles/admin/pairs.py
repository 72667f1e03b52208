"""The cards of an article's form: one letter and its answer each, in order."""

import math
import re

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.admin.fields import LongTextField, TopicsField
from articles.admin.widgets import AnswerInput, LetterInput, PairTopicsInput, PositionInput
from articles.choices import Status
from articles.models import QAPair, Topic
from articles.revisions import TEXTS

REQUIRED = forms.Field.default_error_messages["required"]
# What every pair of a published article has, and what is said where it is missing.
GAPS = {
    "heading": REQUIRED,
    "question": REQUIRED,
    "answer": _("Readers wait for this answer: write it, or leave the article a draft."),
}


class PairForm(forms.ModelForm):
    topics = TopicsField(
        label=_("topics"),
        required=False,
        widget=PairTopicsInput,
        help_text=_("Separated by 、 or a comma; a blank does not separate."),
    )

    class Meta:
        model = QAPair
        fields = ["heading", "question", "signature", "topics", "answer", "position"]
        field_classes = {"question": LongTextField, "answer": LongTextField}
        widgets = {
            "heading": forms.TextInput({"class": "vTextField", "data-heading": ""}),
            "question": LetterInput(),
            "signature": forms.TextInput({"class": "vTextField"}),
            "answer": AnswerInput(),
            "position": PositionInput(),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("position", *GAPS):  # a draft may be saved with gaps
            self.fields[name].required = False
        if self.instance.pk is None:
            self.initial["position"] = self.initial.get("position") or None

    def has_changed(self):
        """A new card that only has a place is an empty card."""
        return self.changed_data not in ([], ["position"]) if self.instance.pk is None else super().has_changed()

    def clean_position(self):
        return self.cleaned_data["position"] or self.instance.position

    def place(self) -> tuple:
        """Sort key: a card sent up to another's place goes before it, one sent down goes after."""
        before, after = self.initial.get("position"), self.cleaned_data.get("position") or math.inf
        return after, 0 if before is None else (after > before) - (after < before)


def saved_first(data, prefix: str):
    """Return what was sent with the cards of saved pairs in front, as Django wants them, and where each card stood.

    A card that was saved while its form stayed open has its key, and may stand behind one that is empty still.
    """
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    count = int(total) if total.isdecimal() and len(total) < 5 else 0
    order = sorted(range(count), key=lambda index: not data.get(f"{prefix}-{index}-id"))
    saved = sum(bool(data.get(f"{prefix}-{index}-id")) for index in order)
    if data.get(f"{prefix}-INITIAL_FORMS") == str(saved) and order == list(range(count)):
        return data, order
    places = {str(old): new for new, old in enumerate(order)}
    sorted_data = QueryDict(mutable=True)
    for key, values in data.lists():
        match = re.fullmatch(rf"{prefix}-(\d+)-(\w+)", key)
        is_card = match is not None and match[1] in places
        sorted_data.setlist(f"{prefix}-{places[match[1]]}-{match[2]}" if is_card else key, values)
    sorted_data[f"{prefix}-INITIAL_FORMS"] = str(saved)
    return sorted_data, order


class PairFormSet(forms.BaseInlineFormSet):
    def __init__(self, data=None, *args, prefix=None, resumed=None, **kwargs):
        """Note under sent which index each card had in the browser; resumed are the pairs of a version to go on with."""
        self.sent, self.resumed = None, resumed
        if data is not None:
            data, self.sent = saved_first(data, prefix)
        super().__init__(data, *args, prefix=prefix, **kwargs)

    def get_form_kwargs(self, index):
        kwargs = super().get_form_kwargs(index)
        return kwargs if self.resumed is None or index is None else kwargs | self.resumed_card(index)

    def resumed_card(self, index) -> dict:
        """Return what fills a card in with what the version says; a pair that it leaves out is to be deleted."""
        count = self.initial_form_count()
        said = list(enumerate(self.resumed, 1))
        if index < count:
            pair = self.get_queryset()[index]
            place, card = next((row for row in said if row[1]["number"] == pair.number), (0, None))
        else:
            pair = QAPair()
            place, card = [row for row in said if row[1]["number"] is None][index - count]
        if card is None:
            return {"initial": {DELETION_FIELD_NAME: True}}
        for name in TEXTS:
            setattr(pair, name, card[name])
        pair.position = place
        return {"initial": {"topics": [Topic(name=name) for name in card["topics"]]}} | (
            {} if index < count else {"instance": pair}
        )

    def sent_index(self, form) -> int:
        """Return the number by which the page knows the card."""
        index = self.forms.index(form)
        return self.sent[index] if self.sent and index < len(self.sent) else index

    def clean(self):
        super().clean()
        if self.instance.status != Status.PUBLISHED:
            return
        kept = [form for form in self.forms if self.is_kept(form)]
        if not kept:
            raise ValidationError(_("An article is published with at least one question and its answer."))
        for form in kept:
            for name, message in GAPS.items():
                if not form.cleaned_data.get(name) and name not in form.errors:
                    form.add_error(name, message)

    def is_kept(self, form) -> bool:
        return (form.instance.pk is not None or form.has_changed()) and not self._should_delete_form(form)

    def save(self, commit=True):
        saved = super().save(commit)
        if commit:
            self.renumber()
        return saved

    def renumber(self) -> None:
        """Write the places 1, 2, 3 … of the cards that stay."""
        saved = [form for form in self.forms if form.instance.pk is not None and self.is_kept(form)]
        moved = []
        for position, form in enumerate(sorted(saved, key=PairForm.place), 1):
            if form.instance.position != position:
                form.instance.position = position
                moved.append(form.instance)
        QAPair.objects.bulk_update(moved, ["position"])


class PairInline(admin.StackedInline):
    model = QAPair
    form = PairForm
    formset = PairFormSet
    template = "admin/articles/article/pairs.html"
    verbose_name_plural = _("questions and answers")

    def get_extra(self, request, obj=None, **kwargs):
        resumed = getattr(request, "resumed", None)
        new = [pair for pair in resumed.content["pairs"] if pair["number"] is None] if resumed else []
        return len(new) if obj else 1

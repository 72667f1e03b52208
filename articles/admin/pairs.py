"""The cards of an article's form: one letter and its answer each, in order."""

import math

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.admin.fields import LongTextField, NamesField
from articles.admin.widgets import AnswerInput, LetterInput, PositionInput, TopicsInput
from articles.choices import Status
from articles.models import QAPair


class PairForm(forms.ModelForm):
    topics = NamesField(
        label=_("topics"),
        required=False,
        widget=TopicsInput,
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
        self.fields["position"].required = False
        if self.instance.pk is None:
            self.initial["position"] = None

    def has_changed(self):
        """A new card that only has a place is an empty card."""
        return self.changed_data not in ([], ["position"]) if self.instance.pk is None else super().has_changed()

    def clean_position(self):
        return self.cleaned_data["position"] or self.instance.position

    def place(self) -> tuple:
        """Sort key: a card sent up to another's place goes before it, one sent down goes after."""
        before, after = self.initial.get("position"), self.cleaned_data.get("position") or math.inf
        return after, 0 if before is None else (after > before) - (after < before)


class PairFormSet(forms.BaseInlineFormSet):
    def clean(self):
        super().clean()
        if self.instance.status != Status.PUBLISHED:
            return
        kept = [form for form in self.forms if self.is_kept(form)]
        if not kept:
            raise ValidationError(_("An article is published with at least one question and its answer."))
        for form in kept:
            if not form.cleaned_data.get("answer") and "answer" not in form.errors:
                form.add_error("answer", _("Readers wait for this answer: write it, or leave the article a draft."))

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
        return 0 if obj else 1

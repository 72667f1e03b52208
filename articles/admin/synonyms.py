"""The groups of synonyms that searches are widened by."""

from django import forms
from django.contrib import admin

from articles.admin.desk import DeskAdmin
from articles.models import SynonymGroup


@admin.register(SynonymGroup)
class SynonymGroupAdmin(DeskAdmin):
    fields = ["words"]
    list_display = ["words"]
    search_fields = ["words"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Show the words in a box of several lines: a line end separates them too."""
        if db_field.name == "words":
            kwargs["widget"] = forms.Textarea({"rows": 3, "class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

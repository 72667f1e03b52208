"""The links of one pair: what readers see beside it and why, and an editor's word on it."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db.models import Case, Value, When
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin
from articles.admin.duplicates import card_address
from articles.models import PairLink, QAPair
from articles.related.reading import related_pairs
from articles.search.engine import search
from articles.search.query import parse_query

MOST_OFFERED = 50
SHOWN = 8


class PairLinkForm(forms.ModelForm):
    def clean_other(self):
        other = self.cleaned_data["other"]
        if other.article_id == self.instance.pair.article_id:
            raise ValidationError(_("Questions of one article stand together anyway."))
        return other


class PairLinkFormSet(forms.BaseInlineFormSet):
    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.instance.pair = self.instance
        return form


class PairSelect(AutocompleteSelect):
    """A choice that is called something while nothing is chosen, for those who hear the page."""

    def build_attrs(self, *args, **kwargs):
        return super().build_attrs(*args, **kwargs) | {"data-placeholder": gettext("Look for a question")}


class PairLinkInline(admin.StackedInline):
    model = PairLink
    fk_name = "pair"
    form = PairLinkForm
    formset = PairLinkFormSet
    autocomplete_fields = ["other"]
    fields = [("other", "kind", "position")]
    extra = 1

    class Media:
        js = [forms.Script("admin/opsqa/named.js", defer=True)]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "other":
            kwargs["widget"] = PairSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "other":
            field.widget.can_change_related = field.widget.can_view_related = False
        return field


@admin.register(QAPair)
class PairAdmin(DeskAdmin):
    """One pair's links; its texts are edited on the form of its article, and it is listed nowhere by itself."""

    fields = ["article_link", "question", "shown"]
    readonly_fields = fields
    inlines = [PairLinkInline]
    search_fields = ["heading"]  # Django demands some of whatever is offered while typing

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """Pairs go with their article, or from its form."""
        return request.user.has_perm("articles.delete_article")

    def changelist_view(self, request, extra_context=None):
        return redirect("admin:articles_article_changelist")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return super().change_view(request, object_id, form_url, (extra_context or {}) | {"show_delete": False})

    def delete_view(self, request, object_id, extra_context=None):
        return redirect("admin:articles_qapair_change", object_id)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("article").order_by("-article__published_at", "position")

    def get_search_results(self, request, queryset, search_term):
        """Find pairs as readers do, drafts included, the best first."""
        if not search_term.strip():
            return queryset, False
        found = search(parse_query(search_term), everything=True).pair_ids[:MOST_OFFERED]
        if not found:
            return queryset.none(), False
        ranks = [When(pk=pk, then=Value(rank)) for rank, pk in enumerate(found)]
        return queryset.filter(pk__in=found).order_by(Case(*ranks)), False

    def response_post_save_change(self, request, obj):
        return redirect("admin:articles_article_change", obj.article_id)

    @admin.display(description=_("article"))
    def article_link(self, pair):
        return format_html('<a href="{}">{}</a>', card_address(pair), pair.article.title)

    @admin.display(description=_("shown to readers"))
    def shown(self, pair):
        """What stands beside this pair by itself; an article shows the best of all its pairs."""
        links = related_pairs([pair], limit=SHOWN)
        rows = ((link.pair.heading, link.reason) for link in links)
        items = format_html_join("", '<li>{} <span class="under">{}</span></li>', rows)
        return format_html("<ol>{}</ol>", items) if links else gettext("Nothing is near.")

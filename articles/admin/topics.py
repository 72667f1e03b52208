"""Topics with their definitions and other names."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import Script
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import DeskAdmin
from articles.admin.fields import LongTextField, NamesField, TopicNameField
from articles.admin.merges import MergeViews
from articles.admin.namesakes import NamesakeViews
from articles.admin.topic_list import TopicList
from articles.admin.widgets import NamesInput
from articles.models import Topic
from articles.slugs import free_slug
from articles.topics import clean_name, fold_name

# Topics that were merged leave their names, and each its own aliases.
MOST_ALIASES = 500


class TopicForm(forms.ModelForm):
    """A topic with its aliases in one line; no name may mean two topics."""

    aliases = NamesField(
        label=_("aliases"),
        required=False,
        widget=NamesInput,
        most=MOST_ALIASES,
        help_text=_("Other names, separated by 、 or a comma. Typed or searched, they mean this topic."),
    )

    class Meta:
        field_classes = {"name": TopicNameField, "description": LongTextField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial["aliases"] = list(self.instance.aliases.all())

    def clean_name(self):
        self.refuse_taken([self.cleaned_data["name"]])
        return self.cleaned_data["name"]

    def clean_aliases(self):
        own = fold_name(self.cleaned_data.get("name", ""))
        names = [name for name in self.cleaned_data["aliases"] if fold_name(name) != own]
        self.refuse_taken(names)
        return names

    def refuse_taken(self, names):
        for name, topic in Topic.objects.resolve(names).items():
            if topic != self.instance:
                raise ValidationError(
                    _("“%(name)s” already means the topic “%(topic)s”."), params={"name": name, "topic": topic}
                )

    def clean_slug(self):
        slug, name = self.cleaned_data["slug"], self.cleaned_data.get("name")
        if slug or not name:
            return slug
        others = Topic.objects.exclude(pk=self.instance.pk)
        return free_slug(name, lambda taken: others.filter(slug=taken).exists())

    def save_aliases(self):
        names = self.cleaned_data["aliases"]
        self.instance.aliases.exclude(name__in=names).delete()
        kept = set(self.instance.aliases.values_list("name", flat=True))
        for name in names:
            if name not in kept:
                self.instance.aliases.create(name=name)


@admin.register(Topic)
class TopicAdmin(MergeViews, NamesakeViews, TopicList, DeskAdmin):
    form = TopicForm
    fields = ["name", "aliases", "description", "slug"]
    search_fields = ["name", "aliases__name", "slug"]
    actions = ["merge_selected"]

    class Media:
        css = {"all": ["admin/opsqa/topics.css"]}
        js = [Script("admin/opsqa/topics.js", defer=True)]

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, clean_name(search_term))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        form.save_aliases()

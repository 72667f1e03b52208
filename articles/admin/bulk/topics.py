"""Acts on the topics of many articles, question by question."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.admin.bulk.operations import Operation
from articles.admin.fields import NamesField, TopicsField
from articles.admin.widgets import TopicsInput
from articles.models import Topic
from articles.retagging import Retagging, find_changes, retag
from articles.topics import join_topics


class GivenField(TopicsField):
    """Topics to be given, by the names they are stored under; a new name becomes a topic."""

    def clean(self, value):
        names = super().clean(value)
        if not names and self.required:
            raise ValidationError(self.error_messages["required"], "required")
        known = Topic.objects.resolve(names)
        return list(dict.fromkeys(known[name].name if name in known else name for name in names))


class TakenField(NamesField):
    """Topics to be taken away: there has to be such topics."""

    def clean(self, value):
        names = super().clean(value)
        if not names and self.required:
            raise ValidationError(self.error_messages["required"], "required")
        known = Topic.objects.resolve(names)
        if unknown := [name for name in names if name not in known]:
            raise ValidationError(_("There is no topic “%(names)s”."), params={"names": "、".join(unknown)})
        return list({topic.pk: topic for topic in known.values()}.values())


class AddForm(forms.Form):
    given = GivenField(label=_("topics to add"), widget=TopicsInput)


class RemoveForm(forms.Form):
    taken = TakenField(label=_("topics to remove"), widget=TopicsInput)


class ReplaceForm(forms.Form):
    taken = TakenField(
        label=_("topics to replace"),
        widget=TopicsInput,
        required=False,
        help_text=_("Empty: all topics of each question."),
    )
    given = GivenField(label=_("topics to put there"), widget=TopicsInput)


class TopicOperation(Operation):
    """The form says what is given and what is taken; the pairs say which articles that changes."""

    unchanged: str

    def act(self, data) -> Retagging:
        taken = frozenset(topic.pk for topic in data.get("taken") or [])
        return Retagging(given=tuple(data.get("given") or []), taken=taken)

    def rules(self, articles, data):
        self.changes = find_changes(articles, self.act(data))
        return [(self.unchanged, lambda article: article.pk not in self.changes.articles)]

    def carry_out(self, articles, data):
        retag(articles, self.act(data), now=timezone.now())

    def detail(self, data):
        count = len(self.changes.pairs)
        text = ngettext("%(count)d question changes.", "%(count)d questions change.", count) % {"count": count}
        known = Topic.objects.resolve(data.get("given") or [])
        new = [name for name in data.get("given") or [] if name not in known]
        return text + (" " + gettext("New topics: %(names)s.") % {"names": "、".join(new)} if new else "")


class AddTopics(TopicOperation):
    name = "add_topics_selected"
    label = _("Add topics…")
    effect = _("Each of their questions gets the topics; what it has stays.")
    form_class = AddForm
    unchanged = _("nothing to add: no question, or each has them already")

    def said(self, data):
        return gettext("Topics added: %(names)s.") % {"names": "、".join(data["given"])}


class RemoveTopics(TopicOperation):
    name = "remove_topics_selected"
    label = _("Remove topics…")
    effect = _("The topics are taken from each of their questions.")
    form_class = RemoveForm
    unchanged = _("has none of these topics")

    def said(self, data):
        return gettext("Topics removed: %(names)s.") % {"names": join_topics(data["taken"])}


class ReplaceTopics(TopicOperation):
    name = "replace_topics_selected"
    label = _("Replace topics…")
    effect = _("Questions with one of the first topics get the second ones in their place.")
    form_class = ReplaceForm
    unchanged = _("nothing to replace")

    def act(self, data):
        taken = frozenset(topic.pk for topic in data["taken"])
        return Retagging(given=tuple(data["given"]), taken=taken or None, in_place=bool(taken))

    def said(self, data):
        old = join_topics(data["taken"]) or gettext("all")
        return gettext("Topics replaced: %(old)s → %(new)s.") % {"old": old, "new": "、".join(data["given"])}

"""Form fields that clean what editors type."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.models import Topic
from articles.topics import clean_name, parse_topics

MOST_NAMES = 20


class RowsField(forms.ModelMultipleChoiceField):
    """Rows by key; keys larger than any are refused here, as SQLite would fail over them."""

    def clean(self, value):
        for key in value or ():
            if not (str(key).isdecimal() and len(str(key)) < 19):
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key})
        return super().clean(value)


class LongTextField(forms.CharField):
    """Text of several paragraphs. Browsers send line ends as CR LF; stored and compared are plain LF."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class TopicNameField(forms.CharField):
    """One name of a topic, in the form it is stored in."""

    def to_python(self, value):
        return clean_name(super().to_python(value))


class NamesField(forms.CharField):
    """Several names of topics, with the separators people type."""

    default_error_messages = {
        "too_long": _("“%(name)s…” is too long for a topic: %(most)s characters at most."),
        "too_many": _("At most %(most)s names."),
    }

    def __init__(self, *args, most: int = MOST_NAMES, **kwargs):
        super().__init__(*args, **kwargs)
        self.most = most

    def clean(self, value):
        names = parse_topics(super().clean(value))
        longest = Topic._meta.get_field("name").max_length
        for name in names:
            if len(name) > longest:
                params = {"name": name[:20], "most": longest}
                raise ValidationError(self.error_messages["too_long"], "too_long", params)
        if len(names) > self.most:
            raise ValidationError(self.error_messages["too_many"], "too_many", {"most": self.most})
        return names

    def has_changed(self, initial, data):
        """Compare names, not spellings: another separator or order is no change."""
        if self.disabled:
            return False
        return {row.name for row in initial or []} != set(parse_topics(data or ""))


class TopicsField(NamesField):
    """Topics of pairs; where the vocabulary is controlled, a name that is no topic is refused."""

    def clean(self, value):
        names = super().clean(value)
        Topic.objects.refuse_new(names)
        return names

"""Wordings that searches treat as one."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.querysets import NaturalKeyManager
from articles.search.thesaurus import SHORTEST, parse_wordings
from articles.topics import parse_topics

MOST_WORDS = 20
LONGEST_WORD = 30


class SynonymGroup(models.Model):
    """Wordings that mean the same, in one text: who searches for one of them finds the others too."""

    slug = models.SlugField(_("slug"), max_length=100, unique=True, blank=True)
    words = models.CharField(
        _("wordings"),
        max_length=MOST_WORDS * (LONGEST_WORD + 1),
        help_text=_("Two or more, separated by 、 or a comma: who searches for one of them finds the others too."),
    )

    objects = NaturalKeyManager()

    class Meta:
        verbose_name = _("synonym group")
        verbose_name_plural = _("synonym groups")
        ordering = ["words"]
        constraints = [models.CheckConstraint(name="synonymgroup_slug_not_empty", condition=~models.Q(slug=""))]

    def __str__(self) -> str:
        return self.words

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def clean(self) -> None:
        """Refuse what is no group, and a wording that stands in another one; reads the other groups."""
        check_words(self.words)
        own = {wording.phrase for wording in parse_wordings(self.words)}
        for group in type(self).objects.exclude(pk=self.pk):
            for wording in parse_wordings(group.words):
                if wording.phrase in own:
                    refuse(
                        _("“%(word)s” already stands in the group “%(group)s”."), word=wording.text, group=group.words
                    )


def clean_words(text: str) -> str:
    """Return the words in the one form they are stored in."""
    return "、".join(parse_topics(text))


def check_words(text: str) -> None:
    wordings = parse_wordings(text)
    for wording in wordings:
        if len(wording.phrase) < SHORTEST:
            refuse(_("“%(word)s” is too short: two letters or characters at least."), word=wording.text)
        if len(wording.text) > LONGEST_WORD:
            refuse(
                _("“%(word)s…” is too long: %(most)s characters at most."), word=wording.text[:10], most=LONGEST_WORD
            )
    if len(wordings) < 2:
        refuse(_("A group needs two different wordings at least."))
    if len(wordings) > MOST_WORDS:
        refuse(_("At most %(most)s wordings."), most=MOST_WORDS)


def refuse(message, **params) -> None:
    raise ValidationError({"words": ValidationError(message, params=params)})

"""The fixed vocabularies that columns of the tables choose from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where an article stands.

    Scheduled is published with a time that is still to come, expired is published with an end that has come.
    """

    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    PUBLISHED = "published", _("published")
    TRASHED = "trashed", _("in the trash")


class Origin(TextChoices):
    """Who wrote the words: decides the attribution line and the canonical link."""

    ORIGINAL = "original", _("original")
    RETOLD = "retold", _("retold by the editors")
    REPRINT = "reprint", _("reprint")


class LinkKind(TextChoices):
    """What an editor decides of a link between two pairs."""

    PIN = "pin", _("shown first")
    BLOCK = "block", _("never shown")

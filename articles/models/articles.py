"""One published piece of a column, and its question/answer pairs."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles.choices import Origin, Status
from articles.importing.old_addresses import LONGEST
from articles.models.bases import FormerSlug, LongTextField, Slugged
from articles.models.columns import Column
from articles.models.topics import TaggedPair, TopicsManager
from articles.querysets import (
    UNSOURCED,
    ArticleQuerySet,
    FormerPlaceManager,
    NaturalKeyManager,
    OldAddressManager,
    QAPairManager,
)

MOST_PAIRS = 32_767  # what PostgreSQL holds in a small integer; SQLite would take more


class Article(Slugged):
    column = models.ForeignKey(Column, models.PROTECT, related_name="articles", verbose_name=_("column"))
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(
        _("summary"),
        max_length=200,
        blank=True,
        help_text=_("For lists and share cards; the first question stands in when empty."),
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(
        _("published at"), null=True, blank=True, help_text=_("A time to come schedules the article.")
    )
    expires_at = models.DateTimeField(
        _("expires at"), null=True, blank=True, help_text=_("From then on readers no longer see it.")
    )
    review_by = models.DateField(
        _("check again by"), null=True, blank=True, help_text=_("When somebody should look whether it still holds.")
    )
    checked_on = models.DateField(_("last checked on"), null=True, blank=True, editable=False)
    content_updated_at = models.DateTimeField(_("content updated at"), null=True, blank=True, editable=False)
    origin = models.CharField(_("origin"), max_length=12, choices=Origin, default=Origin.ORIGINAL)
    source_name = models.CharField(_("source"), max_length=100, blank=True)
    source_url = models.URLField(_("source link"), max_length=500, blank=True)
    source_text = models.TextField(_("raw text"), blank=True, editable=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)

    objects = NaturalKeyManager.from_queryset(ArticleQuerySet)()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-pk"]
        permissions = [("publish_article", _("Can publish and withdraw articles"))]
        indexes = [
            models.Index(fields=["status", "published_at", "id"], name="article_newest"),
            models.Index(fields=["column", "status", "published_at", "id"], name="article_newest_in_column"),
            # The order of the editors' list, in which what has no time comes first; the status leaves out the trash.
            models.Index(fields=["published_at", "id", "status"], name="article_in_the_desk_list"),
            models.Index(fields=["expires_at"], name="article_expiring", condition=Q(expires_at__isnull=False)),
            models.Index(fields=["review_by"], name="article_due", condition=Q(review_by__isnull=False)),
            models.Index(fields=["id"], name="article_unsourced", condition=UNSOURCED),
        ]
        constraints = [
            *Slugged.Meta.constraints,
            models.CheckConstraint(
                name="article_published_has_time",
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                violation_error_message=_("A published article needs a time of publication."),
            ),
            models.CheckConstraint(
                name="article_expires_after_publication",
                condition=Q(expires_at__isnull=True)
                | Q(published_at__isnull=True)
                | Q(expires_at__gt=F("published_at")),
                violation_error_message=_("It would expire before it is published."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.status == Status.PUBLISHED and self.published_at <= timezone.now() and not self.is_expired

    @property
    def is_expired(self) -> bool:
        return self.status == Status.PUBLISHED and self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def is_scheduled(self) -> bool:
        return self.status == Status.PUBLISHED and self.published_at > timezone.now() and not self.is_expired

    @property
    def is_due(self) -> bool:
        is_dated = self.status == Status.PUBLISHED and self.review_by is not None
        return is_dated and self.review_by <= timezone.localdate()

    @property
    def last_changed(self):
        """When readers last saw a difference: for feeds, the sitemap and structured data."""
        return self.content_updated_at or self.published_at


class QAPair(models.Model):
    """A reader's letter and its answer: the unit of tagging, search and linking."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="pairs", verbose_name=_("article"))
    # Given once and never reused, so that a shared #q2 survives any re-ordering; position is the order.
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PAIRS)], editable=False
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, validators=[MaxValueValidator(MOST_PAIRS)])
    heading = models.CharField(_("heading"), max_length=120)
    question = LongTextField(_("question"), help_text=_("The reader's letter as plain text."))
    answer = LongTextField(_("answer"), blank=True, help_text=_("Markdown."))
    signature = models.CharField(_("signature"), max_length=60, blank=True)
    question_html = models.TextField(blank=True, editable=False)
    answer_html = models.TextField(blank=True, editable=False)

    topics = TaggableManager(through=TaggedPair, manager=TopicsManager, blank=True, verbose_name=_("topics"))

    objects = QAPairManager()

    class Meta:
        verbose_name = _("Q&A pair")
        verbose_name_plural = _("Q&A pairs")
        ordering = ["article", "position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="qapair_number_unique"),
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return f"{self.article.get_absolute_url()}#{self.anchor}"

    def natural_key(self) -> tuple[str, int]:
        return (*self.article.natural_key(), self.number)

    natural_key.dependencies = ["articles.article"]

    @property
    def anchor(self) -> str:
        return f"q{self.number}"


class FormerPlace(models.Model):
    """Where a pair stood before it was moved to another article: a link to that place leads on to the pair."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="former_places", verbose_name=_("article"))
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PAIRS)]
    )
    pair = models.ForeignKey(QAPair, models.CASCADE, related_name="former_places", verbose_name=_("pair"))

    objects = FormerPlaceManager()

    class Meta:
        verbose_name = _("former place of a pair")
        verbose_name_plural = _("former places of pairs")
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="formerplace_unique")]

    def __str__(self) -> str:
        return self.anchor

    def natural_key(self) -> tuple[str, int]:
        return (*self.article.natural_key(), self.number)

    natural_key.dependencies = ["articles.article", "articles.qapair"]

    @property
    def anchor(self) -> str:
        return f"q{self.number}"


class ArticleFormerSlug(FormerSlug):
    target = models.ForeignKey(Article, models.CASCADE, related_name="former_slugs", verbose_name=_("article"))

    class Meta:
        verbose_name = _("former slug of an article")
        verbose_name_plural = _("former slugs of articles")


class OldAddress(models.Model):
    """Where an article stood on the site it came from: a path in the form of importing.old_addresses.address_key."""

    address = models.CharField(_("old address"), max_length=LONGEST, unique=True)
    target = models.ForeignKey(Article, models.CASCADE, related_name="old_addresses", verbose_name=_("article"))

    objects = OldAddressManager()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self) -> str:
        return self.address

    def natural_key(self) -> tuple[str]:
        return (self.address,)

"""Links that show one unpublished article to whoever has them, for some days; nothing of them is stored."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from articles.choices import Status
from articles.models import Article

LASTS = timedelta(days=7)
SIGNER = signing.TimestampSigner(salt="articles.preview")


class Ended(Exception):
    """The link was good once: its days are over, or its article is not to be previewed any longer."""


def preview_path(article: Article) -> str:
    return reverse("articles:preview", args=[SIGNER.sign(article.pk)])


def previewed(token: str) -> Article:
    """Return the article that the link shows, published by now or not yet.

    Raises BadSignature for what was never a link, and Ended. What lies in the trash is previewed by nobody, nor is
    what has expired: its link would outlive the decision to take it away.
    """
    try:
        pk = SIGNER.unsign(token, max_age=LASTS)
    except signing.SignatureExpired as error:
        raise Ended from error
    article = Article.objects.kept().for_listing().filter(pk=pk).first()
    if article is None or article.is_expired:
        raise Ended
    return article


def is_previewed(article: Article) -> bool:
    """Tell whether a link to the article has anything to show that its public page does not."""
    return article.status != Status.TRASHED and not article.is_public and not article.is_expired

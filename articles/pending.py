"""Revisions of live articles that wait for somebody who publishes: handed in, adopted, sent back, taken back."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, PendingRevision
from articles.models.revisions import MOST_NOTE
from articles.revisions import WRITTEN, Content, digest, name_of, recorded, snapshot, write_back

# What a revision may change; when readers see the article is no part of it.
ADOPTED = [*WRITTEN, "slug", "review_by"]
MOST_REPLY = 500


@transaction.atomic
def hand_in(article: Article, content: Content, *, by: AbstractBaseUser | None, note: str = "") -> PendingRevision:
    """Keep the content as what the live article is to say; what waited before gives way."""
    content = without_new_numbers(article, content)
    values = {
        "content": content,
        "digest": digest(content),
        "base_digest": digest(snapshot(article)),
        "made_at": timezone.now(),
        "made_by": by,
        "made_by_name": name_of(by),
        "note": note[:MOST_NOTE],
        "returned_at": None,
        "returned_by_name": "",
        "reply": "",
    }
    return PendingRevision.objects.update_or_create(article=article, defaults=values)[0]


def without_new_numbers(article: Article, content: Content) -> Content:
    """Take the numbers of new pairs away: until the revision is adopted another pair may get them."""
    last = Article.objects.values_list("last_number", flat=True).get(pk=article.pk)
    pairs = [pair if (pair["number"] or 0) <= last else pair | {"number": None} for pair in content["pairs"]]
    return content | {"pairs": pairs}


@transaction.atomic
def adopt(pending: PendingRevision, *, by: AbstractBaseUser) -> None:
    """Write the revision into its article, as the work of who handed it in. Raises ValidationError as write_back does."""
    article = pending.article
    credit = {"by_name": pending.made_by_name, "approved_by": by, "note": pending.note or _("Revision adopted")}
    with recorded([article], by=pending.made_by, **credit):
        write_back(article, pending.content, fields=ADOPTED)
    pending.delete()


def send_back(pending: PendingRevision, *, by: AbstractBaseUser, reply: str) -> None:
    pending.returned_at, pending.returned_by_name, pending.reply = timezone.now(), name_of(by), reply[:MOST_REPLY]
    pending.save(update_fields=["returned_at", "returned_by_name", "reply"])

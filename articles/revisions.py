"""Versions of whole articles: what an article says, kept with every write of it, and written back."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.choices import Status
from articles.models import Article, Column, FormerPlace, QAPair, Revision, TaggedPair
from articles.models.revisions import MOST_NOTE
from articles.publishing import complete, public_content, touch_content
from articles.search.postings import chunks

# What an editor writes comes back with a version. State, times and address say what is done with it, and stay.
WRITTEN = ["title", "column", "summary", "origin", "source_name", "source_url"]
FIELDS = [*WRITTEN, "slug", "status", "published_at", "expires_at", "review_by"]
TEXTS = ["heading", "question", "signature", "answer"]
AT_ONCE = 500
# Of the versions that saved themselves, so many stay; those that somebody saved, or readers saw, stay for ever.
MOST_AUTOSAVED = 50

Content = dict[str, Any]


def snapshot(article: Article) -> Content:
    return snapshots([article.pk])[article.pk]


def snapshots(keys: Iterable[int], *, locked: bool = False) -> dict[int, Content]:
    """Return what each of the articles says; locked: none of them changes meanwhile. Three queries for AT_ONCE."""
    contents: dict[int, Content] = {}
    for part in chunks(sorted(keys), AT_ONCE):
        rows = Article.objects.filter(pk__in=part).order_by("pk").values("pk", *FIELDS)
        rows = rows.select_for_update() if locked else rows
        found = {row.pop("pk"): {"article": {k: plain(v) for k, v in row.items()}, "pairs": []} for row in list(rows)}
        topics = topic_names(part)
        pairs = QAPair.objects.filter(article__in=part).order_by("article", "position", "number")
        for article, pair, number, *texts in pairs.values_list("article_id", "pk", "number", *TEXTS):
            said = {"number": number, **dict(zip(TEXTS, texts, strict=True)), "topics": topics.get(pair, [])}
            found[article]["pairs"].append(said)
        contents |= found
    return contents


def topic_names(articles: Collection[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    tagged = TaggedPair.objects.filter(content_object__article__in=articles).order_by("tag__name")
    for pair, name in tagged.values_list("content_object_id", "tag__name"):
        names.setdefault(pair, []).append(name)
    return names


def plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def merged(live: Content, content: Content, *, fields: Collection[str] = WRITTEN) -> Content:
    """Return what an article that says the one would say once the fields and pairs of the other are written back."""
    own = {name: content["article"][name] if name in fields else value for name, value in live["article"].items()}
    return {"article": own, "pairs": content["pairs"]}


def digest(content: Content) -> str:
    """Return a word that is another for other content."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def size(content: Content) -> int:
    """Return how many characters the texts have."""
    own = len(content["article"]["title"]) + len(content["article"]["summary"])
    return own + sum(len(pair[name]) for pair in content["pairs"] for name in TEXTS)


def name_of(user: AbstractBaseUser | None) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def latest(keys: Iterable[int]) -> dict[int, Revision]:
    """Return the newest version of each of the articles, without its content. One query for AT_ONCE."""
    newest = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("number")[:1]
    found: dict[int, Revision] = {}
    for part in chunks(keys, AT_ONCE):
        revisions = Revision.objects.defer("content").filter(article__in=part, number=Subquery(newest)).order_by()
        found |= {revision.article_id: revision for revision in revisions}
    return found


@contextmanager
def recorded(articles: Collection[Article], **credit: Any) -> Iterator[None]:
    """Keep what is written inside as one new version of each of the articles, as record does.

    Some of the articles may be made inside. What they said before is kept first, unless it was.
    """
    with transaction.atomic():
        catch_up(articles)
        yield
        record(articles, **credit)


def catch_up(articles: Iterable[Article]) -> list[Revision]:
    """Keep what the articles say if their newest version says something else: it was written by other means."""
    keys = [article.pk for article in articles if article.pk]
    return store(snapshots(keys, locked=True), keeps_found=True)


def record(
    articles: Iterable[Article], *, by: AbstractBaseUser | None, note: str = "", **credit: Any
) -> list[Revision]:
    """Keep what the articles say now as their newest versions, unless that is kept already.

    Costs some queries for each AT_ONCE articles. What was saved by itself gives way to the same person's next
    version within the hour. May be credited further: by_name, approved_by, is_autosaved.
    """
    keys = [article.pk for article in articles if article.pk]
    stored = store(snapshots(keys, locked=True), by=by, note=note, **credit)
    if credit.get("is_autosaved"):
        for revision in stored:
            thin_out(revision.article_id)
    return stored


def store(
    contents: Mapping[int, Content], *, keeps_found: bool = False, by: AbstractBaseUser | None = None, **credit: Any
) -> list[Revision]:
    now = timezone.now()
    before = latest(contents)
    made, continued = [], []
    for key, content in contents.items():
        previous = before.get(key)
        word = digest(content)
        goes_on = not keeps_found and continues(previous, by, now)
        if previous and previous.digest == word and not (goes_on and not credit.get("is_autosaved")):
            continue
        revision = previous if goes_on else Revision(article_id=key, number=previous.number + 1 if previous else 1)
        fill(revision, content, word, by=by, now=now, **(found_as(previous) if keeps_found else credit))
        (continued if goes_on else made).append(revision)
    Revision.objects.bulk_create(made, batch_size=AT_ONCE)
    changed = ["made_at", "note", "content", "digest", "size", "is_autosaved"]
    Revision.objects.bulk_update(continued, changed, batch_size=AT_ONCE)
    return made + continued


def continues(previous: Revision | None, by: AbstractBaseUser | None, now: datetime) -> bool:
    """Tell whether the next version takes the place of the one before: it saved itself, by the same hand, this hour."""
    is_own = previous is not None and previous.is_autosaved and by is not None and previous.made_by_id == by.pk
    return is_own and previous.made_at.replace(minute=0, second=0, microsecond=0) == now.replace(
        minute=0, second=0, microsecond=0
    )


def found_as(previous: Revision | None) -> dict[str, str]:
    return {"note": _("Changed by other means") if previous else _("As it was found")}


def fill(
    revision: Revision,
    content: Content,
    word: str,
    *,
    by: AbstractBaseUser | None,
    now: datetime,
    note: str = "",
    by_name: str = "",
    approved_by: AbstractBaseUser | None = None,
    is_autosaved: bool = False,
) -> None:
    revision.content, revision.digest, revision.size = content, word, size(content)
    revision.made_by, revision.made_by_name, revision.made_at = by, by_name or name_of(by), now
    revision.approved_by_name = name_of(approved_by)
    revision.note, revision.is_autosaved = note[:MOST_NOTE], is_autosaved


def thin_out(article: int) -> None:
    """Drop the oldest of the versions that saved themselves."""
    saved = Revision.objects.filter(article=article, is_autosaved=True).order_by("-number")
    bound = saved.values_list("number", flat=True)[MOST_AUTOSAVED - 1 : MOST_AUTOSAVED].first()
    if bound is not None:
        saved.filter(number__lt=bound).delete()


def restore(revision: Revision, *, by: AbstractBaseUser) -> None:
    """Write what the version says as the newest one; what the article says now stays a version too."""
    article = revision.article
    note = _("Version %(number)d restored") % {"number": revision.number}
    with recorded([article], by=by, note=note):
        write_back(article, revision.content)


@transaction.atomic
def write_back(article: Article, content: Content, *, fields: Iterable[str] = WRITTEN) -> None:
    """Write the fields and the pairs of the content; a pair that is gone comes back under its number.

    Raises ValidationError where that may not be: an address that is taken, a gap that readers would see.
    """
    article.refresh_from_db()
    before = public_content(article.pk)
    for name in fields:
        set_field(article, name, content["article"][name])
    article.validate_unique()
    article.save()
    write_pairs(article, content["pairs"])
    if article.status == Status.PUBLISHED and not complete(Article.objects.filter(pk=article.pk)).exists():
        raise ValidationError(_("A question or an answer is missing, which readers would see."))
    touch_content(article, before=before, now=timezone.now())


def set_field(article: Article, name: str, value: Any) -> None:
    if name != "column":
        setattr(article, name, Article._meta.get_field(name).to_python(value))
    elif Column.objects.filter(pk=value).exists():  # else it stays where it is
        article.column_id = value


def write_pairs(article: Article, pairs: Iterable[Mapping[str, Any]]) -> None:
    stored = {pair.number: pair for pair in article.pairs.with_topics()}
    kept = {said["number"] for said in pairs}
    # What stands here again leads nowhere else.
    FormerPlace.objects.filter(article=article, number__in=kept - {None}).delete()
    for number, pair in stored.items():
        if number not in kept:
            pair.delete()
    for position, said in enumerate(pairs, 1):
        pair = stored.get(said["number"]) or QAPair(article=article, number=said["number"])
        write_pair(pair, {name: said[name] for name in TEXTS} | {"position": position}, said["topics"])


def write_pair(pair: QAPair, values: Mapping[str, Any], topics: list[str]) -> None:
    if pair.pk is None or any(getattr(pair, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(pair, name, value)
        pair.save()
    if {topic.name for topic in pair.topics.all()} != set(topics):
        pair.topics.set(topics)

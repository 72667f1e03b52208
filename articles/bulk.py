"""What an act on many articles would do: which of them it changes, which it leaves out, and why."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from django.db.models import QuerySet

from articles.models import Article

# So many articles at a time: an act on them and their histories is one transaction, and others wait for its end.
MOST_AT_ONCE = 5000

Rule = tuple[str, Callable[[Article], bool]]


@dataclass(frozen=True)
class Plan:
    """The articles an act changes, and those it leaves out by the reason."""

    changed: list[Article] = field(default_factory=list)
    left: dict[str, list[Article]] = field(default_factory=dict)

    @property
    def left_count(self) -> int:
        return sum(map(len, self.left.values()))


def plan(articles: Iterable[Article], rules: Collection[Rule]) -> Plan:
    """Sort the articles: a rule is a reason and tells whether it keeps an article out; the first that does counts."""
    result = Plan()
    for article in articles:
        reason = next((reason for reason, keeps_out in rules if keeps_out(article)), None)
        kind = result.changed if reason is None else result.left.setdefault(reason, [])
        kind.append(article)
    return result


def digest(articles: Iterable[Article], *details: str) -> str:
    """Return a word that is another as soon as other articles, or the same with other details, are meant."""
    text = "\0".join([*details, *sorted(str(article.pk) for article in articles)])
    return sha256(text.encode()).hexdigest()[:32]


def chosen_keys(articles: QuerySet[Article]) -> list[int] | None:
    """Return the keys of the articles in their order; None if they are more than MOST_AT_ONCE."""
    keys = list(articles.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    return None if len(keys) > MOST_AT_ONCE else keys


def chosen(keys: Collection[int], *, locked: bool = False) -> list[Article]:
    """Return the articles of the keys, in that order, with their columns; locked: none of them changes meanwhile."""
    rows = Article.objects.select_related("column").defer("source_text")
    found = (rows.select_for_update(of=("self",)) if locked else rows).in_bulk(keys)
    return [found[key] for key in keys if key in found]

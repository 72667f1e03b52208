"""What an editor is told of an article before it goes out: gaps that keep it from readers, and advice."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from articles.numbering import number_lists
from articles.punctuation import to_full_width
from articles.search.fields import Fields

# Two lines on a phone; share cards and lists of search engines cut what is longer.
LONG_HEADING = 30
# A minute and a half of reading, two screens of a phone, before the answer begins.
LONG_QUESTION = 600
REPRINT = "reprint"
LINK_TARGET = re.compile(r"\]\(\s*<?([^\s<>()]+)|<(https?://[^\s<>]+)>")
BLANK = re.compile(r"\s+")
NEEDED = {
    "heading": _("The heading is missing"),
    "question": _("The letter is missing"),
    "answer": _("The answer is missing"),
}


@dataclass(frozen=True)
class PairText:
    """One question and its answer as an editor typed them."""

    heading: str = ""
    question: str = ""
    answer: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class ArticleText:
    origin: str = ""
    source_name: str = ""
    source_url: str = ""
    pairs: tuple[PairText, ...] = ()


@dataclass(frozen=True)
class Twin:
    """Another pair that asks much the same: what it is called, where it stands, by how many per cent."""

    name: str
    address: str
    likeness: int


@dataclass(frozen=True)
class Finding:
    """One thing to look at: in which field, of which pair (None: of the article), and what mends it by itself.

    A gap has to be closed before the article may be published.
    """

    field: str
    message: str | Promise
    pair: int | None = None
    is_gap: bool = False
    mend: str = ""
    twin: Twin | None = None


def proofread(
    article: ArticleText, *, dead_links: Collection[str] = (), twins: Mapping[int, Sequence[Twin]] | None = None
) -> list[Finding]:
    """Return what is to be looked at, article first, then pair by pair; gaps stand before advice.

    What only the database knows is passed in: the link targets that lead nowhere, and the twins of each pair.
    """
    found = [*article_findings(article)]
    repeated = repeats(article.pairs)
    for index, pair in enumerate(article.pairs):
        found += [*gaps(pair, index), *advice(pair, index), *link_findings(pair, index, dead_links)]
        if index in repeated:
            found.append(Finding("question", _("The same question stands in this article twice"), index))
        found += [twin_finding(twin, index) for twin in (twins or {}).get(index, ())]
    return sorted(found, key=lambda finding: not finding.is_gap)


def article_findings(article: ArticleText) -> Iterator[Finding]:
    if not article.pairs:
        yield Finding("pairs", _("There is no question yet"), is_gap=True)
    if article.origin == REPRINT and not (article.source_name or article.source_url):
        yield Finding("source_name", _("A reprint needs its source"))


def gaps(pair: PairText, index: int) -> Iterator[Finding]:
    for field, message in NEEDED.items():
        if not getattr(pair, field).strip():
            yield Finding(field, message, index, is_gap=True)


def advice(pair: PairText, index: int) -> Iterator[Finding]:
    if not pair.topics:
        yield Finding("topics", _("No topic"), index)
    if len(pair.heading) > LONG_HEADING:
        yield Finding("heading", long_text(pair.heading, LONG_HEADING), index)
    if (length := count_characters(pair.question)) > LONG_QUESTION:
        yield Finding("question", _("Long letter: %(count)d characters") % {"count": length}, index)
    for field in NEEDED:
        if marks := half_width_marks(getattr(pair, field)):
            yield Finding(field, half_width(marks), index, mend="widen")
    if lines := numbered_lines(pair.answer):
        message = ngettext_lazy("%(count)d line numbered “1、”", "%(count)d lines numbered “1、”", lines)
        yield Finding("answer", message % {"count": lines}, index, mend="number")


def long_text(heading: str, most: int) -> Promise:
    return _("Long heading: %(count)d characters, %(most)d are enough") % {"count": len(heading), "most": most}


def half_width(marks: int) -> Promise:
    return ngettext_lazy("%(count)d half-width mark", "%(count)d half-width marks", marks) % {"count": marks}


def link_findings(pair: PairText, index: int, dead_links: Collection[str]) -> Iterator[Finding]:
    for target in link_targets(pair.answer):
        if target in dead_links:
            message = _("The link leads nowhere readers can go: %(target)s") % {"target": target}
            yield Finding("answer", message, index)


def twin_finding(twin: Twin, index: int) -> Finding:
    message = _("%(likeness)d %% the same question as %(name)s") % {"likeness": twin.likeness, "name": twin.name}
    return Finding("question", message, index, twin=twin)


def repeats(pairs: Sequence[PairText]) -> set[int]:
    """Return the pairs that ask word for word what an earlier one asks."""
    seen: dict[str, int] = {}
    found = set()
    for index, pair in enumerate(pairs):
        asked = Fields.of(heading=pair.heading, question=pair.question).pack().strip()
        if asked and seen.setdefault(asked, index) != index:
            found.add(index)
    return found


def link_targets(text: str) -> list[str]:
    """Return where the links of a Markdown text lead, each once."""
    return list(dict.fromkeys(inline or bare for inline, bare in LINK_TARGET.findall(text)))


def count_characters(text: str) -> int:
    """Return how many characters are there to read."""
    return len(BLANK.sub("", text))


def half_width_marks(text: str) -> int:
    """Return how many marks tidying would widen; the blanks it drops are no faults of their own."""
    return sum(mark in ",:;!?()" for mark in text) - sum(mark in ",:;!?()" for mark in to_full_width(text))


def numbered_lines(text: str) -> int:
    """Return how many lines would become items if the numbering were written as Markdown."""
    written = set(text.split("\n"))
    return sum(line not in written for line in number_lists(text).split("\n") if line.strip(" >"))

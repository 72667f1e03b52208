"""A raw page into questions and answers: text in, records out, nothing written."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from articles.importing import reasons
from articles.importing.drafts import Draft, Finding, signed_answers
from articles.importing.evidence import find_salutation
from articles.importing.labels import Role, read_label
from articles.importing.letters import find_letters
from articles.importing.lines import Kind, Line, join_lines
from articles.importing.mentions import TopicFinder, strongest
from articles.importing.names import is_nickname, is_person, read_title, signs_answers
from articles.importing.outline import find_answered_title, find_outline
from articles.importing.page import REPLACEMENT, clean_text, read_page, storable
from articles.importing.questions import ASKING, MARKDOWN, is_question, make_heading
from articles.importing.records import Facts, PageRefused, ParsedPage, ParsedPair
from articles.importing.sweeping import sweep
from articles.importing.turns import find_turns
from articles.punctuation import to_full_width

LONGEST_TITLE = 60
TITLE_LEAD = re.compile(r"^.{1,16}?[|｜丨：:]\s*|^【.{1,16}?】\s*")
MAX_HEADING, MAX_SIGNATURE = 120, 60
SENTENCE_END = re.compile(r"[。；，,;：:…]$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as it was read: what it gives, perhaps no pairs, and the lines behind it; a draft for each pair."""

    page: ParsedPage
    lines: tuple[Line, ...]
    content: tuple[Line, ...]
    drafts: tuple[Draft, ...]


def parse_page(text: str, *, salutations: Sequence[str] = (), topics: Mapping[str, str] | None = None) -> ParsedPage:
    """Return the pairs and facts of HTML, Markdown or plain text.

    `salutations` are the ways in which the column's letters begin, `topics` maps names and aliases
    to the topic that is meant. Raises PageRefused where there is no question with an answer.
    """
    page = examine_page(text, salutations=salutations, topics=topics).page
    if not page.pairs:
        raise PageRefused(reasons.NO_QUESTION)
    return page


def examine_page(text: str, *, salutations: Sequence[str] = (), topics: Mapping[str, str] | None = None) -> Reading:
    """Return what parse_page does and the lines behind it. Raises PageRefused where there is nothing to read."""
    cleaned = clean_text(text)
    page = read_page(cleaned)
    swept = sweep(page.lines, page.surroundings, page.facts.title)
    title, lines = take_title(swept.lines, page.facts.title)
    facts = gather_facts(title_facts(title, lines), page.facts, swept.facts)
    finding = find_pairs(lines, title, salutations, facts.author_name)
    head_lone_pair(finding.drafts, title)
    found = [(pair, draft) for draft in finding.drafts if (pair := finish(draft)).question and pair.answer]
    pairs, named = tag_pairs([pair for pair, _ in found], topics or {})
    facts = with_author(facts, finding.answerer or signed_answers(finding.drafts))
    left_out = tuple(line.text for line in finding.left_out if line.text)
    parsed = ParsedPage(
        title=to_full_width(title) or (pairs[0].heading if pairs else ""),
        column_title=to_full_width(facts.column_title),
        author_name=facts.author_name,
        source_name=facts.source_name,
        source_url=facts.source_url,
        published_at=facts.published_at,
        earliest=facts.earliest,
        latest=facts.latest,
        pairs=pairs,
        topics=named,
        dropped=swept.dropped + left_out,
        warnings=tuple(find_warnings(cleaned, facts, left_out)),
        raw_text=storable(text),
    )
    return Reading(parsed, page.lines, tuple(lines), tuple(draft for _, draft in found))


def find_pairs(lines: Sequence[Line], title: str, salutations: Collection[str], author: str) -> Finding:
    """Return the first certain reading of the page, else the one with most pairs.

    Marks say more than tone, and tone more than layout: a letter under a question heading is the
    question, the heading its title.
    """
    turns = find_turns(lines)
    if turns.drafts and turns.is_certain:
        return turns
    letters = find_letters(lines, salutations, author)
    if letters.drafts:
        return letters
    outline = find_outline(lines, title)
    best = max(turns, outline, key=lambda finding: len(finding.drafts))
    return best if best.drafts else find_answered_title(lines, title)


def take_title(lines: Sequence[Line], stated: str) -> tuple[str, list[Line]]:
    """Return the title, stated or at the top, and the lines without it."""
    if stated:
        return stated, [line for i, line in enumerate(lines) if i > 4 or not same_words(line.text, stated)]
    for index, line in enumerate(lines[:6]):
        if line.kind is Kind.RULE:
            continue
        below = lines[index + 1 :]
        has_text = any(other.kind is not Kind.RULE for other in below)
        if has_text and is_title(line, below) and not has_siblings(line, below):
            return line.text, [*lines[:index], *below]
        break
    return "", list(lines)


def same_words(text: str, title: str) -> bool:
    words, stated = ("".join(re.findall(r"\w+", part)) for part in (text, title))
    return bool(words) and (words == stated or (len(words) > 5 and stated.startswith(words)))


def has_siblings(line: Line, others: Sequence[Line]) -> bool:
    """Tell whether a heading is one of several of its level: a section, not the title."""
    return line.kind is Kind.HEADING and any(o.kind is Kind.HEADING and o.level <= line.level for o in others)


def is_title(line: Line, below: Sequence[Line]) -> bool:
    if line.kind is Kind.HEADING and line.level == 1:
        return True
    if line.kind not in (Kind.TEXT, Kind.HEADING) or len(line.text) > LONGEST_TITLE or SENTENCE_END.search(line.text):
        return False
    return not is_turn(line, below) and not begins_letter(line.text)


def is_turn(line: Line, below: Sequence[Line]) -> bool:
    """Tell whether a first line is a speaker's label; 「读者来信」 alone, and answered nowhere by label, is a title."""
    label = read_label(line.text)
    if label is None or label.role is Role.UNKNOWN:
        return False
    if label.rest or label.is_numbered:
        return True
    labels = [read_label(other.text) for other in below if len(other.text) <= LONGEST_TITLE]
    return any(other and (other.role is Role.ANSWERS or other.role is label.role) for other in labels)


def begins_letter(text: str) -> bool:
    """Tell whether a first line addresses somebody; 「老王：茶馆」 is a title all the same."""
    is_named_title = re.fullmatch(r"[^：:，,\s]{2,4}[：:]\s*[^，,。？?]{2,16}", text) is not None
    return bool(find_salutation(text)) and not is_named_title


def title_facts(title: str, lines: Sequence[Line]) -> Facts:
    parts = read_title(title, {line.text[:4] for line in lines if line.kind is Kind.TEXT})
    return Facts(column_title=parts.column_title, author_name=parts.author_name)


def gather_facts(titled: Facts, stated: Facts, swept: Facts) -> Facts:
    """Return the facts, the title's first, then the head's, then the page's; 「文/某周刊」 names a publisher."""
    facts = titled.or_else(stated).or_else(swept)
    facts = replace(facts, published_at=more_exact(stated.published_at, swept.published_at))
    if not is_person(titled.author_name):
        return facts
    byline = stated.author_name or swept.author_name
    return with_author(replace(facts, author_name=byline), titled.author_name)


def more_exact(stated: datetime | None, swept: datetime | None) -> datetime | None:
    """Return the stated date, with the time where only the byline tells it."""
    has_time = swept and stated and swept.date() == stated.date() and stated.time() == time.min
    return swept if has_time else stated or swept


def with_author(facts: Facts, answerer: str) -> Facts:
    """Return the facts with the author who answers: in an interview the byline names who wrote it up."""
    is_full_name = is_person(answerer) and not is_nickname(answerer)
    has_person = is_person(facts.author_name)
    if not signs_answers(answerer) or (has_person and not is_full_name):
        return facts
    byline = "" if has_person else facts.author_name
    return replace(facts, author_name=answerer, source_name=facts.source_name or byline)


def finish(draft: Draft) -> ParsedPair:
    question, answer = join_lines(draft.question), join_lines(draft.answer)
    return make_pair(question, answer, draft.heading, draft.signature, draft.salutation)


def make_pair(question: str, answer: str, heading: str = "", signature: str = "", salutation: str = "") -> ParsedPair:
    """Return the texts of a pair with punctuation and heading in order."""
    question = to_full_width(plain(question))
    heading = to_full_width(plain(heading)) or make_heading(question, salutation)
    return ParsedPair(
        heading=heading[:MAX_HEADING],
        question=question,
        answer=to_full_width(answer),
        signature=to_full_width(plain(signature))[:MAX_SIGNATURE],
    )


def tag_pairs(pairs: Sequence[ParsedPair], topics: Mapping[str, str]) -> tuple[tuple[ParsedPair, ...], tuple[str, ...]]:
    """Return the pairs with the topics that each names, and those of all of them."""
    finder = TopicFinder(topics)
    counts = [count_topics(pair, finder) for pair in pairs]
    tagged = (replace(pair, topics=strongest(named)) for pair, named in zip(pairs, counts, strict=True))
    return tuple(tagged), strongest(sum(counts, Counter()))


def count_topics(pair: ParsedPair, finder: TopicFinder) -> Counter[str]:
    """Return the topics of a pair, those of its heading and question ahead of what the answer touches."""
    counts: Counter[str] = Counter()
    for text, weight in ((pair.heading, 3), (pair.question, 2), (pair.answer, 1)):
        for topic, count in finder.count(text).items():
            counts[topic] += weight * count
    return counts


def head_lone_pair(drafts: Sequence[Draft], title: str) -> None:
    """Head the only pair of a page with the page's title, where that asks."""
    question = TITLE_LEAD.sub("", title)
    if len(drafts) == 1 and asks(question):
        drafts[0].heading = drafts[0].heading or question


def asks(title: str) -> bool:
    return is_question(title) or ASKING.search(title) is not None


def plain(text: str) -> str:
    """Return a reader's words without Markdown: questions are plain text."""
    lines = (MARKDOWN_QUOTE.sub("", line) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", MARKDOWN.sub(r"\1", "\n".join(lines))).strip()


MARKDOWN_QUOTE = re.compile(r"^\s*(?:>\s?)+|^\s*#{1,6}\s+")


def find_warnings(text: str, facts: Facts, left_out: Sequence[str]) -> list[str]:
    checks = (
        (not facts.column_title, reasons.NO_COLUMN),
        (not facts.author_name, reasons.NO_AUTHOR),
        (not (facts.source_url or facts.source_name), reasons.NO_SOURCE),
        (bool(left_out), reasons.LEFT_OUT),
        (REPLACEMENT in text, reasons.DAMAGED),
    )
    return [reason for applies, reason in checks if applies]

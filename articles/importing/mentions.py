"""Known topics named in a text."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping

MOST = 5  # topics of a pair


class TopicFinder:
    """Finds names and aliases of topics; a longer name wins over one inside it."""

    def __init__(self, topics: Mapping[str, str]):
        """Take the topic of every name and alias."""
        self.topics = {folded: topic for name, topic in topics.items() if (folded := fold(name))}
        self.names: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.topics, key=len, reverse=True):
            self.names[name[0]].append(name)
        self.first = re.compile(f"[{re.escape(''.join(self.names))}]") if self.names else None

    def count(self, text: str) -> Counter[str]:
        """Return how often each topic is named."""
        found: Counter[str] = Counter()
        text, end = fold(text), 0
        for match in self.first.finditer(text) if self.first else ():
            start = match.start()
            if start >= end and (name := self.name_at(text, start)):
                found[self.topics[name]] += 1
                end = start + len(name)
        return found

    def name_at(self, text: str, start: int) -> str:
        return next((name for name in self.names[text[start]] if stands_at(text, start, name)), "")


def strongest(counts: Counter[str]) -> tuple[str, ...]:
    """Return the topics named most, at most MOST; of equals the one named first."""
    return tuple(topic for topic, _ in counts.most_common(MOST))


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().strip()


def stands_at(text: str, index: int, name: str) -> bool:
    """Tell whether a name stands at a place, a Latin word whole: kpi not inside kpis."""
    if not text.startswith(name, index):
        return False
    end = index + len(name)
    starts_whole = index == 0 or not (is_latin(text[index]) and is_latin(text[index - 1]))
    return starts_whole and (end == len(text) or not (is_latin(text[end - 1]) and is_latin(text[end])))


def is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()

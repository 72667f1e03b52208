"""How much a character tells of what a text is about, whatever the site writes of.

A site of few pairs has no good counts of its own, and on every site the characters that build
questions look rarer or commoner than they are. The table beside this file is made from the word
counts of jieba's dictionary (MIT licence, see its head) by tests/benchmarks/character_table.py.
"""

from collections.abc import Mapping
from pathlib import Path

TABLE = Path(__file__).with_name("characters.txt")
# The weight of what the table lacks: rare characters, and words of other scripts.
RAREST = 9.0
# Newspapers and novels, which the table was counted on, ask little: these are commoner in questions.
FORM_WEIGHT = 2.0
# Characters that build sentences and name nothing.
FORM_CHARACTERS = frozenset(
    "的了是在我你他她它们这那哪个么什怎吗呢吧啊呀嘛和与或就都也还要会能可以不没有很太被把给让对从到为因所但而且如果一之其于得着过"
    "时候样些此该及等比最更又再才只去来说想用做请问谁何多少几今明昨天每"
)


class WeightTable(dict[str, float]):
    """Weights by character; asking for one that it lacks neither fails nor makes it grow."""

    def __init__(self, weights: Mapping[str, float], rarest: float) -> None:
        super().__init__(weights)
        self.rarest = rarest

    def __missing__(self, character: str) -> float:
        return self.rarest


def read_table() -> dict[str, float]:
    lines = [line.split(" ") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {character: float(weight) for weight, characters in lines for character in characters}


GENERAL_WEIGHTS = WeightTable(read_table(), RAREST)

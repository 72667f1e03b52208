"""Tables for the terminal, in columns that stay straight with Chinese in them."""

import unicodedata
from collections.abc import Iterator, Sequence

GAP = "  "
WIDE = "WF"


def width(text: str) -> int:
    """Return how many places a terminal gives the text: two to a Chinese character."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in WIDE else 1 for c in text)


def align(rows: Sequence[Sequence[str]], left: int = 1) -> Iterator[str]:
    """Yield one line for each row: so many columns flush left, the others, numbers, flush right."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [pad(cell, widths[place], on_left=place >= left) for place, cell in enumerate(row)]
        yield GAP.join(cells).rstrip()


def pad(text: str, places: int, *, on_left: bool) -> str:
    blanks = " " * (places - width(text))
    return blanks + text if on_left else text + blanks

"""Sample pages, and a parsed page as plain text that a person can check against the page."""

from pathlib import Path

from articles.importing.page import decode_page
from articles.importing.parser import parse_page
from articles.importing.records import ParsedPage

FOLDER = Path(__file__).parent
PAGES = sorted(path for path in (FOLDER / "pages").iterdir() if path.suffix != ".parsed")
REFUSED = sorted((FOLDER / "refused").iterdir())
FACTS = ("title", "column_title", "author_name", "source_name", "source_url", "published_at", "earliest", "latest")


def read_page_file(name: str) -> ParsedPage:
    return parse_page(decode_page((FOLDER / "pages" / name).read_bytes()))


def describe(page: ParsedPage) -> str:
    """Return the facts that the page states, its pairs, and the furniture, each on lines of its own."""
    facts = [f"{name}: {value}" for name in FACTS if (value := getattr(page, name))]
    pairs = [
        f"=== {number} {pair.heading}{f' / {pair.signature}' if pair.signature else ''}\n"
        f"{pair.question}\n--- answer\n{pair.answer}"
        for number, pair in enumerate(page.pairs, 1)
    ]
    dropped = ["=== dropped", *page.dropped]
    return "\n".join([*facts, *pairs, *dropped]) + "\n"

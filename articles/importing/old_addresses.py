"""The addresses that a post had on another site, in one form in which they are kept and looked up."""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote, urlsplit

LONGEST = 500
POST_ID = re.compile(r"(?:^|&)p=0*([1-9][0-9]{0,17})(?:&|$)", re.ASCII)


def address_key(path: str, query: str = "") -> str:
    """Return the form in which the address is kept, empty for what no post has: the front page, or too long.

    Old sites tell neither case nor a slash at the end apart, and of the query only the number of a post.
    """
    place = "/" + unquote(path).strip("/").lower()
    if found := POST_ID.search(query):
        return f"/?p={found[1]}"
    return place if 1 < len(place) <= LONGEST and "\0" not in place else ""


def addresses_of(link: str, slug: str, number: str, published_at: datetime | None) -> Iterator[str]:
    """Yield the addresses at which WordPress answers with a post: its own, by its number, and by its date."""
    try:
        parts = urlsplit(link)
    except ValueError:
        parts = urlsplit("")
    yield address_key(parts.path, parts.query)
    yield address_key("", f"p={number}")
    if slug and published_at:
        yield address_key(f"{published_at:%Y/%m}/{slug}")
        yield address_key(f"{published_at:%Y/%m/%d}/{slug}")

"""Links within the site: which pages of its content an answer leads to."""

import html
import re
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

LONGEST_SLUG = 200
HREF = re.compile(r'<a\b[^>]*?\shref="([^"]*)"')
PAGE = re.compile(r"/(articles|columns|authors|topics)/([^/\x00]+)/?")


class Place(NamedTuple):
    """A page of content, as its address names it; whether there is one is another question."""

    kind: str
    slug: str

    @property
    def path(self) -> str:
        return f"/{self.kind}/{self.slug}/"


def place_of(address: str, hosts: Collection[str]) -> Place | None:
    """Return the page of content that the address means on a site of these hosts.

    None stands for other sites, and for pages that hold no content of their own, such as a search.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in {"", "http", "https"} or (parts.netloc and parts.netloc not in hosts):
        return None
    found = PAGE.fullmatch(unquote(parts.path))
    return Place(found[1], found[2][:LONGEST_SLUG]) if found else None


def places_in(markup: str, hosts: Collection[str]) -> set[Place]:
    """Return where the links of stored HTML lead within the site."""
    addresses = (html.unescape(href) for href in HREF.findall(markup))
    return {place for address in addresses if (place := place_of(address, hosts))}

"""Reading a page as a test reads it: its text and links, without the mark-up around them."""

import re
from html import unescape


def links(response) -> list[str]:
    return [unescape(href) for href in re.findall(r'<a [^>]*href="([^"]*)"', response.content.decode())]


def headings(response, level: int = 3) -> list[str]:
    """Return the text of the headings of a level, in order."""
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", response.content.decode(), re.DOTALL)
    return [text_of(html) for html in found]


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", "", html)).split())


def main_text(response) -> str:
    """Return the text of the main part of the page."""
    return text_of(re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group())

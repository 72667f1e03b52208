"""The main text of an HTML page as Markdown, and what its head says, by trafilatura."""

import copy
import logging
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from lxml import etree
from lxml import html as lxml_html
from trafilatura import bare_extraction
from trafilatura.settings import Document, use_config

from articles.importing import reasons
from articles.importing.dates import find_date
from articles.importing.records import Facts, PageRefused
from articles.importing.tei import to_markdown

# What a page lacks is told to the editor in a sentence, not to the log in the library's.
for name in ("trafilatura", "htmldate"):
    logging.getLogger(name).setLevel(logging.CRITICAL)

# Chinese says in 40 characters what the library expects 250 Latin ones for; below that it takes the whole page.
CONFIG = use_config()
CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "40")
CONFIG.set("DEFAULT", "EXTENSIVE_DATE_SEARCH", "off")

BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "center",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *(
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
        ),
        *("pre", "section", "summary", "table", "ul"),
    )
)
MAX_ELEMENTS = 60_000  # the library needs seconds for these
HELD = 0.85  # share of the found text that the main element holds
LEAVES = ("div", "section", "dd", "center")
RENAMED = {"summary": "h6", "dt": "h6", "dl": "div", "details": "div"}
TIME_PATHS = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished' or @name='pubdate' or @name='publishdate' or @name='date']/@content",
    "//article//time/@datetime",
    "//*[contains(@class, 'entry-meta') or contains(@class, 'post-meta')]//time/@datetime",
    "//*[@id='publish_time']/text()",
    "//*[contains(@class, 'entry-info') or contains(@class, 'entry-meta') or contains(@class, 'post-meta')]//text()",
)
AUTHOR_PATH = "//meta[@name='author' or @property='article:author' or @property='og:article:author']/@content"
ACCOUNT = re.compile(r"^(?:admin|administrator|root|管理员)$|[/@.]", re.IGNORECASE)  # no name of a person
UNSEEN = ("script", "style", "template", "noscript")
ACCOUNT_PATHS = ("//*[@id='js_name']", "//*[@id='meta_content']//*[contains(@class, 'rich_media_meta_text')]")
HTML_TAG = re.compile(
    r"<!doctype html|<html[\s>]|</?(?:body|article|section|div|p|h[1-6]|li|td|blockquote)\b[^<>]*>", re.IGNORECASE
)
WHOLE_PAGE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
BY = re.compile(r"^(?:由|by|作者|文)[\s：:/|]*", re.IGNORECASE)
HOST_NAME = re.compile(r"[\w-]+(?:\.[\w-]+)+")
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)


def looks_like_html(text: str) -> bool:
    """Tell HTML from text that mentions a tag: two block tags outside code, near the beginning."""
    return len(HTML_TAG.findall(CODE.sub("", text[:200_000]))) >= 2


def prepare(text: str) -> lxml_html.HtmlElement:
    """Return the tree in the shape the library reads best: paragraphs as <p>, terms and summaries as headings."""
    tree = lxml_html.document_fromstring(
        XML_DECLARATION.sub("", text), parser=lxml_html.HTMLParser(remove_comments=True)
    )
    if tree.body is None:
        raise ValueError("no body")
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise PageRefused(reasons.TOO_LONG)
    for element in tree.xpath("//font | //span[not(@class or @id or @itemprop)]"):
        element.drop_tag()
    for element in tree.iter(*RENAMED):
        element.tag = RENAMED[element.tag]
    for element in tree.iter(*LEAVES):
        if not any(child.tag in BLOCKS for child in element.iterdescendants()):
            element.tag = "p"
    if not WHOLE_PAGE.search(text):
        wrap_fragment(tree)
    return tree


def wrap_fragment(tree: lxml_html.HtmlElement) -> None:
    """Say of a piece of a page, pasted alone, that all of it is the article."""
    article = etree.SubElement(tree.body, "article")
    article.text, tree.body.text = tree.body.text, None
    for child in tree.body[:-1]:
        article.append(child)


def stated_time(tree: lxml_html.HtmlElement) -> datetime | None:
    """Return the time of publication that the page marks as such."""
    candidates = (str(value) for path in TIME_PATHS for value in tree.xpath(path))
    return next(filter(None, map(find_date, candidates)), None)


def extract_html(text: str) -> tuple[str, Facts, str]:
    """Return the main text as Markdown, the facts of the head, and all text of the page, a line for each piece.

    Without a main text the first is empty. Raises PageRefused for a page of more elements than any has.

    The library finds the main text of any page, but keeps headings and lists only inside elements
    it knows by name; so the element that holds what it found is named for it, and read again.
    """
    try:
        tree = prepare(text)
        facts = Facts(published_at=stated_time(tree)).or_else(account_facts(tree))
        surroundings = "\n".join(block_texts(tree.body))
        document = read_tree(tree)
        if document is None:
            return "", facts, surroundings
        facts = facts.or_else(head_facts(document)).or_else(
            Facts(title=window_title(tree), author_name=signed_by(tree))
        )
        if (holder := find_holder(tree, document.body)) is not None:
            holder.tag = "article"
            document = read_tree(tree, fast=True) or document
    except (etree.LxmlError, ValueError, RecursionError):
        return "", Facts(), ""
    return to_markdown(document.body), facts, surroundings


def window_title(tree: lxml_html.HtmlElement) -> str:
    """Return the title of the browser's window without the site's name behind it."""
    return re.split(r"\s*[«|_]\s*|\s[-–—]\s", tree.findtext(".//title") or "")[0].strip()


def block_texts(body: lxml_html.HtmlElement) -> Iterator[str]:
    """Yield the text of each block of a page, its pieces apart by blanks."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if (element.tag in BLOCKS or element.tag == "br") and (text := " ".join(pieces)):
            yield text
            pieces = []
        if event == "end":
            pieces += (element.tail or "").split()
        elif element.tag not in UNSEEN:
            pieces += (element.text or "").split()
    if pieces:
        yield " ".join(pieces)


def signed_by(tree: lxml_html.HtmlElement) -> str:
    """Return the author that the page marks as such; the library reads no name that has no blank in it."""
    links = ("".join(element.itertext()) for element in tree.xpath("//*[@rel='author']"))
    stated = (str(value) for value in tree.xpath(AUTHOR_PATH))
    names = (name.strip() for name in (*links, *stated))
    return next((name for name in names if 0 < len(name) <= 20 and not ACCOUNT.search(name)), "")


def account_facts(tree: lxml_html.HtmlElement) -> Facts:
    """Return who writes and who publishes a page of a public account, where the head names only the platform."""
    account, writer = ("".join(tree.xpath(f"string({path})")).strip() for path in ACCOUNT_PATHS)
    return Facts(author_name=writer if account else "", source_name=account)


def read_tree(tree: lxml_html.HtmlElement, *, fast: bool = False) -> Document | None:
    document = bare_extraction(
        copy.deepcopy(tree),
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_tables=True,
        with_metadata=True,
        fast=fast,
        config=CONFIG,
    )
    return document if document is not None and document.body is not None else None


def find_holder(tree: lxml_html.HtmlElement, body: etree._Element) -> lxml_html.HtmlElement | None:
    """Return the innermost element that holds nearly all of the found text, None where it has a name already."""
    found = {words for element in body.iter("p", "head", "item", "quote", "cell") if (words := squeeze(element))}
    held: Counter[lxml_html.HtmlElement] = Counter()
    total = 0
    for element in tree.iter("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "blockquote"):
        words = squeeze(element)
        if words in found:
            total += len(words)
            held.update({ancestor: len(words) for ancestor in element.iterancestors()})
    holders = [element for element, length in held.items() if length >= total * HELD]
    innermost = max(holders, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)
    is_named = innermost is None or any(element.tag == "article" for element in (innermost, *innermost.iterancestors()))
    return None if is_named or innermost.tag in ("html", "ul", "ol", "table", "tr") else innermost


def squeeze(element: etree._Element) -> str:
    return "".join("".join(element.itertext()).split())


def head_facts(document: Document) -> Facts:
    return Facts(
        title="" if document.title == document.sitename else document.title or "",
        author_name=BY.sub("", document.author or ""),
        source_name="" if HOST_NAME.fullmatch(document.sitename or "") else document.sitename or "",
        source_url=document.url or "",
        published_at=find_date(document.date or ""),
    )

"""A WordPress export (WXR) as posts, each read by the parser that reads pages."""

import html
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, unquote, urljoin
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from articles.choices import Status
from articles.importing.copies import ArticleCopy, FileRefused, PairCopy, Problem
from articles.importing.dates import SHANGHAI, find_date
from articles.importing.old_addresses import addresses_of
from articles.importing.page import storable
from articles.importing.parser import parse_page
from articles.importing.records import PageRefused, ParsedPage
from articles.topics import clean_name

MAX_POSTS = 20_000
MAX_CONTENT = 400_000
# Where WordPress puts a post that nobody put anywhere.
UNCATEGORISED = {"未分类", "uncategorized"}
BLOCK_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
PARAGRAPHS = re.compile(r"<(?:p|div|h[1-6]|ul|ol|blockquote|table)\b", re.IGNORECASE)
SLUG = re.compile(r"[a-zA-Z0-9_-]{1,100}")
# What is private or lies in the trash there is for editors to decide on here.
STATES = {"publish": Status.PUBLISHED, "future": Status.PUBLISHED, "pending": Status.REVIEW}
CAPTION = re.compile(r"\[/?caption\b[^\]]*\]")
# A picture, with the link to its large form that is often around it; bounded, since a tag that never ends is looked
# through again from every place where one begins.
IMAGE = re.compile(
    r"(?:<a\b[^>]{0,1000}>\s{0,20})?(?P<image><img\b[^>]{0,2000}>)(?:\s{0,20}</a\s{0,20}>)?", re.IGNORECASE
)
ATTRIBUTE = re.compile(r"""\b(src|alt)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
IN_ADDRESS = "/:?#@!$&'*+,;=%~"  # what may stand in an address, but for brackets, which end a link


@dataclass(frozen=True, slots=True)
class Post:
    """One post as the export has it; content is HTML of any kind."""

    title: str
    link: str
    slug: str
    author: str
    site: str
    content: str
    published_at: datetime | None
    topics: tuple[str, ...]
    status: str
    addresses: tuple[str, ...]


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


class Export:
    """An export as it is read, element by element; what was read is forgotten, so that its size does not matter."""

    def __init__(self) -> None:
        self.site = ""
        self.names: dict[str, str] = {}
        self.items = 0
        self.is_genuine = False
        self.passed_over: Counter[str] = Counter()

    def take(self, element: Element) -> Post | None:
        """Note what the element says of the whole; return the post that it is."""
        match local(element.tag):
            case "wxr_version":
                self.is_genuine = True
            case "title" if not self.site and not self.items:
                self.site = (element.text or "").strip()
            case "author" if len(element):
                said = {local(child.tag): child.text or "" for child in element}
                self.names[said.get("author_login", "")] = said.get("author_display_name", "")
            case "item":
                self.items += 1
                if self.items > MAX_POSTS:
                    raise FileRefused(_("The file has more than %(most)d posts.") % {"most": MAX_POSTS})
                return self.read(element)
        return None

    def read(self, item: Element) -> Post | None:
        found = texts(item)
        if found.get("status") == "auto-draft":
            return None
        if (kind := found.get("post_type", "post")) != "post":
            self.passed_over[kind] += 1
            return None
        return read_post(item, found, self.site, self.names)


def read_posts(data: bytes, export: Export) -> Iterator[Post]:
    """Yield the posts; the export counts pages, pictures and menus, which are passed over. Raises FileRefused."""
    path: list[Element] = []
    for event, element in read_elements(data):
        if event == "start":
            path.append(element)
            continue
        path.pop()
        if (post := export.take(element)) is not None:
            yield post
        if local(element.tag) == "item" and path:
            path[-1].clear()
    if not export.is_genuine:
        raise FileRefused(_("This is no export of WordPress."))


def read_elements(data: bytes) -> Iterator[tuple[str, Element]]:
    try:
        yield from iterparse(io.BytesIO(data), events=("start", "end"))
    except DefusedXmlException as error:
        raise FileRefused(_("The file declares entities of its own, which no WordPress export does.")) from error
    except (ParseError, ValueError, LookupError) as error:
        raise FileRefused(_("This is no XML: %(reason)s.") % {"reason": error}) from error


def texts(item: Element) -> dict[str, str]:
    """Return the item's texts by tag; content:encoded and excerpt:encoded share their last part, the first wins."""
    found: dict[str, str] = {}
    for child in item:
        if not child.tag.startswith("{http://wordpress.org/export/") or local(child.tag) != "encoded":
            found.setdefault(local(child.tag), child.text or "")
    return found


def read_post(item: Element, found: Mapping[str, str], site: str, names: Mapping[str, str]) -> Post:
    terms = [child.text or "" for child in item if local(child.tag) == "category"]
    topics = dict.fromkeys(clean_name(html.unescape(term)) for term in terms)
    slug = unquote(found.get("post_name", "")).removesuffix("__trashed")
    link, moment = found.get("link", "").strip(), moment_of(found)
    addresses = addresses_of(link, slug, found.get("post_id", ""), moment)
    return Post(
        title=html.unescape(storable(found.get("title", ""))).strip(),
        link=link,
        slug=slug.lower() if SLUG.fullmatch(slug) else "",
        author=names.get(found.get("creator", "")) or found.get("creator", ""),
        site=site,
        content=storable(found.get("encoded", "")),
        published_at=moment,
        topics=tuple(topic for topic in topics if topic and topic.casefold() not in UNCATEGORISED),
        status=Status.DRAFT if found.get("post_password") else STATES.get(found.get("status", ""), Status.DRAFT),
        addresses=tuple(dict.fromkeys(filter(None, addresses))),
    )


def moment_of(found: Mapping[str, str]) -> datetime | None:
    """Return when the post was published; a draft has zeros where its date would be."""
    if (moment := find_date(found.get("post_date_gmt", ""))) is not None:
        return moment.replace(tzinfo=UTC).astimezone(SHANGHAI)
    return find_date(found.get("post_date", ""))


def copy_post(post: Post, *, salutations: Sequence[str], topics: Mapping[str, str]) -> ArticleCopy:
    """Return the post as an article, or with the reason why there is none."""
    place = f"《{post.title}》" if post.title else post.link
    copy = ArticleCopy(place, is_new_only=True, source_text=post.content)
    copy.values = {"title": post.title, "slug": post.slug, "column": post.site, "author": post.author}
    copy.values |= {"published_at": post.published_at, "status": post.status}
    copy.addresses = post.addresses
    if len(post.content) > MAX_CONTENT:
        copy.problems.append(Problem(place, "", _("The post is too long.")))
        return copy
    try:
        page = parse_page(page_of(post), salutations=salutations, topics=topics)
    except PageRefused as refusal:
        copy.problems.append(Problem(place, "", str(refusal)))
        return copy
    take_page(copy, page, post.topics)
    return copy


def take_page(copy: ArticleCopy, page: ParsedPage, topics: Collection[str]) -> None:
    stated = {"title": page.title, "column": page.column_title, "author": page.author_name}
    copy.values |= {name: value for name, value in stated.items() if value and (name != "title" or not copy.title)}
    for number, pair in enumerate(page.pairs, 1):
        values = {"heading": pair.heading, "question": pair.question, "answer": pair.answer}
        values |= {"signature": pair.signature, "topics": tuple(dict.fromkeys((*topics, *pair.topics)))}
        copy.pairs.append(PairCopy(f"{copy.place} {number}", values))


def image_as_text(match: re.Match[str], base: str) -> str:
    """Return the picture as Markdown, which shows one of another site as a link; the words alone where it has no address."""
    said = {name.lower(): html.unescape(double or single) for name, double, single in ATTRIBUTE.findall(match["image"])}
    words = re.sub(r"[\[\]\s]+", " ", said.get("alt", "")).strip() or _("picture")
    address = absolute(base, said.get("src", ""))
    return html.escape(f"![{words}]({quote(address, safe=IN_ADDRESS)})" if address else words)


def absolute(base: str, address: str) -> str:
    """Return the address as the post's page would resolve it, empty where it is none of the web."""
    try:
        whole = urljoin(base, address.strip())
    except ValueError:
        return ""
    return whole if address and whole.startswith(("http://", "https://")) else ""


def page_of(post: Post) -> str:
    """Return the post as a whole page, its paragraphs marked as WordPress would on showing it."""
    content = CAPTION.sub("", BLOCK_COMMENT.sub("", post.content))
    content = IMAGE.sub(lambda match: image_as_text(match, post.link), content)
    if not PARAGRAPHS.search(content):
        parts = (part.strip().replace("\n", "<br>") for part in re.split(r"\n\s*\n", content.replace("\r\n", "\n")))
        content = "".join(f"<p>{part}</p>" for part in parts if part)
    title = html.escape(post.title)
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>\n{content}</article></body></html>"
    )

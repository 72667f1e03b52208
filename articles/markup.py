"""Text of authors and readers to safe HTML, and HTML back to plain text.

An answer is Markdown as Chinese authors type it: a single line break is kept, `1、` begins a list item,
** works beside Chinese punctuation. What that habit would misread is off: raw HTML, code by indentation,
underlined headings (a row of dashes is a rule), link definitions (a short one can repeat a long address
thousands of times).
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, emphasis, strikethrough
from markdown_it.token import Token

from articles.imaging import size_in
from articles.numbering import number_lists

# Longer or deeper text is shown as plain paragraphs: rendering stays below a second, and nothing is lost.
MAX_LENGTH = 50_000
MAX_NESTING = 20
TOP_LEVEL = 3  # h1 and h2 belong to the page

# What leaves room for a picture that is still on its way, and lets it come when it is needed.
ROOM = ("width", "height", "loading", "decoding")
TAGS = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre"),
    *("table", "thead", "tbody", "tr", "th", "td"),
    *("strong", "em", "s", "code", "a", "img"),
}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title", *ROOM}, "ol": {"start"}, "code": {"class"}}
EXTERNAL_REL = "nofollow noopener noreferrer"
FIXED_ATTRIBUTES = {"a": {"rel": {EXTERNAL_REL}}, "th": {"scope": {"col"}}}
SCHEMES = {"http", "https", "mailto"}

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
LANGUAGE_CLASS = re.compile(r"language-[\w+#.-]{1,20}", re.ASCII)
LINE_END = re.compile(r"\r\n?|[\v\f\u0085\u2028\u2029]")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
BLANK_LINES = re.compile(r"\n\s*\n")
BLOCK_EDGE = re.compile(r"<(?:/?(?:p|h\d|ul|ol|li|pre|tr|blockquote)\b[^<>]*|br|hr)>")
CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")


def render_markdown(text: str) -> str:
    """Return the answer as safe HTML. Never raises; text beyond the bounds comes out as render_plain's."""
    if len(text) > MAX_LENGTH:
        return render_plain(text)
    text = printable(text)
    try:
        tokens = RENDERER.parse(number_lists(text))
        if any(token.nesting == 1 and token.level >= MAX_NESTING - 1 for token in tokens):
            return render_plain(text)  # the parser drops what is nested deeper
        return clean(RENDERER.renderer.render(tokens, RENDERER.options, {}))
    except RecursionError:
        return render_plain(text)


def render_plain(text: str) -> str:
    """Return a letter as HTML: paragraphs parted by blank lines, line breaks kept, all else escaped."""
    paragraphs = BLANK_LINES.split(printable(text).strip())
    return "".join(f"<p>{render_lines(paragraph)}</p>\n" for paragraph in paragraphs if paragraph)


def render_lines(paragraph: str) -> str:
    lines = (line.strip() for line in paragraph.split("\n"))
    return "<br>\n".join(html.escape(line, quote=False) for line in lines if line)


def to_plain_text(markup: str) -> str:
    """Return the text of HTML made here: one line a block, blanks collapsed, entities resolved."""
    parted = BLOCK_EDGE.sub("\n", " ".join(printable(markup).split()))
    text = html.unescape(nh3.clean(parted, tags=set()))
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def printable(text: str) -> str:
    """Return the text with one kind of line end and without characters that HTML cannot hold."""
    return UNPRINTABLE.sub("", LINE_END.sub("\n", text))


def clean(markup: str) -> str:
    """Keep what the closed list allows. The renderer makes nothing else; this is the second lock on the door."""
    return nh3.clean(
        markup,
        tags=TAGS,
        attributes=ATTRIBUTES,
        tag_attribute_values=FIXED_ATTRIBUTES,
        attribute_filter=filter_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def filter_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class" and not LANGUAGE_CLASS.fullmatch(value):
        return None
    if name == "src" and is_elsewhere(value):
        return None
    return value


def is_allowed(url: str) -> bool:
    scheme = SCHEME.match(url)
    return scheme is None or scheme[1].lower() in SCHEMES


def is_elsewhere(url: str) -> bool:
    """Tell whether the address leaves the site."""
    return SCHEME.match(url) is not None or url.startswith("//")


def beside_chinese(tokenize: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Let marks open and close beside Chinese characters and punctuation: **「爆款」**是, **注意：**先.

    CommonMark judges marks by the blanks between words, which Chinese does not write.
    """

    def tokenize_beside_chinese(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.delimiters)
        if not tokenize(state, silent):
            return False
        before, after = state.src[max(start - 1, 0) : start], state.src[state.pos : state.pos + 1]
        if state.src[start] != "_" and CJK.search(before + after):
            for delimiter in state.delimiters[known:]:
                delimiter.open = delimiter.open or bool(after.strip())
                delimiter.close = delimiter.close or bool(before.strip())
        return True

    return tokenize_beside_chinese


def finish(state: StateCore) -> None:
    """Fit the parsed answer into the page: heading levels, table headers, links and images."""
    used = sorted({token.tag for token in state.tokens if token.type == "heading_open"})
    levels = {tag: f"h{min(TOP_LEVEL + rank, 6)}" for rank, tag in enumerate(used)}
    for token, following, end in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if token.type == "th_open" and not following.content:  # the empty corner of a table is no header
            token.tag = end.tag = "td"
    for token in state.tokens:
        token.tag = levels.get(token.tag, token.tag)
        if token.type in {"th_open", "td_open"}:
            token.attrs = {"scope": "col"} if token.tag == "th" else {}
        elif token.type == "inline":
            token.children = list(finish_inline(token.children or []))


def finish_inline(tokens: Iterable[Token]) -> Iterator[Token]:
    """Mark links that leave the site; show images of other hosts, which the page may not load, as links."""
    in_link = False
    for token in tokens:
        if token.type in {"link_open", "link_close"}:
            in_link = token.type == "link_open"
            mark_link(token)
        if token.type == "image" and is_elsewhere(str(token.attrs["src"])):
            yield from link_to_image(token, in_link)
            continue
        if token.type == "image":
            leave_room(token)
        yield token


def leave_room(image: Token) -> None:
    """Write the size of a picture of the site beside it: its name says it."""
    if size := size_in(str(image.attrs["src"])):
        image.attrs |= dict(zip(ROOM, (*size, "lazy", "async"), strict=True))


def mark_link(token: Token) -> None:
    href = str(token.attrs.get("href", ""))
    if is_elsewhere(href) and not href.startswith("mailto:"):
        token.attrs["rel"] = EXTERNAL_REL


def link_to_image(image: Token, in_link: bool) -> Iterator[Token]:
    """Yield the image's description, as a link to it unless a link stands around it already."""
    address = str(image.attrs["src"])
    words = RENDERER.renderer.renderInlineAsText(image.children, RENDERER.options, {})
    text = Token("text", "", 0, content=words.strip() or address)
    if in_link:
        yield text
        return
    opening = Token("link_open", "a", 1, attrs={"href": address})
    mark_link(opening)
    yield from (opening, text, Token("link_close", "a", -1))


def make_renderer() -> MarkdownIt:
    options = {"html": False, "breaks": True, "maxNesting": MAX_NESTING}
    renderer = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    renderer.disable(["code", "lheading", "reference", "html_block", "html_inline"])
    renderer.inline.ruler.at("emphasis", beside_chinese(emphasis.tokenize))
    renderer.inline.ruler.at("strikethrough", beside_chinese(strikethrough.tokenize))
    renderer.core.ruler.push("finish", finish)
    renderer.validateLink = is_allowed
    return renderer


RENDERER = make_renderer()

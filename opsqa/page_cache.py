"""Pages for readers, kept whole until anything that readers see has changed.

A kept page carries the edition and the day that it was made in, and is given out only while both still hold and no
article is due to appear or to end; one short query tells. So no list of what depends on what has to be right.

Compressed pages can give away a secret that stands in them beside what was asked for (BREACH). These hold none: an answer
with a cookie, such as one with a form's token, is never kept.
"""

import gzip
import json
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import NamedTuple, Self

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import parse_etags

from articles.edition import EDITION
from articles.moments import adapted
from articles.search.postings import select
from articles.tallies.settling import IS_DUE
from opsqa.page_store import Memory, Store

MEGABYTE = 1_000_000
# Of the room, the part for addresses with a query string: there is no end of them, and they are not to drive out the rest.
SHARE_OF_QUERIES = 1 / 8
# What is not the content's: kept by browsers, for one visitor, or about this machine.
UNKEPT = {"picture", "preview", "healthz", "readyz", "metrics"}
# Taken by every visitor's browser; a refusal (q=0) is not.
GZIP = re.compile(r"(?<![\w-])gzip(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))(?![\w-])")
# Kept by browsers, but asked about each time.
ASK_AGAIN = "no-cache"


class Page(NamedTuple):
    """An answer as it is kept: when it holds, and what it says, compressed."""

    stamp: str
    digest: str
    headers: dict[str, str]
    body: bytes

    @classmethod
    def of(cls, stamp: str, response: HttpResponse) -> Self:
        headers = without(response.headers, "Content-Length")
        digest = sha256(response.content).hexdigest()[:32]
        return cls(stamp, digest, headers, gzip.compress(response.content, 6, mtime=0))

    @classmethod
    def unpack(cls, value: bytes) -> Self:
        head, body = value.split(b"\n", 1)
        return cls(*json.loads(head), body)

    def pack(self) -> bytes:
        return b"%b\n%b" % (json.dumps(self[:3]).encode(), self.body)

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the page, or say that the browser has it; compressed where the browser can read that."""
        is_zipped = bool(GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
        etag = f'"{self.digest}-gzip"' if is_zipped else f'"{self.digest}"'
        headers = self.headers | {"ETag": etag, "Vary": "Accept-Encoding", "Cache-Control": ASK_AGAIN}
        if has_already(request, etag):
            return HttpResponseNotModified(headers=without(headers, "Content-Type"))
        body = self.body if is_zipped else gzip.decompress(self.body)
        headers["Content-Length"] = str(len(body))
        if is_zipped:
            headers["Content-Encoding"] = "gzip"
        return HttpResponse(body, headers=headers)


class PageCache:
    """Middleware that answers with a kept page where it has one that holds, and keeps what it had to have made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.PAGE_CACHE_MB:
            raise MiddlewareNotUsed
        self.get_response = get_response
        room = settings.PAGE_CACHE_MB * MEGABYTE
        self.queries = Memory(int(room * SHARE_OF_QUERIES))
        self.pages = Memory(room - self.queries.room)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # What a transaction sees is not what others see.
        if request.method not in {"GET", "HEAD"} or connection.in_atomic_block:
            return self.get_response(request)
        request.page_stamp = ""
        key, store = key_of(request), self.store_for(request)
        if value := store.get(key):
            page = Page.unpack(value)
            request.page_stamp = current_stamp()
            if request.page_stamp == page.stamp:
                return page.answer(request)
        response = self.get_response(request)
        if request.method == "HEAD" or not request.page_stamp or not is_keepable(response):
            return response
        page = Page.of(request.page_stamp, response)
        store.set(key, page.pack())
        return page.answer(request)

    def process_view(self, request: HttpRequest, *view) -> None:
        """Ask for the edition before the view asks for the content."""
        found = request.resolver_match
        if getattr(request, "page_stamp", None) == "" and found.app_name == "articles" and found.url_name not in UNKEPT:
            request.page_stamp = current_stamp()

    def store_for(self, request: HttpRequest) -> Store:
        return self.queries if request.META.get("QUERY_STRING") else self.pages


def without(headers: Mapping[str, str], left_out: str) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != left_out}


def has_already(request: HttpRequest, etag: str) -> bool:
    """Tell whether the browser has this very answer; a proxy that compresses it makes its tag a weak one."""
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    return bool(asked) and any(tag.removeprefix("W/") in {etag, "*"} for tag in parse_etags(asked))


def key_of(request: HttpRequest) -> str:
    """Return what names the page: the whole address, as it stands in the page, query string and all.

    The path is decoded and may hold anything, so it comes last. A host need not be checked here: a page for one that is
    not the site's is a refusal, and never kept.
    """
    given = request.META
    host = given.get("HTTP_HOST") or f"{given['SERVER_NAME']}:{given['SERVER_PORT']}"
    return f"{request.scheme}\n{host}\n{given.get('QUERY_STRING', '')}\n{request.path}"


def current_stamp() -> str:
    """Return edition and day, empty while something that was written, or a time that has come, is not counted yet."""
    now = timezone.now()
    ((edition, is_due),) = select(f"SELECT {EDITION}, {IS_DUE}", adapted(now))
    return "" if is_due else f"{edition} {timezone.localdate(now)}"


def is_keepable(response: HttpResponseBase) -> bool:
    """Tell whether the answer is the same for every visitor and says nothing of caches itself."""
    says = any(response.has_header(name) for name in ("Cache-Control", "ETag", "Vary"))
    return response.status_code == 200 and not response.streaming and not response.cookies and not says

"""Whatever an author, an import or a reader typed runs nowhere, not even where the browser knew no policy."""

from urllib.parse import quote

import pytest

from articles.models import SavedView
from tests.factories import make_article, make_author, make_column, make_synonyms, make_topic

# Each would call hit() in another way: markup, events, addresses, ends of what surrounds it, Markdown.
PAYLOADS = [
    "<script>hit()</script>",
    "</title></textarea></script><script>hit()</script>",
    "<img src=x onerror=hit()>",
    "<svg onload=hit()><animate onbegin=hit() attributeName=x>",
    "\"><b onmouseover=hit() autofocus tabindex=0 onfocus=hit()>",
    "' onpointerover='hit()' x='",
    "`-hit()-`${hit()}{{hit()}}",
    "<a href=\"java\tscript:hit()\">go</a>",
    "<details open ontoggle=hit()><summary>more</summary></details>",
    "<iframe srcdoc=\"<script>parent.hit()</script>\"></iframe>",
    "<form action=javascript:hit()><button>go</button></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=hit()>",
    "<noscript><p title=\"</noscript><img src=x onerror=hit()>\">",
    "[go](javascript:hit())",
    "[go](JaVaScRiPt&colon;hit&#40;&#41;)",
    "![a](x\" onerror=\"hit\\(\\))",
    "![a\" onerror=\"hit()](x)",
    "<javascript:hit()>",
    "[go]: data:text/html;base64,PHNjcmlwdD5wYXJlbnQuaGl0KCk8L3NjcmlwdD4= 'x'\n[go]",
    "```html\" onclick=hit()\n<script>hit()</script>\n```",
    "<base href=javascript:/x/><a href=hit()>go</a>",
    "--><script>hit()</script><!--",
    "]]><script>hit()</script>",
    "\u2028hit()\u2029//</script><script>hit()//",
]  # fmt: skip
LOOK = "window.hits = 0; window.hit = () => { window.hits += 1; };"
# Touches everything; links and buttons that would leave the page are held back by the route.
TOUCH = """() => {
    const events = ['mouseover', 'pointerover', 'focus', 'click', 'toggle', 'input', 'animationstart'];
    for (const element of document.querySelectorAll('main *, #content *, title')) {
        for (const name of events) element.dispatchEvent(new Event(name, {bubbles: true, cancelable: true}));
    }
}"""
READERS = [
    "/",
    "/articles/",
    "/articles/a/",
    "/columns/",
    "/columns/c/",
    "/authors/u/",
    "/topics/",
    "/archive/",
    "/feed/",
]
EDITORS = ["", "article/", "article/{article}/change/", "article/{article}/delete/", "article/{article}/history/",
           "article/{article}/preview/", "topic/", "topic/{topic}/change/", "column/{column}/change/",
           "article/duplicates/", "article/views/", "synonymgroup/"]  # fmt: skip


@pytest.fixture
def article(transactional_db, admin_user):
    """An article whose every text, and every text around it, is hostile."""
    author = make_author(slug="u", name=PAYLOADS[0], role=PAYLOADS[1], bio="\n\n".join(PAYLOADS))
    texts = {"motto": PAYLOADS[4], "description": "\n\n".join(PAYLOADS), "salutations": PAYLOADS[5]}
    column = make_column(slug="c", title=PAYLOADS[2], author=author, **texts)
    topics = [
        make_topic(text, slug=f"t{n}", description=text, aliases=[f"{n}{text}"]) for n, text in enumerate(PAYLOADS)
    ]
    pairs = [
        {
            "heading": text[:120],
            "question": text,
            "answer": f"{text}\n\n{text}",
            "signature": text[:60],
            "topics": [topic.name],
        }
        for text, topic in zip(PAYLOADS, topics, strict=True)
    ]
    make_synonyms("、".join(PAYLOADS[:3]))
    SavedView.objects.create(user=admin_user, name=PAYLOADS[2], query="status=draft")
    source = {
        "source_name": PAYLOADS[3],
        "source_text": "\n".join(PAYLOADS),
        "source_url": 'https://e.example/"onclick=hit()',
    }
    return make_article(slug="a", title=PAYLOADS[1], summary=PAYLOADS[2], column=column, pairs=pairs, **source)


@pytest.fixture
def hits(chromium, live_server):
    """Return a function that opens addresses, touches everything there and tells how often something ran."""
    context = chromium.new_context(base_url=live_server.url, bypass_csp=True)
    context.add_init_script(LOOK)
    page = context.new_page()
    expected = []

    def only_expected(route):
        is_page = route.request.is_navigation_request() and not route.request.frame.parent_frame
        route.abort() if is_page and route.request.url not in expected else route.continue_()

    def hits(address: str) -> int:
        expected[:] = [f"{live_server.url}{address}"]
        page.goto(address)
        page.evaluate(TOUCH)
        return page.evaluate("window.hits")

    hits.page = page
    page.route("**/*", only_expected)
    yield hits
    context.close()


def sign_in(context, client, user, live_server):
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])


def test_the_touch_sees_what_runs(hits, live_server):
    body = "<main><p onmouseover=hit()>x</p></main><script>hit()</script>"
    hits.page.route("**/planted/", lambda route: route.fulfill(body=body, content_type="text/html"))
    assert hits("/planted/") == 2


def test_nothing_stored_runs_for_readers(hits, article):
    addresses = [
        *READERS,
        *[f"/topics/t{n}/" for n in range(0, len(PAYLOADS), 4)],
        "/search/?q=hit",
        "/search/?q=script",
    ]
    assert {address: hits(address) for address in addresses} == dict.fromkeys(addresses, 0)


def test_nothing_stored_runs_for_editors(hits, article, client, admin_user, live_server):
    sign_in(hits.page.context, client, admin_user, live_server)
    keys = {"article": article.pk, "topic": article.pairs.first().topics.get().pk, "column": article.column_id}
    addresses = ["/admin/", *[f"/admin/articles/{path.format(**keys)}" for path in EDITORS]]
    assert {address: hits(address) for address in addresses} == dict.fromkeys(addresses, 0)


@pytest.mark.parametrize("address", ["/search/?q={}", "/admin/login/?next={}"])
def test_nothing_reflected_runs(hits, db, address):
    found = {text: hits(address.format(quote(text, safe=""))) for text in PAYLOADS}
    assert found == dict.fromkeys(PAYLOADS, 0)

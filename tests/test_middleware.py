"""What every answer carries: pages, files, redirects, refusals and errors alike."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from articles.models import Picture
from opsqa import urls as site
from tests.factories import make_article

pytestmark = pytest.mark.django_db

ALWAYS = {
    "Content-Security-Policy": (
        "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; img-src 'self' data:; manifest-src 'self'; script-src 'self'; style-src 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}
NEVER = ["Server", "X-Powered-By", "Access-Control-Allow-Origin"]
PICTURE = f"{'0' * 32}-1x1.webp"


def broken(request):
    raise ValueError


def greeting(request):
    """Set a cookie and say nothing of caches."""
    response = HttpResponse()
    response.set_cookie("seen", "1")
    return response


# The site's addresses and those of a view that fails and of one that greets.
urlpatterns = [path("broken/", broken), path("greeting/", greeting), *site.urlpatterns]
handler400, handler403, handler404, handler500 = site.handler400, site.handler403, site.handler404, site.handler500


METHODS = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"]


@pytest.fixture
def visitor(settings):
    """Return a client that gets static files from their sources and error pages where a view fails."""
    settings.ROOT_URLCONF = __name__
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    make_article(slug="a")
    Picture.objects.create(name=PICTURE, data=b"", width=1, height=1)
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def carried(response) -> dict[str, str]:
    """Return what the response says under the names of ALWAYS; the parts of the policy in alphabetical order."""
    policy = "; ".join(sorted(response.headers.get("Content-Security-Policy", "").split("; ")))
    return {name: response.headers.get(name) for name in ALWAYS} | {"Content-Security-Policy": policy}


@pytest.mark.parametrize(
    "method, address, status",
    [
        ("get", "/", 200),
        ("get", "/articles/a/", 200),
        ("get", "/articles/a/qr.svg", 200),
        ("get", "/search/?q=团队", 200),
        ("get", "/search/suggest/?q=团队", 200),
        ("get", "/feed/", 200),
        ("get", "/sitemap.xml", 200),
        ("get", "/robots.txt", 200),
        ("get", "/healthz", 200),
        ("get", "/static/css/site.css", 200),
        ("get", "/static/nothing.css", 404),
        ("get", "/admin/login/", 200),
        ("get", "/admin/", 302),
        ("get", "/articles", 301),
        ("get", "/nothing/", 404),
        ("get", "/preview/forged/", 404),
        ("trace", "/", 405),
        ("post", "/admin/login/", 403),
        ("get", "/broken/", 500),
    ],
)
def test_every_answer_carries_the_headers(visitor, method, address, status):
    response = getattr(visitor, method)(address)
    assert response.status_code == status
    assert carried(response) == ALWAYS
    assert [name for name in NEVER if name in response.headers] == []


def test_a_foreign_host_is_answered_with_the_headers(visitor):
    response = visitor.get("/", headers={"host": "evil.example"})
    assert (response.status_code, carried(response)) == (400, ALWAYS)


def test_the_way_to_https_carries_the_headers(visitor, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = visitor.get("/")
    assert (response.status_code, response["Location"], carried(response)) == (301, "https://testserver/", ALWAYS)


def test_pages_of_the_admin_carry_the_headers_and_stay_in_no_cache(visitor, admin_user):
    visitor.force_login(admin_user)
    response = visitor.get("/admin/")
    assert (response.status_code, carried(response)) == (200, ALWAYS)
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_pictures_run_nothing_and_may_be_shown_by_readers_of_feeds(visitor):
    response = visitor.get(f"/images/{PICTURE}")
    assert carried(response) == ALWAYS | {
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


def test_no_cache_keeps_an_answer_with_a_cookie(visitor):
    assert visitor.get("/greeting/")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/", "/articles/a/", "/feed/", "/admin/", "/admin/login/", "/nothing/"])
def test_other_methods_than_pages_and_forms_need_are_refused(visitor, address):
    answers = {method: visitor.generic(method, address) for method in METHODS}
    assert {method: response.status_code for method, response in answers.items()} == dict.fromkeys(METHODS, 405)
    assert {response["Allow"] for response in answers.values()} == {"GET, HEAD, POST"}


@pytest.mark.parametrize("address", ["/", "/articles/a/", "/search/?q=团队", "/feed/"])
def test_pages_are_the_same_for_whoever_is_signed_in(visitor, admin_user, address):
    page = visitor.get(address).content
    visitor.force_login(admin_user)
    assert visitor.get(address).content == page


@pytest.mark.parametrize(
    "address", ["/", "/articles/a/", "/feed/", "/sitemap.xml", "/robots.txt", "/healthz", "/nothing/"]
)
def test_every_text_names_its_encoding(visitor, address):
    assert "charset=utf-8" in visitor.get(address)["Content-Type"]


@pytest.mark.parametrize(
    "address",
    ["/.git/config", "/static/../manage.py", "/static/..%2fmanage.py", "/manage.py", "/var/secret_key", "/static/"],
)
def test_nothing_of_the_source_is_served(visitor, address):
    assert visitor.get(address).status_code == 404

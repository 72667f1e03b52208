"""Headers that pretend another host, address or sender change nothing of what is answered."""

import pytest
from django.test import Client

from tests.factories import make_article

pytestmark = pytest.mark.django_db

EVIL = "evil.example"
# Each is believed by some server, proxy or framework somewhere.
TRICKS = {
    "X-Forwarded-Host": EVIL,
    "X-Host": EVIL,
    "X-Forwarded-Server": EVIL,
    "X-HTTP-Host-Override": EVIL,
    "X-Original-Host": EVIL,
    "Forwarded": f"for=1.2.3.4;host={EVIL};proto=https",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Scheme": f"https://{EVIL}",
    "X-Forwarded-Port": "4433",
    "X-Forwarded-For": EVIL,
    "X-Forwarded-Prefix": f"/{EVIL}",
    "X-Original-URL": "/admin/",
    "X-Rewrite-URL": "/admin/",
    "X-HTTP-Method-Override": "DELETE",
    "Origin": f"https://{EVIL}",
    "Referer": f"https://{EVIL}/",
}
PAGES = ["/", "/articles/a/", "/articles", "/search/?q=团队", "/feed/", "/sitemap.xml", "/robots.txt", "/nothing/"]


@pytest.fixture
def visitor():
    make_article(slug="a")
    return Client(raise_request_exception=False)


def told(response) -> tuple:
    return response.status_code, response.get("Location"), response.content


@pytest.mark.parametrize("address", PAGES)
def test_no_header_changes_a_page(visitor, address):
    clean = told(visitor.get(address))
    poisoned = {name: told(visitor.get(address, headers={name: value})) for name, value in TRICKS.items()}
    assert [name for name, answer in poisoned.items() if answer != clean] == []
    assert told(visitor.get(address)) == clean


@pytest.mark.parametrize(
    "host", [EVIL, f"testserver.{EVIL}", f"testserver@{EVIL}", "testserver:80@x", "", "a b", "x\x00"]
)
def test_a_foreign_host_is_refused_and_not_repeated(visitor, host):
    response = visitor.get("/", headers={"host": host})
    assert response.status_code == 400
    assert EVIL not in response.content.decode()


@pytest.mark.parametrize(
    "address", ["//evil.example/", "//evil.example/articles", "/\\evil.example", "/articles//evil.example"]
)
def test_a_doubled_slash_leads_to_no_other_host(visitor, address):
    location = visitor.get(address).get("Location", "/")
    assert location.startswith("/") and not location.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_host(visitor, django_user_model, target):
    django_user_model.objects.create_user("editor", password="a long pass phrase", is_staff=True)
    form = {"username": "editor", "password": "a long pass phrase", "next": target}
    assert visitor.post("/admin/login/", form)["Location"] == "/admin/"


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_a_form_sent_from_elsewhere_is_refused(admin_user, headers):
    visitor = Client(enforce_csrf_checks=True)
    visitor.force_login(admin_user)
    assert visitor.post("/admin/logout/", headers=headers).status_code == 403
    assert visitor.get("/admin/").status_code == 200

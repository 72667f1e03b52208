import pytest
from django.test import Client

from articles.views import errors
from tests.reading import main_text


@pytest.mark.parametrize(
    "view, status, words",
    [
        (errors.bad_request, 400, "来信看不清"),
        (errors.permission_denied, 403, "此信不外传"),
        (errors.csrf_failure, 403, "此信不外传"),
        (errors.page_not_found, 404, "查无此信"),
        (errors.server_error, 500, "信件正在路上"),
        (errors.service_unavailable, 503, "眼下太忙"),
    ],
)
def test_error_pages_speak_without_database_or_request(view, status, words):
    response = view(None)
    assert response.status_code == status
    assert words in main_text(response)
    assert 'content="noindex"' in response.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_gets_the_kind_page(client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "查无此信" in main_text(response)


def test_a_foreign_host_gets_the_400_page():
    response = Client(raise_request_exception=False).get("/healthz", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "来信看不清" in main_text(response)
    assert "evil.example" not in response.content.decode()

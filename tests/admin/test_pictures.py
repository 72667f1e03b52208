import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Picture
from tests.admin.posting import LIST, table_text
from tests.factories import make_article
from tests.pictures import picture_file

pytestmark = pytest.mark.django_db
ADD = f"{LIST}add-picture/"


def upload(client, data: bytes, name="图.jpg"):
    return client.post(ADD, {"picture": SimpleUploadedFile(name, data)})


def test_a_picture_is_stored_once_and_served_unchangeably(admin_client, client):
    address = upload(admin_client, picture_file()).json()["address"]
    assert upload(admin_client, picture_file()).json()["address"] == address
    stored = Picture.objects.get()
    client.logout()
    response = client.get(address)
    assert (response.content, response["Content-Type"]) == (bytes(stored.data), "image/webp")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize("data", [b"<script>alert(1)</script>", b""])
def test_what_is_no_picture_is_refused(admin_client, data):
    assert set(upload(admin_client, data, "图.png").json()) == {"reason"}
    assert not Picture.objects.exists()


def test_nothing_sent_is_told_so(admin_client):
    assert admin_client.post(ADD).json() == {"reason": "There is no picture."}


def test_only_who_writes_articles_adds_pictures(client, django_user_model):
    user = django_user_model.objects.create_user("kanke", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_article"))
    client.force_login(user)
    assert upload(client, picture_file()).status_code == 403
    assert client.get(ADD).status_code == 405
    assert not Picture.objects.exists()


def test_the_list_shows_every_picture(admin_client, django_assert_num_queries):
    upload(admin_client, picture_file(50, 20))
    address = Picture.objects.get().get_absolute_url()
    page = admin_client.get("/admin/articles/picture/").content.decode()
    assert (
        f'<img class="thumbnail" src="{address}" alt="{address.rpartition("/")[2]}" width="50" height="20" loading="lazy">'
        in page
    )
    assert "50 x 20" in table_text(admin_client, "/admin/articles/picture/")
    for count in (1, 3):
        while Picture.objects.count() < count:
            Picture.objects.create(name=f"{Picture.objects.count():032x}-1x1.webp", data=b"x", width=1, height=1)
        with django_assert_num_queries(5):
            admin_client.get("/admin/articles/picture/")


def test_an_unknown_picture_is_not_found(client):
    assert client.get(f"/images/{'0' * 32}-8x8.webp").status_code == 404
    assert client.get("/images/../settings.py").status_code == 404


def test_feeds_name_the_site_of_a_picture(client, admin_client, settings):
    settings.SITE_URL = "https://example.org"
    address = upload(admin_client, picture_file()).json()["address"]
    make_article(pairs=[{"answer": f"![图]({address})"}])
    assert f"https://example.org{address}" in client.get("/feed/").content.decode()

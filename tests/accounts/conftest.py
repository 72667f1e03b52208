import pytest

PASSWORD = "a long pass phrase"


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("editor", password=PASSWORD, is_staff=True)


@pytest.fixture
def sign_in(client):
    """Return a function that posts the sign-in form."""

    def sign_in(name="editor", password=PASSWORD, *, via=client, address="192.0.2.1", **headers):
        form = {"username": name, "password": password}
        return via.post("/admin/login/?next=/admin/password_change/", form, REMOTE_ADDR=address, headers=headers)

    return sign_in

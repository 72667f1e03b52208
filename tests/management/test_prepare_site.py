import json
import re
import socket

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

from articles.management.commands.prepare_site import web_address
from articles.models import Article, Author
from tests.factories import make_author
from tests.processes import manage

STARTER = [{"model": "articles.author", "fields": {"slug": "bianjibu", "name": "编辑部"}}]


@pytest.fixture
def starter(settings, tmp_path):
    """Put a small starter fixture in the place of the real one."""
    (tmp_path / "starter.json").write_text(json.dumps(STARTER))
    settings.FIXTURE_DIRS = [tmp_path]
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def prepare(db, starter, port, capsys):
    """Return a function that prepares the site and returns what was printed."""

    def prepare(**options):
        call_command("prepare_site", **{"port": port} | options)
        return capsys.readouterr().out.splitlines()

    return prepare


def test_the_first_run_loads_the_starter_content_and_makes_an_editor_who_can_sign_in(prepare, port):
    loading, site, admin, name, password = prepare()
    assert loading == "Loading the starter content …"
    assert site == f"The site: http://127.0.0.1:{port}/ (Ctrl-C ends it)"
    assert admin == f"For editors: http://127.0.0.1:{port}/admin/"
    assert name == "User name: editor"
    assert [author.slug for author in Author.objects.all()] == ["bianjibu"]
    secret = re.fullmatch(r"Password: (\S{16}) \(shown only now; this user may do everything\)", password)[1]
    assert authenticate(username="editor", password=secret).is_superuser


def test_a_later_run_only_names_the_address_and_changes_nothing(prepare, port):
    prepare()
    Author.objects.update(name="改过的编辑部")
    password = get_user_model().objects.get().password
    assert prepare() == [f"The site: http://127.0.0.1:{port}/ (Ctrl-C ends it)"]
    assert [author.name for author in Author.objects.all()] == ["改过的编辑部"]
    assert get_user_model().objects.get().password == password


def test_content_that_is_there_already_gets_no_starter_content_beside_it(prepare):
    make_author(slug="own")
    assert "Loading the starter content …" not in prepare()
    assert [author.slug for author in Author.objects.all()] == ["own"]
    assert get_user_model().objects.get().username == "editor"


def test_a_site_that_was_emptied_stays_empty(prepare):
    prepare()
    Author.objects.all().delete()
    prepare()
    assert not Author.objects.exists()
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    "host, address",
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("qa.example", "http://qa.example:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::", "http://[::1]:8000/"),
    ],
)
def test_the_address_is_one_that_a_browser_opens(host, address):
    assert web_address(host, "8000") == address


def test_a_taken_port_is_refused_in_one_line_before_anything_is_done(prepare, port):
    with socket.create_server(("127.0.0.1", int(port))), pytest.raises(CommandError) as refusal:
        prepare()
    assert str(refusal.value) == (
        f"Port {port} of 127.0.0.1 cannot be used: another program uses it. To choose another: make run PORT=8001"
    )
    assert not get_user_model().objects.exists()
    assert not Author.objects.exists()


def test_an_address_of_another_machine_is_refused_in_one_line(prepare, port):
    with pytest.raises(CommandError) as refusal:
        prepare(host="192.0.2.1")
    assert str(refusal.value) == (
        f"Port {port} of 192.0.2.1 cannot be used: Cannot assign requested address. "
        "To choose another: make run PORT=8001"
    )


@pytest.mark.parametrize("port", ["0", "70000", "-1", "http", "", "80000000000000000000"])
def test_a_port_is_a_number_that_a_port_can_have(starter, port):
    with pytest.raises(CommandError) as refusal:
        call_command("prepare_site", port=port)
    assert str(refusal.value) == f"{port} is no port: it takes a number from 1 to 65535."


def test_a_database_that_cannot_be_reached_is_named_in_one_line(port, tmp_path):
    nowhere = f"sqlite:///{tmp_path}/none/opsqa.sqlite3"
    process = manage("prepare_site", f"--port={port}", DATABASE_URL=nowhere, OPSQA_LANGUAGE="en")
    assert process.stderr == "CommandError: The database cannot be reached: unable to open database file\n"
    assert process.returncode == 1

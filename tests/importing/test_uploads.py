"""A file waits between two pages for its owner alone, and for an hour."""

import os

import pytest

from articles.importing import uploads
from articles.importing.uploads import drop_upload, find_upload, keep_upload


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def test_a_file_is_found_by_its_owner_until_it_is_dropped():
    token = keep_upload(b"data", "问.csv", 7)
    assert find_upload(token, 7) == (b"data", "问.csv")
    assert find_upload(token, 8) is None
    drop_upload(token)
    assert find_upload(token, 7) is None


def test_a_forged_token_finds_nothing():
    token = keep_upload(b"data", "a.csv", 7)
    assert find_upload(f"x{token}", 7) is None
    assert find_upload("../secret_key", 7) is None
    drop_upload("forged")
    assert find_upload(token, 7) == (b"data", "a.csv")


def test_an_old_file_is_cleared_away(monkeypatch):
    token = keep_upload(b"data", "a.csv", 7)
    (old,) = uploads.folder().iterdir()
    os.utime(old, (0, 0))
    keep_upload(b"other", "b.csv", 7)
    assert find_upload(token, 7) is None
    assert len(list(uploads.folder().iterdir())) == 1


def test_an_old_token_finds_nothing(monkeypatch):
    token = keep_upload(b"data", "a.csv", 7)
    monkeypatch.setattr(uploads, "LIFETIME", -1)
    assert find_upload(token, 7) is None


def test_others_on_the_machine_cannot_read_it():
    keep_upload(b"data", "a.csv", 7)
    (path,) = uploads.folder().iterdir()
    assert path.stat().st_mode & 0o077 == 0

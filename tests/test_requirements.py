"""What is installed: each version pinned, each file known by its hash, so that a replaced one is refused."""

import re

import pytest
from django.conf import settings

NAME = re.compile(r"[A-Za-z0-9_.-]+")
PINNED = re.compile(r"([a-z0-9-]+)==([\w.]+)(?: ; [^\\]+)?((?: --hash=sha256:[0-9a-f]{64})+)")
KINDS = ["", "-dev", "-bench"]


def read(name: str) -> list[str]:
    """Return the requirements of a file, each on one line, without comments."""
    text = (settings.BASE_DIR / name).read_text().replace("\\\n", " ")
    lines = [re.sub(r"\s+", " ", line.partition("#")[0]).strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("-r ")]


def pinned(kind: str) -> dict[str, str]:
    found = [PINNED.fullmatch(line) for line in read(f"requirements{kind}.txt")]
    return {match[1]: match[2] for match in found if match}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("kind", KINDS)
def test_every_requirement_has_one_version_and_its_hashes(kind):
    assert [line for line in read(f"requirements{kind}.txt") if not PINNED.fullmatch(line)] == []
    assert pinned(kind) != {}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_asked_for_is_what_is_pinned(kind):
    asked = {plain(NAME.match(line)[0]): line.rpartition("==")[2] for line in read(f"requirements{kind}.in")}
    assert {name: pinned(kind).get(name) for name in asked} == asked


def test_the_tests_run_with_the_versions_of_the_site():
    assert pinned("").items() <= pinned("-dev").items()


def test_django_is_not_older_than_its_last_known_holes():
    assert tuple(int(part) for part in pinned("")["django"].split(".")) >= (5, 2, 19)


@pytest.mark.parametrize("kind", KINDS)
def test_no_address_of_a_registry_is_written_down(kind):
    assert "://" not in (settings.BASE_DIR / f"requirements{kind}.txt").read_text()

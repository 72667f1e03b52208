"""The Chinese catalogue: whole, compiled as it stands, and in step with the sources."""

import re
import shutil
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.processes import manage

CATALOGUE = Path("articles/locale/zh_Hans/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
NO_SOURCES = shutil.ignore_patterns(".*", "var", "tests", "static", "docs", "__pycache__")


@pytest.fixture(scope="module")
def catalogue():
    return polib.pofile(settings.BASE_DIR / CATALOGUE)


def key(entry) -> tuple:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def translations(entry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_every_message_is_translated(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []


def test_no_translation_is_a_guess(catalogue):
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_no_translation_is_left_over(catalogue):
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


def test_every_translation_keeps_the_placeholders(catalogue):
    def placeholders(text):
        return sorted(PLACEHOLDER.findall(text))

    assert [
        entry.msgid
        for entry in catalogue
        if "python-format" in entry.flags or "python-brace-format" in entry.flags
        for text in translations(entry)
        if text and placeholders(text) != placeholders(entry.msgid_plural or entry.msgid)
    ] == []


def test_the_compiled_catalogue_says_what_its_source_says(catalogue):
    compiled = polib.mofile(settings.BASE_DIR / CATALOGUE.with_suffix(".mo"))
    assert {key(entry): translations(entry) for entry in compiled} == {
        key(entry): translations(entry) for entry in catalogue
    }


@pytest.mark.gettext
def test_the_catalogue_holds_exactly_the_messages_of_the_sources(catalogue, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(settings.BASE_DIR, copy, ignore=NO_SOURCES)
    made = manage("makemessages", "--locale=zh_Hans", "--no-location", "--no-obsolete", folder=copy)
    assert made.returncode == 0, made.stderr
    sources = {key(entry) for entry in polib.pofile(copy / CATALOGUE)}
    known = {key(entry) for entry in catalogue}
    assert {"not in the catalogue": sources - known, "in no source": known - sources} == {
        "not in the catalogue": set(),
        "in no source": set(),
    }


@pytest.mark.parametrize(
    "language, lang, title",
    [("", "zh-Hans-CN", "查无此信"), ("zh-hans", "zh-Hans-CN", "查无此信"), ("en", "en", "Page not found")],
)
def test_pages_are_chinese_unless_english_is_chosen(language, lang, title):
    show = "from articles.views.errors import page_not_found; print(page_not_found(None).text)"
    process = manage("shell", "--no-imports", "-c", show, OPSQA_LANGUAGE=language, OPSQA_DEBUG="true")
    assert f'<html lang="{lang}">' in process.stdout
    assert f'<h1 class="big">{title}</h1>' in process.stdout

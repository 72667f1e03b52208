"""docs/security.md names the test that covers each demand: none may be left out, none may have gone."""

import re

from django.conf import settings

NOTES = (settings.BASE_DIR / "docs" / "security.md").read_text()
DEMANDS = dict(re.findall(r"^\| (\d+\.\d+\.\d+) \|[^|]+\| (.+) \|$", NOTES, re.MULTILINE))
# How many demands of level 1 each chapter of ASVS 5.0 has.
CHAPTERS = {1: 8, 2: 4, 3: 8, 4: 2, 5: 4, 6: 13, 7: 6, 8: 4, 9: 4, 10: 5, 11: 3, 12: 3, 13: 1, 14: 2, 15: 3}
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_demand_of_level_1_has_its_line():
    chapters = [int(demand.partition(".")[0]) for demand in DEMANDS]
    assert {chapter: chapters.count(chapter) for chapter in sorted(set(chapters))} == CHAPTERS


def test_every_named_test_exists():
    named = set(TEST.findall(NOTES))
    sources = {path: (settings.BASE_DIR / path).read_text() for path, _name in named}
    assert len(named) > 40
    assert {(path, name) for path, name in named if f"def {name}(" not in sources[path]} == set()


def test_every_setting_of_the_notes_is_one():
    source = (settings.BASE_DIR / "opsqa" / "settings.py").read_text()
    assert {name for name in re.findall(r"`(OPSQA_\w+)", NOTES) if f'"{name}"' not in source} == set()

"""What pytest leaves out where a program is missing; with OPSQA_TEST_ALL nothing may be left out."""

import os
from pathlib import Path

import pytest

from tests.programs import CHROMIUM, XGETTEXT, missing

NEEDS = {"browser": CHROMIUM, "gettext": XGETTEXT}
BROWSER_TESTS = Path(__file__).parent / "browser"


def pytest_configure(config):
    left_out = missing(*NEEDS.values())
    if left_out and os.environ.get("OPSQA_TEST_ALL"):
        raise pytest.UsageError(f"Nothing may be left out, but these cannot run: {', '.join(map(str, left_out))}")


def pytest_report_header(config):
    return [f"left out: {program}" for program in missing(*NEEDS.values())]


def pytest_itemcollected(item):
    if BROWSER_TESTS in item.path.parents:
        item.add_marker("browser")


def pytest_collection_modifyitems(config, items):
    markers = {marker for marker, program in NEEDS.items() if missing(program)}
    left_out = [item for item in items if any(item.get_closest_marker(marker) for marker in markers)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]

"""Reasons are tested in English, so that assertions name the msgids."""

import pytest
from django.utils import translation


@pytest.fixture
def english():
    with translation.override("en"):
        yield

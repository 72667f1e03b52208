"""The admin is tested in English, so that assertions name the msgids and not their translations."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield

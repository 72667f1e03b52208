"""manage.py, and Python, in a process of its own, with no settings but the given ones."""

import os
import subprocess
import sys

from django.conf import settings

OWN_SETTINGS = ("OPSQA_", "DATABASE_URL", "DJANGO_")


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return python("manage.py", *arguments, **environment)


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OWN_SETTINGS)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=inherited | {"OPSQA_VAR": str(settings.VAR_DIR)} | environment,
        capture_output=True,
        text=True,
    )

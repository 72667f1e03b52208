"""manage.py, and Python, in a process of its own, with no settings but the given ones."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

OWN_SETTINGS = ("OPSQA_", "DATABASE_URL", "DJANGO_")


def manage(*arguments: str, folder: Path = settings.BASE_DIR, **environment: str) -> subprocess.CompletedProcess:
    return python("manage.py", *arguments, folder=folder, **environment)


def python(*arguments: str, folder: Path = settings.BASE_DIR, **environment: str) -> subprocess.CompletedProcess:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OWN_SETTINGS)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=inherited | {"OPSQA_VAR": str(settings.VAR_DIR)} | environment,
        capture_output=True,
        text=True,
    )

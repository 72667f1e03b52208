"""A PostgreSQL server for one test run: started in a temporary folder, stopped and removed at its end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.programs import INITDB

# The data lives as long as the run: nothing has to survive a crash.
SERVER_OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses="
# PostgreSQL refuses to run as root; Debian's package makes this user.
SERVER_USER = "postgres"


@contextmanager
def private_cluster() -> Iterator[str]:
    """Start a server that listens on a socket of its own, and yield its DATABASE_URL."""
    folder = Path(tempfile.mkdtemp(prefix="opsqa-pg-"))
    user = SERVER_USER if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user, user)
    try:
        run(
            user,
            "initdb",
            "--username=opsqa",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "-D",
            folder / "data",
        )
        control = ["pg_ctl", "-D", folder / "data", "-w", "-s"]
        run(user, *control, "-l", folder / "log", "-o", f"{SERVER_OPTIONS} -k '{folder}'", "start")
        try:
            yield f"postgres://opsqa@{quote(str(folder), safe='')}/opsqa"
        finally:
            run(user, *control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def run(user: str | None, program: str, *arguments: str | Path) -> None:
    """Run a program of the server's as the given user; what it prints is shown only when it fails."""
    done = subprocess.run(
        [Path(INITDB.path()).resolve().parent / program, *arguments],
        user=user,
        group=user,
        extra_groups=[] if user else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"{program} failed:\n{done.stdout}")

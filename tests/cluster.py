"""A PostgreSQL server for one test run: started in a temporary folder, stopped and removed at its end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.programs import INITDB

# PostgreSQL refuses to run as root; Debian's package makes this user.
SERVER_USER = "postgres"
NEW_CLUSTER = ["--username=opsqa", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
# The data lives as long as the run: nothing has to survive a crash.
SERVER_OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses="


@contextmanager
def private_cluster() -> Iterator[str]:
    """Start a server that listens on a socket of its own, and yield its DATABASE_URL."""
    folder = Path(tempfile.mkdtemp(prefix="opsqa-pg-"))
    user = SERVER_USER if os.geteuid() == 0 else None
    control = ["-D", folder / "data", "-w", "-s"]
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if user:
            shutil.chown(folder, user, user)
        run(user, "initdb", "-D", folder / "data", *NEW_CLUSTER)
        stack.callback(run, user, "pg_ctl", "stop", *control, "-m", "immediate")
        run(user, "pg_ctl", "start", *control, "-l", folder / "log", "-o", f"{SERVER_OPTIONS} -k '{folder}'")
        yield f"postgres://opsqa@{quote(str(folder), safe='')}/opsqa"


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

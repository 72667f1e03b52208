"""`make test`: every check and all tests, on SQLite, on PostgreSQL and in a browser.

A program that is missing is named at the end with what it would have proved; with OPSQA_TEST_ALL
in the environment nothing may be left out, and a missing program ends the run at once.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.cluster import private_cluster
from tests.programs import CHROMIUM, INITDB, XGETTEXT, missing

ROOT = Path(__file__).parent.parent
PYTEST = ["-m", "pytest", "--quiet", "-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]


def main() -> int:
    # So that the private cluster is stopped and removed then too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    left_out = missing(CHROMIUM, XGETTEXT, INITDB)
    if left_out and os.environ.get("OPSQA_TEST_ALL"):
        say(f"Nothing may be left out, but these cannot run: {', '.join(map(str, left_out))}")
        return 1
    with tempfile.TemporaryDirectory(prefix="opsqa-run-") as folder:
        failed = run_checks(folder) + run_tests(folder, on_postgresql=INITDB not in left_out)
    for program in left_out:
        say(f"Left out: {program}")
    say(f"FAILED: {', '.join(failed)}" if failed else "All passed.")
    return int(bool(failed))


def run_checks(folder: str) -> list[str]:
    """Run what looks at the code without running the site; return the names of what failed."""
    var = {"OPSQA_VAR": folder}
    deploy = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return [
        *step("ruff check", "-m", "ruff", "check", "--quiet", "."),
        *step("ruff format", "-m", "ruff", "format", "--check", "--quiet", "."),
        *step("manage.py check", "manage.py", "check", "--fail-level", "WARNING", **var),
        *step("manage.py check --deploy", *deploy, **var, OPSQA_HTTPS="true"),
        *step("migrations", "manage.py", "makemigrations", "--check", "--dry-run", **var),
    ]


def run_tests(folder: str, *, on_postgresql: bool) -> list[str]:
    """Run the tests on each database; the browser shows the same on both, so it runs once."""
    failed = step("tests on SQLite", *PYTEST, TMPDIR=folder)
    if on_postgresql:
        with private_cluster() as address:
            failed += step("tests on PostgreSQL", *PYTEST, "-m", "not browser", TMPDIR=folder, DATABASE_URL=address)
        # Its server runs as another user, who may not enter the folder of this run.
        failed += step("the same search results on both", "-m", "tests.benchmarks.same_lists")
    return failed


def step(name: str, *arguments: str, **variables: str) -> list[str]:
    """Run Python with the arguments, in an environment without this machine's own settings; return [name] on failure."""
    say(f"== {name}")
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("OPSQA_", "DATABASE_URL"))}
    if "OPSQA_TEST_ALL" in os.environ:
        inherited["OPSQA_TEST_ALL"] = os.environ["OPSQA_TEST_ALL"]
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=inherited | variables)
    return [name] if done.returncode else []


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)

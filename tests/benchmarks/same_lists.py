"""Asks both databases the same queries and says how many of the lists, 100 pairs each, are the same: all must be.

    python -m tests.benchmarks.same_lists                   the judged cases on the starter content
    python -m tests.benchmarks.same_lists FOLDER [FOLDER]   and, for each folder, on its documents beside that content

A folder holds corpus.jsonl (id, question, answer) and queries.jsonl (text). PostgreSQL runs in a cluster of its own.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.cluster import private_cluster

ROOT = Path(__file__).parent.parent.parent
SHOWN = 10

Lists = list[tuple[str, list[str]]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    folders = parser.parse_args().folders
    failed = False
    # So that the private cluster is stopped and removed then too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with private_cluster() as address:
        for folder in [None, *folders]:
            lines = compare(ask(folder), ask(folder, DATABASE_URL=address))
            failed |= len(lines) > 1
            say("\n".join([f"{folder.name if folder else 'starter'}: {lines[0]}", *lines[1:]]))
    return int(failed)


def ask(folder: Path | None, **variables: str) -> Lists:
    """Return the lists of one database, from a process without this machine's own settings."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("OPSQA_", "DATABASE_URL"))}
    with tempfile.TemporaryDirectory(prefix="opsqa-lists-") as var:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.ranked_lists", *([folder.resolve()] if folder else [])],
            cwd=ROOT,
            env=inherited | variables | {"OPSQA_VAR": var},
            stdout=subprocess.PIPE,
            text=True,
        )
    if done.returncode:
        raise SystemExit(f"The search failed on {variables.get('DATABASE_URL', 'SQLite')}.")
    return json.loads(done.stdout)


def compare(one: Lists, other: Lists) -> list[str]:
    """Return a line that counts, and a line for each of the first queries with different lists."""
    different = [text for (text, found), (_text, there) in zip(one, other, strict=True) if found != there]
    empty = sum(not found for _text, found in one)
    same = len(one) - len(different)
    count = f"{len(one)} queries, {empty} of them without a hit; {same} lists are the same on both databases"
    return [count, *(f"  different: {text}" for text in different[:SHOWN])]


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

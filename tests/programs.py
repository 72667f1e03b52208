"""Programs besides Python that some tests need: where they are, and what goes unproved without them."""

import shutil
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Program:
    name: str
    package: str
    proves: str
    folders: str = ""
    library: str = ""

    def path(self) -> str | None:
        """Return where the program is: on PATH, or in the newest of the folders Debian keeps it in."""
        if self.library and find_library(self.library) is None:
            return None
        kept = sorted(Path("/").glob(f"{self.folders}/{self.name}"), key=version, reverse=True) if self.folders else []
        return shutil.which(self.name) or next(map(str, kept), None)

    def __str__(self) -> str:
        return f"{self.proves} (missing: apt install {self.package})"


def version(path: Path) -> list[int]:
    return [int(part) for part in path.parts if part.isdecimal()]


# Playwright brings a Node.js of its own, which needs a library that comes with compilers.
CHROMIUM = Program("chromium", "chromium libatomic1", "browser tests", library="atomic")
XGETTEXT = Program("xgettext", "gettext", "comparison of the catalogue with the sources")
INITDB = Program("initdb", "postgresql", "tests on PostgreSQL", folders="usr/lib/postgresql/*/bin")


def missing(*programs: Program) -> list[Program]:
    return [program for program in programs if program.path() is None]

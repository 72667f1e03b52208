"""Files between being chosen and being imported: kept for an hour, reached by a signed token of their owner alone."""

import secrets
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core import signing

LIFETIME = 3600
SALT = "articles.importing.uploads"


def folder() -> Path:
    return settings.VAR_DIR / "uploads"


def keep_upload(data: bytes, name: str, owner: int) -> str:
    """Store the file and return its token; files older than an hour are cleared away."""
    folder().mkdir(parents=True, exist_ok=True)
    clear_old()
    key = secrets.token_hex(16)
    path = folder() / key
    path.touch(0o600)
    path.write_bytes(data)
    return signing.dumps([key, name, owner], salt=SALT)


def find_upload(token: str, owner: int) -> tuple[bytes, str] | None:
    """Return content and name of the file; None for a token that is forged, another's, or too old."""
    try:
        key, name, its_owner = signing.loads(token, salt=SALT, max_age=LIFETIME)
        data = (folder() / key).read_bytes() if its_owner == owner else None
    except (signing.BadSignature, OSError):
        return None
    return None if data is None else (data, name)


def drop_upload(token: str) -> None:
    with suppress(signing.BadSignature, OSError):
        (folder() / signing.loads(token, salt=SALT)[0]).unlink()


def clear_old() -> None:
    for path in folder().iterdir():
        with suppress(OSError):  # another worker may have cleared it
            if path.stat().st_mtime < time.time() - LIFETIME:
                path.unlink()

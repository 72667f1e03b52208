"""The site's settings as the tests use them: nothing of this machine's own, all data in a folder that goes away."""

import atexit
import os
import shutil
import tempfile

for name in [name for name in os.environ if name.startswith("OPSQA_") and name != "OPSQA_TEST_ALL"]:
    del os.environ[name]
os.environ["OPSQA_VAR"] = tempfile.mkdtemp(prefix="opsqa-test-")
atexit.register(shutil.rmtree, os.environ["OPSQA_VAR"], ignore_errors=True)

from opsqa.settings import *  # noqa: E402, F403
from opsqa.settings import DATABASES, STATIC_ROOT, STORAGES, VAR_DIR  # noqa: E402

# A file rather than memory: the live server and the test then have connections of their own, as in real life.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}

# Addresses of static files without collectstatic; the live server finds the files in their source folders.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

"""All settings: read from the environment, each with a default that works.

A wrong value stops the start with one sentence that names the variable.
"""

import os
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from environs import Env, EnvValidationError, validate

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()


def stop(sentence: str) -> None:
    """End the process with one clear sentence instead of a traceback."""
    raise SystemExit(f"opsqa: {sentence}")


def setting(reader, name, default, **options):
    """Read one variable; an empty one counts as unset, and what cannot be understood stops the start."""
    if not os.environ.get(name):
        os.environ.pop(name, None)
    try:
        return reader(name, default, **options)
    except EnvValidationError as error:
        stop(f'Environment variable "{name}" invalid: {str(error.error_messages[0]).rstrip(".")}.')


def secret_key(path: Path) -> str:
    """The key kept in the file, made on first use and readable by its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.touch(0o600, exist_ok=False)
            path.write_text(get_random_secret_key())
        key = path.read_text().strip()
    except OSError as error:
        stop(f'Environment variable "OPSQA_VAR" names a folder that cannot be used: {error.strerror} ({path}).')
    return key or stop(f"The secret key is empty; delete {path} and start again.")


def site_address(value: str) -> None:
    """Check that an address is scheme and host only."""
    if not re.fullmatch(r"https?://([\w.-]+|\[[\da-fA-F:]+\])(:\d{1,5})?/?", value):
        raise validate.ValidationError("Not an address such as https://qa.example.com")


# Where this installation keeps its data: database, secret key, collected static files.
VAR_DIR = Path(setting(env.str, "OPSQA_VAR", str(BASE_DIR / "var")))

DEBUG = setting(env.bool, "OPSQA_DEBUG", False)
SECRET_KEY = setting(env.str, "OPSQA_SECRET_KEY", "") or secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = setting(env.list, "OPSQA_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
HTTPS = setting(env.bool, "OPSQA_HTTPS", False)
TRUST_PROXY = setting(env.bool, "OPSQA_TRUST_PROXY", False)

# The reader's view of the site. SITE_URL fixes the host in canonical links, feeds and the sitemap;
# empty means: the host of the request.
SITE_NAME = setting(env.str, "OPSQA_SITE_NAME", "") or _("Ops Q&A")
SITE_TAGLINE = setting(env.str, "OPSQA_SITE_TAGLINE", "") or _("Letters and answers for people who run things online")
SITE_URL = setting(env.str, "OPSQA_SITE_URL", "", validate=site_address).rstrip("/")
ICP_NUMBER = setting(env.str, "OPSQA_ICP_NUMBER", "")
POLICE_NUMBER = setting(env.str, "OPSQA_POLICE_NUMBER", "")
COPYRIGHT = setting(env.str, "OPSQA_COPYRIGHT", "")
CONTACT = setting(env.str, "OPSQA_CONTACT", "")

INSTALLED_APPS = [
    "articles",
    "accounts.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.humanize",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "csp",
    "taggit",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "accounts",
]

MIDDLEWARE = [
    # First, so that a kept page has its headers and nothing is to be done for it any more.
    "opsqa.page_cache.PageCache",
    # Before WhiteNoise, so that files carry what these add.
    "opsqa.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "opsqa.middleware.methods",
    "opsqa.deadline.Deadline",
    "articles.views.old_addresses.old_addresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "articles.tallies.middleware.Settled",
]

ROOT_URLCONF = "opsqa.urls"
WSGI_APPLICATION = "opsqa.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.context_processors.site",
            ],
        },
    },
]

# SQLite loses writers with its defaults: write-ahead log, write locks taken at BEGIN and
# persistent connections are what make it dependable under several workers.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # A long answer touches a thousand pages of the index: the log holds 16 MB, so that not every save writes them twice,
    # and the cache at most 64 MB of a large index, so that not every save reads them again.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-64000;"
    ),
}
DATABASES = {"default": setting(env.dj_db_url, "DATABASE_URL", f"sqlite:///{quote(str(VAR_DIR / 'opsqa.sqlite3'))}")}
DATABASES["default"]["CONN_MAX_AGE"] = None
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Queries here take milliseconds; compiling them first would take a tenth of a second.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
else:
    stop('Environment variable "DATABASE_URL" must begin with sqlite:/// or postgres://.')
# Pages for readers that each worker keeps, compressed; 0 keeps none. With OPSQA_DEBUG templates are to be seen as they are.
PAGE_CACHE_MB = 0 if DEBUG else setting(env.int, "OPSQA_PAGE_CACHE_MB", 32, validate=validate.Range(min=0))
# What a query of a page for readers may take.
QUERY_SECONDS = 2
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = setting(env.str, "OPSQA_LANGUAGE", "zh-hans", validate=validate.OneOf(["zh-hans", "en"]))
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
LOCALE_PATHS = [BASE_DIR / "articles" / "locale"]

# An article with many pairs is a large form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
REQUIRE_TWO_FACTOR = setting(env.bool, "OPSQA_REQUIRE_TWO_FACTOR", False)


def OTP_TOTP_ISSUER(device) -> str:
    """Return the name under which an authenticator app lists the site."""
    return str(SITE_NAME)


# Controlled: only names that are topics already are taken, however an article comes in.
CONTROLLED_TOPICS = (
    setting(env.str, "OPSQA_TOPICS", "free", validate=validate.OneOf(["free", "controlled"])) == "controlled"
)
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "articles.topics.parse_topics"
TAGGIT_STRING_FROM_TAGS = "articles.topics.join_topics"

SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Browsers' preload lists cannot be left quickly, so joining them is the operator's own decision; W021 asks for it.
SECURE_HSTS_PRELOAD = HTTPS and setting(env.bool, "OPSQA_HSTS_PRELOAD", False)
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if TRUST_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# A browser takes such names from this host alone, over HTTPS alone: no neighbouring host can plant a cookie.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_AGE = 43_200
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "articles.views.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"class": "opsqa.logs.LineFormatter", "format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}

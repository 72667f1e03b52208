"""Brings the site to where it can be served; `make run` calls it before every start."""

import errno
import socket

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from articles.management.progress import links_shown
from articles.models import Article, Author, Column, Topic
from articles.rights import make_groups

EDITOR = "editor"
PASSWORD_LENGTH = 16
PASSWORD_CHARACTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}


class Command(BaseCommand):
    help = (
        "Create or update the tables, load the starter content into an empty database, collect static files, "
        "make an editor's login where there is no user yet, and say where the site will be served."
    )

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="The address the site will be served at.")
        parser.add_argument("--port", default="8000", help="The port the site will be served at.")

    def handle(self, *, host, port, verbosity, **options):
        require_port(port)
        require_free(host, port)
        require_database()
        quieter = {"interactive": False, "verbosity": max(verbosity - 1, 0)}
        with links_shown(self.stderr):
            call_command("migrate", **quieter)
        call_command("collectstatic", **quieter)
        is_new = not get_user_model().objects.exists()
        if is_new and not has_content():
            self.stdout.write(_("Loading the starter content …"))
            call_command("loaddata", "starter", verbosity=quieter["verbosity"])
        site = web_address(host, port)
        self.stdout.write(_("The site: %(address)s (Ctrl-C ends it)") % {"address": site})
        if is_new:
            make_groups()
            self.show_login(f"{site}admin/", make_editor())

    def show_login(self, address, password):
        self.stdout.write(_("For editors: %(address)s") % {"address": address})
        self.stdout.write(_("User name: %(name)s") % {"name": EDITOR})
        self.stdout.write(
            _("Password: %(password)s (shown only now; this user may do everything)") % {"password": password}
        )


def require_port(port):
    if not (port.isdecimal() and 0 < int(port[:6]) < 65536):
        raise CommandError(_("%(port)s is no port: it takes a number from 1 to 65535.") % {"port": port})


def require_free(host, port):
    """Refuse an address that another program holds, before anything is prepared or printed."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = _("another program uses it") if error.errno == errno.EADDRINUSE else error.strerror
        raise CommandError(
            _("Port %(port)s of %(host)s cannot be used: %(reason)s. To choose another: make run PORT=8001")
            % {"port": port, "host": host, "reason": reason}
        ) from error


def require_database():
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise CommandError(_("The database cannot be reached: %(reason)s") % {"reason": first_line(error)}) from error


def first_line(error) -> str:
    return str(error).partition("\n")[0]


def has_content() -> bool:
    return any(model.objects.exists() for model in (Author, Column, Article, Topic))


def make_editor() -> str:
    """Make the first user, with every right, and return the password."""
    password = get_random_string(PASSWORD_LENGTH, PASSWORD_CHARACTERS)
    get_user_model().objects.create_superuser(EDITOR, password=password)
    return password


def web_address(host, port) -> str:
    name = EVERY_ADDRESS.get(host, host)
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"

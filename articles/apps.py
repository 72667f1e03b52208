"""The app's entry point: its name in the admin, and the wiring of signals."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("content")

    def ready(self):
        from articles import derived, signals  # noqa: F401

        connection_created.connect(derived.watch_writes)

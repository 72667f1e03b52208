from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    name = "accounts"
    default = True

    def ready(self):
        from accounts import signals  # noqa: F401


class DeskConfig(admin_apps.AdminConfig):
    default = False
    default_site = "accounts.site.Desk"

"""Makes the groups that editors are put into."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.rights import make_groups


class Command(BaseCommand):
    help = "Make the groups of writers, editors in chief and operations, or give them their rights back."

    def handle(self, **options):
        self.stdout.write(_("Groups: %(names)s") % {"names": "、".join(make_groups())})

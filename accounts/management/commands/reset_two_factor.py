"""Lets somebody sign in with the password alone again, when phone and recovery codes are lost."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.two_factor import turn_off


class Command(BaseCommand):
    help = "Turn two-factor sign-in off for a user who lost both the phone and the recovery codes."

    def add_arguments(self, parser):
        parser.add_argument("username", help="The name the user signs in with.")

    def handle(self, *, username, **options):
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(_("There is no user named %(name)s.") % {"name": username})
        if not turn_off(user):
            raise CommandError(_("%(name)s does not use two-factor sign-in.") % {"name": username})
        self.stdout.write(_("%(name)s signs in with the password alone again.") % {"name": username})

"""What signing in leaves behind, whichever view does it."""

import logging

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.contrib.sessions.backends.db import SessionStore
from django.dispatch import receiver

from accounts.limits import client_address, forget_failures, note_failure
from accounts.two_factor import AWAITED, app_of

logger = logging.getLogger("accounts")


@receiver(user_login_failed, dispatch_uid="accounts.note")
def note(sender, credentials, request=None, **kwargs):
    if request is not None:
        name = credentials.get("username") or ""
        note_failure(request, name)
        logger.warning("Sign-in failed: %.150r from %s", name, client_address(request))


@receiver(user_logged_in, dispatch_uid="accounts.welcome")
def welcome(sender, request, user, **kwargs):
    """Ask whoever has an app for its code, before anything else is shown."""
    SessionStore.clear_expired()
    if app_of(user):
        request.session[AWAITED] = True
    else:
        forget_failures(request, user.get_username())

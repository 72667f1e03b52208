"""The second step of signing in: a code of an authenticator app, or one of the recovery codes kept on paper."""

from base64 import b32encode

import segno
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.crypto import get_random_string, salted_hmac
from django_otp import login, verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.limits import forget_failures

# Set in the session from the right password to the right code.
AWAITED = "code_awaited"
RECOVERY_CODES = 10
# Without letters and digits that look alike: 10 of them are 49 bits.
RECOVERY_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_LENGTH = 10


def apps() -> QuerySet[TOTPDevice]:
    """Return the authenticator apps that have shown a right code."""
    return TOTPDevice.objects.filter(confirmed=True)


def app_of(user: AbstractBaseUser) -> TOTPDevice | None:
    return apps().filter(user=user).first()


def begun(user: AbstractBaseUser) -> TOTPDevice | None:
    """Return the app that the user is about to set up."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).last()


@transaction.atomic
def begin(user: AbstractBaseUser) -> TOTPDevice:
    """Make a new secret, which counts from the first right code on."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="app", confirmed=False)


@transaction.atomic
def turn_on(device: TOTPDevice, code: str) -> list[str]:
    """Demand codes of the app from now on and return the recovery codes; none where the code is wrong."""
    if not is_right(device, code):
        return []
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    return new_recovery_codes(device.user)


def is_right(device: TOTPDevice, code: str) -> bool:
    return verify_token(device.user, device.persistent_id, code) is not None


@transaction.atomic
def new_recovery_codes(user: AbstractBaseUser) -> list[str]:
    """Replace the recovery codes; only their digests are kept."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="paper")
    codes = [get_random_string(RECOVERY_LENGTH, RECOVERY_CHARACTERS) for _number in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=kept(code))
    return codes


def kept(code: str) -> str:
    """Return the digest under which a recovery code is stored: 16 characters, as the table has room for."""
    return salted_hmac("accounts.two_factor", code, algorithm="sha256").hexdigest()[:16]


def recovery_codes_left(user: AbstractBaseUser) -> int:
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user))


def passed(user: AbstractBaseUser, text: str) -> Device | None:
    """Return what proved the user: six digits ask the app, anything else the recovery codes."""
    code = "".join(text.split()).replace("-", "").lower()
    if code.isdecimal():
        return verified(user, app_of(user), code)
    return verified(user, StaticDevice.objects.filter(user=user).first(), kept(code))


def verified(user: AbstractBaseUser, device: Device | None, token: str) -> Device | None:
    return verify_token(user, device.persistent_id, token) if device else None


def sign_in(request: HttpRequest, device: Device) -> None:
    """Complete the sign-in under a new session key."""
    request.session.cycle_key()
    request.session.pop(AWAITED, None)
    forget_failures(request, request.user.get_username())
    login(request, device)


@transaction.atomic
def turn_off(user: AbstractBaseUser) -> bool:
    """Forget the app and the recovery codes; tell whether there were any."""
    removed = [model.objects.filter(user=user).delete()[0] for model in (TOTPDevice, StaticDevice)]
    return any(removed)


def qr_code(device: TOTPDevice) -> str:
    """Return the picture that the app reads, as a data address."""
    return segno.make(device.config_url, error="m", micro=False).svg_data_uri(scale=5, border=3, light="white")


def secret(device: TOTPDevice) -> str:
    """Return what is typed into an app that reads no picture, in groups of four."""
    text = b32encode(device.bin_key).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))

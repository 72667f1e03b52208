"""How often signing in may fail before it has to wait.

A table rather than a cache: every worker and every host counts alike, and a cache that is down lets nobody through.
"""

from datetime import timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import SignInFailure

WINDOW = timedelta(minutes=15)
# Of one name from one address, so that nobody elsewhere can lock an editor out; and of one address, whatever the names.
LIMIT_OF_NAME = 5
LIMIT_OF_ADDRESS = 20


def client_address(request: HttpRequest) -> str:
    """Return where a request comes from; of IPv6 the network, as one machine has all of its addresses.

    A sender writes what it likes into X-Forwarded-For, so only what the trusted proxy added last counts.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.TRUST_PROXY else ""
    last = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(last)
    except ValueError:
        return ""
    return str(address) if address.version == 4 else str(ip_network((address, 64), strict=False))


def digest(name: str) -> str:
    return sha256(name.casefold().encode(errors="surrogatepass")).hexdigest()


def failures(request: HttpRequest) -> QuerySet[SignInFailure]:
    """Return the recent failures from the address of the request, oldest first."""
    since = timezone.now() - WINDOW
    return SignInFailure.objects.filter(address=client_address(request), at__gt=since).order_by("at")


def seconds_to_wait(request: HttpRequest, name: str) -> int:
    """Return in how many seconds this name may try again from where the request comes; 0: now."""
    recent = list(failures(request).values_list("name", "at"))
    of_name = [at for failed, at in recent if failed == digest(name)]
    of_address = [at for _failed, at in recent]
    ends = [
        times[-limit] + WINDOW
        for times, limit in ((of_name, LIMIT_OF_NAME), (of_address, LIMIT_OF_ADDRESS))
        if len(times) >= limit
    ]
    return max((int((end - timezone.now()).total_seconds()) + 1 for end in ends), default=0)


def note_failure(request: HttpRequest, name: str) -> None:
    now = timezone.now()
    SignInFailure.objects.filter(at__lte=now - WINDOW).delete()
    SignInFailure.objects.create(name=digest(name), address=client_address(request), at=now)


def forget_failures(request: HttpRequest, name: str) -> None:
    """A right password wipes the slate of its name, not that of the address: it may try other names."""
    SignInFailure.objects.filter(address=client_address(request), name=digest(name)).delete()

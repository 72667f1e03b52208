"""Where this site stands on the net: the one place that decides between the setting and the request."""

from django.conf import settings
from django.http import HttpRequest


def site_address(request: HttpRequest) -> str:
    """Return scheme and host of the site, without a slash: OPSQA_SITE_URL, or where the request came to."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def absolute(request: HttpRequest, path: str) -> str:
    return f"{site_address(request)}{path}"

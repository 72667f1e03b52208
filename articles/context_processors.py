"""What every template may need to know about the site."""

from django.conf import settings

from articles.addresses import site_address


def site(request) -> dict:
    return {
        "site_name": settings.SITE_NAME,
        "site_tagline": settings.SITE_TAGLINE,
        "site_url": site_address(request),
        "icp_number": settings.ICP_NUMBER,
        "police_number": settings.POLICE_NUMBER,
        "copyright_line": settings.COPYRIGHT,
        "contact": settings.CONTACT,
    }

"""What every template may need to know about the site."""

from django.conf import settings


def site(request) -> dict:
    return {
        "site_name": settings.SITE_NAME,
        "site_tagline": settings.SITE_TAGLINE,
        "site_url": settings.SITE_URL or f"{request.scheme}://{request.get_host()}",
        "icp_number": settings.ICP_NUMBER,
        "police_number": settings.POLICE_NUMBER,
        "copyright_line": settings.COPYRIGHT,
        "contact": settings.CONTACT,
    }

"""Small phrases that templates need: ordinals, excerpts, dates of a series."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.excerpts import excerpt
from articles.structured_data import to_json

register = template.Library()
register.filter(excerpt)

DIGITS = "零一二三四五六七八九"


@register.filter
def ordinal(number: int) -> str:
    """Return 其一, 其二 … for Chinese readers, No. 1, No. 2 … for others."""
    if not (get_language() or "").startswith("zh"):
        return _("No. %(number)s") % {"number": number}
    return f"其{chinese_number(number)}"


def chinese_number(number: int) -> str:
    """Return the number in Han characters; from 100 on in digits, which nobody writes out."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")


@register.filter
def stored_html(html: str) -> SafeString:
    """Print HTML that articles.markup made and cleaned when the text was written."""
    return mark_safe(html)


@register.filter
def json_ld(data: dict) -> SafeString:
    """Print structured data as a script element that holds data, not code."""
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(to_json(data)))

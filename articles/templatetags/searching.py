"""Marking what a search found, on the original text."""

from django import template
from django.utils.safestring import SafeString

from articles.excerpts import one_line
from articles.search.highlighting import highlight, snippet
from articles.search.query import Query

register = template.Library()


@register.filter
def marked(text: str, query: Query) -> SafeString:
    """Return the whole text, escaped, with every match marked."""
    return highlight(text, query)


@register.filter
def passage(html: str, query: Query) -> SafeString:
    """Return the passage of stored HTML that fits the query best, as text with every match marked."""
    return snippet(one_line(html), query)

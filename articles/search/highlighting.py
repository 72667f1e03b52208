# stub
from django.utils.html import escape


def highlight(text, query):
    return escape(text)


def snippet(text, query, length=90):
    return escape(text[:length])

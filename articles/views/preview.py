"""An unpublished article as readers will see it, for those who were given its link."""

from http import HTTPStatus

from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from articles.preview_links import Ended, previewed
from articles.views.articles import render_article
from articles.views.errors import error_page


@require_safe
def preview(request, token):
    """Answer with the saved state; once it is public, with the way to its page. No cache and no other site learns of it."""
    try:
        response = answer(request, previewed(token))
    except BadSignature as error:
        raise Http404 from error
    except Ended:
        response = error_page(HTTPStatus.GONE)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def answer(request, article):
    return redirect(article) if article.is_public else render_article(request, article, preview=True)

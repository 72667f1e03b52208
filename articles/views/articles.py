"""The list of all articles, and the page that everything else leads to."""

import io

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.addresses import absolute
from articles.excerpts import excerpt
from articles.models import Article, FormerPlace
from articles.reading_time import reading_minutes
from articles.related.reading import related_pairs
from articles.structured_data import faq_page
from articles.tallies.lists import articles_of_site
from articles.tallies.reading import column_months, years
from articles.views.lookup import find, follows_former_slugs, paginate

RELATED = 4
ON_THIS_DAY = 5


@require_safe
def article_list(request):
    page = paginate(articles_of_site(), request)
    return render(request, "articles/article_list.html", {"page": page, "years": years()})


@require_safe
@follows_former_slugs
def article(request, slug):
    return render_article(request, find(Article.objects.published().for_listing(), slug))


def render_article(
    request: HttpRequest, article: Article, *, preview: bool = False, framed: bool = False
) -> HttpResponse:
    """Answer with the article's page; a preview is the same page marked as one, in a frame without script."""
    context = article_context(article, preview=preview) | {"framed": framed}
    response = render(request, "articles/article.html", context)
    if preview:
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "private, no-store"
    return response


def article_context(article: Article, *, preview: bool = False) -> dict:
    pairs = list(article.pairs.all())
    siblings = Article.objects.published().filter(column=article.column)
    dated = article.published_at is not None
    return {
        "article": article,
        "pairs": pairs,
        "share_title": share_title(article, pairs),
        "description": article.summary or excerpt(pairs[0].question_html if pairs else ""),
        "topics": unique_topics(pairs),
        "minutes": reading_minutes(*(text for pair in pairs for text in (pair.question, pair.answer))),
        "previous": siblings.before(article).first() if dated else None,
        "next": siblings.after(article).first() if dated else None,
        "issue": issue(article) if dated else None,
        # Numbers are never given twice: where as many pairs stand here as were ever numbered, none has moved away.
        "moved": FormerPlace.objects.readable_in(article) if article.last_number > len(pairs) else [],
        "related": related_pairs(pairs, limit=RELATED),
        "on_this_day": on_this_day(article) if dated else [],
        "structured_data": faq_page(article, pairs),
        "preview": preview,
    }


def issue(article: Article) -> int:
    """Return which article of its column it is, from the first; of those before it only its own month's are counted."""
    local = timezone.localtime(article.published_at)
    month = local.year * 100 + local.month
    earlier = sum(row.articles for row in column_months([article.column_id]) if row.month < month)
    same = Article.objects.published().filter(column=article.column_id).in_month(local.year, local.month)
    return earlier + same.before(article).count() + 1


def share_title(article: Article, pairs) -> str:
    """Return what a shared link is called: the first heading, since articles of a column may share a title."""
    if len(pairs) < 2:
        return pairs[0].heading if pairs else article.title
    return _("%(first)s and more: %(n)s questions") % {"first": pairs[0].heading, "n": len(pairs)}


def on_this_day(article: Article):
    return Article.objects.published().on_this_day(article.published_at).prefetch_related("pairs")[:ON_THIS_DAY]


def unique_topics(pairs) -> list:
    """Return the topics of the pairs, each once, in the order readers meet them."""
    return list({topic.pk: topic for pair in pairs for topic in pair.topics.all()}.values())


@require_safe
@follows_former_slugs
def article_qr(request, slug):
    """The article's address as a QR code, for WeChat on the phone beside the screen."""
    row = find(Article.objects.published(), slug)
    image = io.BytesIO()
    code = segno.make(absolute(request, row.get_absolute_url()), error="m", micro=False)
    code.save(image, kind="svg", scale=4, border=2, xmldecl=False, svgclass=None, lineclass=None)
    return HttpResponse(image.getvalue(), content_type="image/svg+xml", headers={"X-Robots-Tag": "noindex"})

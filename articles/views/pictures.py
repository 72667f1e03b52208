"""Pictures of answers, as they are stored."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import condition, require_safe

from articles.models import Picture

# A name stands for its content, so whoever has it need never ask again.
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    # Readers of feeds show the pictures of an article on pages of their own.
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@require_safe
@condition(etag_func=lambda request, name: f'"{name}"')
def picture(request, name):
    data = get_object_or_404(Picture.objects.values_list("data", flat=True), name=name)
    return HttpResponse(bytes(data), content_type="image/webp", headers=HEADERS)

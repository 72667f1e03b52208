"""The list of links that lead readers nowhere, each with the card to mend it on."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.deadlinks import DeadLinks

PER_PAGE = 50


class DeadLinkViews:
    """What the article admin says of links within the site."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.dead_links)
        return [path("dead-links/", view, name="articles_article_dead_links"), *super().get_urls()]

    @method_decorator([require_safe, never_cache])
    def dead_links(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            "title": gettext("Dead links"),
            "page": Paginator(DeadLinks(), PER_PAGE).get_page(request.GET.get("page")),
            "opts": self.opts,
        }
        return render(
            request, "admin/articles/article/dead_links.html", self.admin_site.each_context(request) | context
        )

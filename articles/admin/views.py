"""What the article form asks the server for: previews, punctuation, topics."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.admin.suggestions import suggest_topics
from articles.admin.unsaved import kept_cards, shown_article, unsaved_form
from articles.markup import render_markdown
from articles.models import Article
from articles.models.bases import TEXT_LIMIT
from articles.punctuation import to_full_width
from articles.views.articles import render_article


class ArticleViews:
    """Extra addresses of the article admin, open to those who may see or write articles."""

    def get_urls(self):
        views = [
            ("<int:pk>/preview/", self.preview_article, "preview"),
            ("preview-unsaved/", self.preview_unsaved, "preview_new"),
            ("<int:pk>/preview-unsaved/", self.preview_unsaved, "preview_unsaved"),
            ("preview-answer/", self.preview_answer, "preview_answer"),
            ("widen-punctuation/", self.widen_punctuation, "widen_punctuation"),
            ("suggest-topics/", self.suggest_topics, "suggest_topics"),
        ]
        wrap = self.admin_site.admin_view
        own = [path(route, wrap(view), name=f"articles_article_{name}") for route, view, name in views]
        return own + super().get_urls()

    def demand_rights(self, request, article=None):
        if not (self.has_view_permission(request, article) or (article is None and self.has_add_permission(request))):
            raise PermissionDenied

    def demand_writing(self, request, article=None):
        """Demand the right to change the article, or to add one."""
        if not (self.has_change_permission(request, article) if article else self.has_add_permission(request)):
            raise PermissionDenied

    @method_decorator([require_safe, never_cache])
    def preview_article(self, request, pk):
        """The public page of the article as it is saved, whatever its status."""
        article = get_object_or_404(Article.objects.for_listing(), pk=pk)
        self.demand_rights(request, article)
        if not article.pairs.all():
            self.message_user(request, gettext("There is nothing to preview yet."), messages.WARNING)
            return redirect("admin:articles_article_change", pk)
        return render_article(request, article, preview=True)

    @method_decorator([require_POST, never_cache])
    def preview_unsaved(self, request, pk=None):
        """The public page of what the form holds, for a frame that runs nothing; nothing is stored."""
        article = get_object_or_404(Article, pk=pk) if pk else None
        self.demand_writing(request, article)
        form, cards = unsaved_form(self, request, article)
        shown = shown_article(form.instance, kept_cards(cards))
        return render_article(request, shown, preview=True, framed=True)

    @method_decorator([require_POST, never_cache])
    def preview_answer(self, request):
        """A whole page with one unsaved answer, shown in a frame that runs nothing."""
        self.demand_rights(request)
        html = render_markdown(request.POST.get("text", "")[:TEXT_LIMIT])
        return render(request, "admin/articles/article/answer.html", {"html": html})

    @method_decorator([require_POST, never_cache])
    def widen_punctuation(self, request):
        self.demand_rights(request)
        text = request.POST.get("text", "").replace("\r\n", "\n")
        return HttpResponse(to_full_width(text[:TEXT_LIMIT]) + text[TEXT_LIMIT:], content_type="text/plain")

    @method_decorator([require_safe, never_cache])
    def suggest_topics(self, request):
        self.demand_rights(request)
        return JsonResponse({"topics": suggest_topics(request.GET.get("q", ""))})

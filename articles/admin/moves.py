"""Moving a question to another article: look for the article, then move."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.admin.lookup import find_articles
from articles.choices import Status
from articles.models import Article, QAPair
from articles.moving import NotMoved, move_pair
from articles.revisions import recorded

MOST_OFFERED = 20
REASONS = {
    NotMoved.SAME: _("It is in this article already."),
    NotMoved.LAST: _("It is the last question of a published article: withdraw that first."),
    NotMoved.INCOMPLETE: _("It has a gap, and that article is published: fill the gap first."),
}


class PairMoves:
    """The page of the article admin on which a question is sent to another article."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.move_question)
        return [path("move-question/<int:pk>/", view, name="articles_article_move_question"), *super().get_urls()]

    @method_decorator([require_http_methods(["GET", "HEAD", "POST"]), never_cache])
    def move_question(self, request, pk):
        pair = get_object_or_404(QAPair.objects.select_related("article"), pk=pk)
        self.demand_move(request, pair.article)
        if request.method == "POST":
            key = request.POST.get("to", "")
            target = get_object_or_404(Article, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
            self.demand_move(request, target)
            return self.carry_over(request, pair, target)
        return self.offer_articles(request, pair)

    def demand_move(self, request, article) -> None:
        """Demand the right to change the article; what readers see is changed by those who publish."""
        is_live = article.status == Status.PUBLISHED
        if not self.has_change_permission(request, article) or (is_live and not self.has_publish_permission(request)):
            raise PermissionDenied

    def offer_articles(self, request, pair):
        text = request.GET.get("q", "").strip()
        keys = list(find_articles(text))[: 2 * MOST_OFFERED] if text else []
        found = Article.objects.kept().exclude(pk=pair.article_id).with_headings().in_bulk(keys)
        articles = [found[key] for key in keys if key in found][:MOST_OFFERED]
        context = {
            "title": gettext("Move the question to another article"),
            "opts": self.opts,
            "pair": pair,
            "q": text,
            "articles": articles,
        }
        return render(request, "admin/articles/article/move.html", context | self.admin_site.each_context(request))

    def carry_over(self, request, pair, target):
        source, names = pair.article, {"question": pair.heading or gettext("New question")}
        try:
            with recorded([source, target], by=request.user, note=gettext("Question moved")):
                move_pair(pair, target, now=timezone.now())
                said = gettext("“%(question)s” moved to 《%(title)s》.")
                self.log_change(request, source, said % (names | {"title": target}))
                said = gettext("“%(question)s” moved here from 《%(title)s》.")
                self.log_change(request, target, said % (names | {"title": source}))
        except NotMoved as refusal:
            self.message_user(request, REASONS[refusal.args[0]], messages.ERROR)
            return redirect("admin:articles_article_move_question", pair.pk)
        text = (
            gettext("“%(question)s” is the last question of this article now; links to its old place lead here.")
            % names
        )
        self.message_user(request, text, messages.SUCCESS)
        return redirect("admin:articles_article_change", target.pk)

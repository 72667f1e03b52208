"""An article's way from draft to readers and back: who may send it where, from the form."""

from django.contrib import messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles import publishing
from articles.choices import Status
from articles.models import Article
from articles.revisions import recorded

# What only those who publish may set.
PUBLISHERS_FIELDS = ["published_at", "expires_at"]
STATES = [Status.DRAFT, Status.REVIEW, Status.PUBLISHED]


class Workflow:
    """Rights and buttons of an article's states, for the article admin."""

    def get_urls(self):
        views = [("trash", self.trash_article), ("restore", self.restore_article), ("confirm", self.confirm_article)]
        wrap = self.admin_site.admin_view
        own = [path(f"<int:pk>/{name}/", wrap(view), name=f"articles_article_{name}") for name, view in views]
        return own + super().get_urls()

    # Rights

    def has_publish_permission(self, request):
        codename = get_permission_codename("publish", self.opts)
        return self.has_change_permission(request) and request.user.has_perm(f"{self.opts.app_label}.{codename}")

    def has_change_permission(self, request, obj=None):
        """What lies in the trash is looked at, restored or deleted."""
        return super().has_change_permission(request, obj) and not is_trashed(obj)

    def has_delete_permission(self, request, obj=None):
        """Only what lies in the trash is deleted for good."""
        return super().has_delete_permission(request, obj) and (obj is None or is_trashed(obj))

    def may_trash(self, request, article):
        """Tell whether the user may take the article away: from readers, only who publishes."""
        is_live = article.status == Status.PUBLISHED
        return self.has_publish_permission(request) if is_live else self.has_change_permission(request, article)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if self.has_publish_permission(request):
            return fields
        is_live = obj is not None and obj.status == Status.PUBLISHED
        return [*fields, *PUBLISHERS_FIELDS, *(["status"] if is_live else [])]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "status":
            may_publish = self.has_publish_permission(request)
            kwargs["choices"] = [(s.value, s.label) for s in STATES if may_publish or s != Status.PUBLISHED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def render_change_form(self, request, context, **kwargs):
        article = kwargs.get("obj")
        # A form that comes back with errors has written what was chosen into the article already.
        status = context["adminform"].form.initial.get("status", article.status if article else Status.DRAFT)
        is_live = article is not None and status == Status.PUBLISHED
        context |= {
            "may_publish": self.has_publish_permission(request) and not is_live,
            "may_submit": status == Status.DRAFT,
            "may_trash": article is not None and not is_trashed(article) and self.may_trash(request, article),
            "may_restore": is_trashed(article) and super().has_change_permission(request, article),
            "may_confirm": is_live and self.has_change_permission(request, article),
        }
        return super().render_change_form(request, context, **kwargs)

    # Buttons of the form

    @method_decorator([require_POST, never_cache])
    def trash_article(self, request, pk):
        article = get_object_or_404(Article.objects.kept(), pk=pk)
        if not self.may_trash(request, article):
            raise PermissionDenied
        self.carry_out(request, [article], publishing.trash, gettext("Moved to the trash."))
        text = gettext("《%(title)s》 lies in the trash, where it can be restored.") % {"title": article}
        self.message_user(request, text, messages.SUCCESS)
        return redirect("admin:articles_article_changelist")

    @method_decorator([require_POST, never_cache])
    def restore_article(self, request, pk):
        article = get_object_or_404(Article, pk=pk, status=Status.TRASHED)
        if not super().has_change_permission(request, article):
            raise PermissionDenied
        self.carry_out(request, [article], publishing.restore, gettext("Restored from the trash."))
        self.message_user(request, gettext("《%(title)s》 is a draft again.") % {"title": article}, messages.SUCCESS)
        return redirect("admin:articles_article_change", pk)

    @method_decorator([require_POST, never_cache])
    def confirm_article(self, request, pk):
        article = get_object_or_404(Article, pk=pk, status=Status.PUBLISHED)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        self.carry_out(request, [article], confirm_today, gettext("Checked: it still holds."))
        article.refresh_from_db(fields=["review_by"])
        text = gettext("Noted as still valid; to be checked again by %(day)s.") % {"day": article.review_by}
        self.message_user(request, text, messages.SUCCESS)
        return redirect("admin:index") if "_today" in request.POST else redirect("admin:articles_article_change", pk)

    def carry_out(self, request, articles, act, said):
        """Do the act and write it into the histories of the articles; return on how many it was done."""
        with recorded(articles, by=request.user, note=said):
            count = act(articles)
            for article in articles:
                self.log_change(request, article, said)
        return count


def is_trashed(article) -> bool:
    return article is not None and article.status == Status.TRASHED


def confirm_today(articles) -> int:
    return publishing.confirm(articles, today=timezone.localdate())

"""An article's way from draft to readers and back: who may send it where, from the list and from the form."""

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles import publishing
from articles.choices import Status
from articles.models import Article

# What only those who publish may set.
PUBLISHERS_FIELDS = ["published_at", "expires_at"]
STATES = [Status.DRAFT, Status.REVIEW, Status.PUBLISHED]


class Workflow:
    """Rights, actions and buttons of an article's states, for the article admin."""

    actions = [
        "submit_selected",
        "publish_selected",
        "withdraw_selected",
        "confirm_selected",
        "export_selected",
        "trash_selected",
    ]

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
        with transaction.atomic():
            count = act(articles)
            for article in articles:
                self.log_change(request, article, said)
        return count

    # Actions of the list

    def get_actions(self, request):
        """Offer restoring and deleting for good in the trash, and neither elsewhere."""
        if request.GET.get("status") != Status.TRASHED:
            actions = super().get_actions(request)
            actions.pop("delete_selected", None)
            return actions
        own = [
            self.get_action("restore_selected"),
            (delete_selected, "delete_selected", delete_selected.short_description),
        ]
        kept = self._filter_actions_by_permissions(request, own)
        return {name: (function, name, description) for function, name, description in kept}

    @admin.action(description=_("Submit for review"), permissions=["change"])
    def submit_selected(self, request, queryset):
        drafts = list(queryset.filter(status=Status.DRAFT))
        count = self.carry_out(request, drafts, publishing.submit, gettext("Submitted for review."))
        self.say(request, ngettext("%(count)d article submitted.", "%(count)d articles submitted.", count), count)

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish_selected(self, request, queryset):
        unpublished = list(queryset.filter(status__in=publishing.UNPUBLISHED))
        ready = list(publishing.ready_to_publish(unpublished))
        count = self.carry_out(request, ready, publish_now, gettext("Published."))
        self.say(request, ngettext("%(count)d article published.", "%(count)d articles published.", count), count)
        self.name_unready([article for article in unpublished if article not in ready], request)

    def name_unready(self, articles, request):
        if articles:
            titles = "".join(f"《{article.title}》" for article in articles[:5]) + ("…" if len(articles) > 5 else "")
            text = gettext("%(count)d not published, because a question or an answer is missing: %(titles)s")
            self.message_user(request, text % {"count": len(articles), "titles": titles}, messages.WARNING)

    @admin.action(description=_("Withdraw"), permissions=["publish"])
    def withdraw_selected(self, request, queryset):
        shown = list(queryset.filter(status__in=[Status.REVIEW, Status.PUBLISHED]))
        count = self.carry_out(request, shown, publishing.withdraw, gettext("Withdrawn."))
        self.say(request, ngettext("%(count)d article withdrawn.", "%(count)d articles withdrawn.", count), count)

    @admin.action(description=_("Still valid"), permissions=["change"])
    def confirm_selected(self, request, queryset):
        published = list(queryset.filter(status=Status.PUBLISHED))
        count = self.carry_out(request, published, confirm_today, gettext("Checked: it still holds."))
        text = ngettext("%(count)d article noted as still valid.", "%(count)d articles noted as still valid.", count)
        self.say(request, text, count)

    @admin.action(description=_("Move to the trash"), permissions=["change"])
    def trash_selected(self, request, queryset):
        articles = [article for article in queryset.kept() if self.may_trash(request, article)]
        count = self.carry_out(request, articles, publishing.trash, gettext("Moved to the trash."))
        text = ngettext("%(count)d article moved to the trash.", "%(count)d articles moved to the trash.", count)
        self.say(request, text, count)

    @admin.action(description=_("Restore"), permissions=["change"])
    def restore_selected(self, request, queryset):
        trashed = list(queryset.filter(status=Status.TRASHED))
        count = self.carry_out(request, trashed, publishing.restore, gettext("Restored from the trash."))
        self.say(request, ngettext("%(count)d article restored.", "%(count)d articles restored.", count), count)

    def say(self, request, text, count):
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.INFO)


def is_trashed(article) -> bool:
    return article is not None and article.status == Status.TRASHED


def publish_now(articles) -> int:
    return publishing.publish(articles, now=timezone.now())


def confirm_today(articles) -> int:
    return publishing.confirm(articles, today=timezone.localdate())

"""Acts that move articles on their way: submitted, published, withdrawn, checked, into the trash and out of it."""

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import publishing
from articles.admin.bulk.operations import Operation
from articles.choices import Status
from articles.models import Article


def is_in(*states):
    return lambda article: article.status in states


def gap_rule(articles):
    """Keep out what readers would find a gap in. Costs one query."""
    whole = set(
        publishing.complete(Article.objects.filter(pk__in=[a.pk for a in articles])).values_list("pk", flat=True)
    )
    return gettext("a question or an answer is missing"), lambda article: article.pk not in whole


class Submit(Operation):
    name = "submit_selected"
    label = _("Submit for review")
    effect = _("Drafts are handed to those who publish.")

    def rules(self, articles, data):
        return [
            (gettext("in review already"), is_in(Status.REVIEW)),
            (gettext("published already"), is_in(Status.PUBLISHED)),
        ]

    def carry_out(self, articles, data):
        publishing.submit(articles)

    def said(self, data):
        return gettext("Submitted for review.")


class Publish(Operation):
    name = "publish_selected"
    label = _("Publish")
    effect = _("Readers see them at once; what has a time to come, from then on.")
    permission = "publish"

    def rules(self, articles, data):
        return [
            (gettext("published already"), is_in(Status.PUBLISHED)),
            gap_rule(articles),
            (gettext("it would expire before it is published"), ends_by(timezone.now())),
        ]

    def carry_out(self, articles, data):
        publishing.publish(articles, now=timezone.now())

    def said(self, data):
        return gettext("Published.")


def ends_by(moment):
    """Tell of articles whether they would end before they begin, if published at the moment unless they have a time."""
    return lambda article: article.published_at is None and article.expires_at and article.expires_at <= moment


class Withdraw(Operation):
    name = "withdraw_selected"
    label = _("Withdraw")
    effect = _("They are drafts again, and readers no longer find them.")
    permission = "publish"

    def rules(self, articles, data):
        return [(gettext("a draft already"), is_in(Status.DRAFT))]

    def carry_out(self, articles, data):
        publishing.withdraw(articles)

    def said(self, data):
        return gettext("Withdrawn.")


class Confirm(Operation):
    name = "confirm_selected"
    label = _("Still valid")
    effect = _("They are noted as checked today; the next check comes after as long a time as before.")

    def rules(self, articles, data):
        return [(gettext("not published"), is_in(*publishing.UNPUBLISHED))]

    def carry_out(self, articles, data):
        publishing.confirm(articles, today=timezone.localdate())

    def said(self, data):
        return gettext("Checked: it still holds.")


class Trash(Operation):
    name = "trash_selected"
    label = _("Move to the trash")
    effect = _("Readers no longer find them; from the trash they can be restored.")
    is_grave = True

    def rules(self, articles, data):
        return [
            (
                gettext("only those who publish may take it from readers"),
                lambda article: not self.admin.may_trash(self.request, article),
            )
        ]

    def carry_out(self, articles, data):
        publishing.trash(articles)

    def said(self, data):
        return gettext("Moved to the trash.")


class Restore(Operation):
    name = "restore_selected"
    label = _("Restore")
    effect = _("They are drafts again.")
    in_trash = True

    def base_rules(self):
        return [(gettext("not in the trash"), lambda article: article.status != Status.TRASHED)]

    def carry_out(self, articles, data):
        publishing.restore(articles)

    def said(self, data):
        return gettext("Restored from the trash.")


class Delete(Restore):
    name = "delete_selected"
    label = _("Delete for good")
    effect = _("They, their questions and their addresses are gone for ever.")
    permission = "delete"
    is_grave = True

    @classmethod
    def is_allowed(cls, model_admin, request):
        return super().is_allowed(model_admin, request) and request.user.has_perm("articles.delete_qapair")

    def carry_out(self, articles, data):
        Article.objects.filter(pk__in=[article.pk for article in articles], status=Status.TRASHED).delete()

    def said(self, data):
        return gettext("Deleted for good.")

    def write_down(self, articles, data):
        self.admin.log_deletions(self.request, articles)

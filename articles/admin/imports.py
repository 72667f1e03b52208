"""Articles from a file: chosen, checked and explained row by row, and only then written."""

from pathlib import PurePosixPath

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.importing import planning
from articles.importing.copies import FIELD, FIELDS, FileRefused
from articles.importing.reading import EXPORTS, SUFFIXES, TABLES, FileRead, read_file
from articles.importing.uploads import drop_upload, find_upload, keep_upload
from articles.importing.writing import write_articles
from articles.models import Column

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 2_000
MOST_POSTS = 300  # each is read like a page, which takes longer
SHOWN_ARTICLES = 50


class UploadForm(forms.Form):
    file = forms.FileField(label=_("file"), widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if PurePosixPath(file.name.lower()).suffix not in SUFFIXES:
            raise ValidationError(_("Only %(suffixes)s files are read."), params={"suffixes": " ".join(SUFFIXES)})
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than %(size)d MB."), params={"size": MOST_BYTES // 1024**2})
        return file


class TermsForm(forms.Form):
    """What the editor decides of an import: what each column is, and what becomes of the articles."""

    column = forms.ModelChoiceField(
        Column.objects.all(), required=False, label=_("Articles that name no column go into")
    )
    publish = forms.BooleanField(required=False, label=_("Give articles the status that the file states"))
    skip = forms.ChoiceField(
        label=_("Articles with problems"),
        required=False,
        initial="",
        choices=[("", _("keep the whole file out")), ("1", _("are left out, the others come in"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, data, *, table, may_publish):
        super().__init__(data)
        self.table = table
        choices = [("", _("not imported")), *((kind.name, kind.label) for kind in FIELDS)]
        for index, (header, name, _samples) in enumerate(table.columns if table else ()):
            self.fields[f"field-{index}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                initial=name,
                label=header or gettext("column %(n)d") % {"n": index + 1},
            )
        if not may_publish:
            del self.fields["publish"]

    def mapping(self) -> list[str] | None:
        """Return the field of each column as chosen; None before anything is."""
        if not (self.is_bound and self.table and self.is_valid()):
            return None
        return [self.cleaned_data[f"field-{index}"] for index in range(len(self.table.header))]

    def columns(self):
        """Yield each column's choice with its first values."""
        for index, (_header, _name, samples) in enumerate(self.table.columns if self.table else ()):
            yield self[f"field-{index}"], samples


class ImportViews:
    """The two pages of an import: choosing the file, and what it would change."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            path("import/", wrap(self.choose_import), name="articles_article_import"),
            path("import/<str:token>/", wrap(self.check_import), name="articles_article_check_import"),
        ]
        return own + super().get_urls()

    @method_decorator([require_http_methods(["GET", "HEAD", "POST"]), never_cache])
    def choose_import(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            token = keep_upload(file.read(), file.name[-80:], request.user.pk)
            return redirect("admin:articles_article_check_import", token)
        context = {"form": form, "fields": FIELDS, "most": MOST_ROWS, "most_bytes": MOST_BYTES // 1024**2}
        return self.render_import(request, "import.html", context)

    @method_decorator([require_http_methods(["GET", "HEAD", "POST"]), never_cache])
    def check_import(self, request, token):
        if not self.has_add_permission(request):
            raise PermissionDenied
        upload = find_upload(token, request.user.pk)
        if upload is None:
            self.message_user(request, gettext("The file is no longer here. Please choose it again."), messages.WARNING)
            return redirect("admin:articles_article_import")
        try:
            form, read = self.read_upload(request, *upload)
        except FileRefused as refusal:
            self.message_user(request, f"{upload[1]}：{refusal}", messages.ERROR)
            return redirect("admin:articles_article_import")
        if "_import" in request.POST and not read.faults and form.is_valid():
            written = self.carry_out_import(request, form, read, upload[1])
            if written is not None:
                drop_upload(token)
                return redirect("admin:articles_article_changelist")
        return self.show_plan(request, form, read, upload[1])

    def read_upload(self, request, data, name) -> tuple[TermsForm, FileRead]:
        """Return the form of decisions and what the file holds under them."""
        most = MOST_POSTS if name.lower().endswith(EXPORTS) else MOST_ROWS
        read = read_file(data, name, most=most)
        may_publish = self.has_publish_permission(request)
        form = TermsForm(request.POST or None, table=read.table, may_publish=may_publish)
        mapping = form.mapping()
        if mapping is not None and read.table is not None and mapping != list(read.table.mapping):
            read = read_file(data, name, mapping=mapping, most=most)
        return form, read

    def terms(self, request, form) -> planning.Terms:
        decided = form.cleaned_data if form.is_bound and form.is_valid() else {}
        user = request.user
        return planning.Terms(
            column=decided.get("column"),
            keeps_status=bool(decided.get("publish")),
            may_publish=self.has_publish_permission(request),
            may_change=self.has_change_permission(request),
            may_add_columns=user.has_perms(["articles.add_column", "articles.add_author"]),
            may_add_topics=user.has_perm("articles.add_topic"),
        )

    def carry_out_import(self, request, form, read, name):
        """Write the articles and their histories; None where problems keep them out."""
        skips = bool(form.cleaned_data["skip"])
        with transaction.atomic():
            written = write_articles(read.copies, self.terms(request, form), skips_refused=skips, by=request.user)
            said = gettext("Imported from %(file)s.") % {"file": name}
            for flag, articles in ((ADDITION, written.new), (CHANGE, written.changed)):
                if articles:
                    LogEntry.objects.log_actions(request.user.pk, articles, flag, said)
        if written.refused and not skips:
            self.message_user(request, gettext("Nothing was imported: see the problems below."), messages.ERROR)
            return None
        counts = {"new": len(written.new), "changed": len(written.changed), "same": written.same}
        text = gettext("Imported: %(new)d articles new, %(changed)d changed, %(same)d as they were.") % counts
        self.message_user(request, text, messages.SUCCESS)
        if count := len(written.refused):
            left_out = ngettext("%(count)d article was left out.", "%(count)d articles were left out.", count)
            self.message_user(request, left_out % {"count": count}, messages.WARNING)
        return written

    def show_plan(self, request, form, read, name):
        plans = list(planning.plan_articles(read.copies, self.terms(request, form)))
        counts = {outcome: sum(plan.outcome == outcome for plan in plans) for outcome in planning.OUTCOMES}
        refused = [plan for plan in plans if plan.problems]
        coming = [plan for plan in plans if not plan.problems]
        coming.sort(key=lambda plan: planning.OUTCOMES.index(plan.outcome))
        context = {
            "form": form,
            "name": name,
            "faults": read.faults,
            "notes": read.notes,
            "is_table": name.lower().endswith(TABLES),
            "counts": counts,
            "writes": counts["new"] + counts["changed"],
            "refused": refused,
            "shown": [describe(plan) for plan in coming[:SHOWN_ARTICLES]],
            "more": max(len(coming) - SHOWN_ARTICLES, 0),
        }
        return self.render_import(request, "import_check.html", context)

    def render_import(self, request, template, context):
        context = {"title": gettext("Import"), "opts": self.opts, "media": self.media} | context
        return render(request, f"admin/articles/article/{template}", self.admin_site.each_context(request) | context)


def describe(plan: planning.Plan) -> dict:
    """Return one article as the page lists it."""
    changed = [str(FIELD[name].label) for name in plan.changes if name in FIELD]
    return {
        "title": plan.article.title,
        "column": plan.column or plan.copy.values.get("column") or plan.article.column,
        "is_new_column": plan.column is None and plan.article.pk is None,
        "outcome": plan.outcome,
        "key": plan.article.pk,
        "pairs": plan.pairs,
        "place": plan.copy.place,
        "changes": changed if plan.outcome == planning.CHANGED else [],
    }

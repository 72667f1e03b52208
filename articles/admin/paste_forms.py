"""The forms of pasting a page: the page itself, what the page says of itself, and its rows."""

from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.fields import LongTextField, NamesField
from articles.admin.forms import in_calendar
from articles.choices import Origin
from articles.importing.docx import read_docx
from articles.importing.importer import column_title, known_column, origin_of, time_of, valid_url
from articles.importing.page import decode_page, storable
from articles.importing.records import PageRefused, ParsedPage, ParsedPair
from articles.importing.review import Head, Part, Row
from articles.models import Article, Author, Column
from articles.punctuation import drop_invisible
from articles.topics import parse_topics

LARGEST = 2_000_000  # bytes of a file of text
LARGEST_DOCX = 10_000_000  # pictures count, though they are left out
MOST_CHARACTERS = 1_000_000
MOST_ROWS = 1_000  # with their heads they stay below the number of fields that one request may have
DOCX = ".docx"
SUFFIXES = (".txt", ".md", ".html", ".htm", DOCX)
HEAD_FIELDS = ("heading", "signature", "topics")
PARTS = {part.value: part for part in Part}


class PasteForm(forms.Form):
    """A page as text, or as a file; its text is then in cleaned_data["source"]."""

    text = LongTextField(
        label=_("Text or HTML"),
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea({"rows": 12, "class": "pasted", "data-pasted": ""}),
    )
    file = forms.FileField(
        label=_("or a file"),
        required=False,
        widget=forms.FileInput({"accept": ",".join(SUFFIXES), "data-file": ""}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is not None:
            try:
                self.cleaned_data["source"] = read_upload(file)
            except PageRefused as refusal:
                name = drop_invisible(file.name)[-60:]
                raise ValidationError("%(name)s: %(reason)s", params={"name": name, "reason": refusal}) from refusal
        return file

    def clean(self):
        data = super().clean()
        data.setdefault("source", data.get("text", ""))
        if not self.errors and not data["source"].strip():
            raise ValidationError(_("Paste a text, or choose a file."))
        if len(data["source"]) > MOST_CHARACTERS:
            raise ValidationError(_("The page is too long."))
        return data


def read_upload(file) -> str:
    """Return the text of an uploaded file. Raises PageRefused with one sentence."""
    suffix = PurePath(file.name).suffix.lower()
    if suffix not in SUFFIXES:
        raise PageRefused(_("Only %(suffixes)s files are read.") % {"suffixes": " ".join(SUFFIXES)})
    most = LARGEST_DOCX if suffix == DOCX else LARGEST
    if file.size > most:
        raise PageRefused(_("The file is larger than %(most)d MB.") % {"most": most // 1_000_000})
    return read_docx(file.read()) if suffix == DOCX else decode_page(file.read())


class LocalMomentInput(forms.DateTimeInput):
    """Date and time by the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class FactsForm(forms.Form):
    """What is saved beside the pairs."""

    title = forms.CharField(label=_("title"), max_length=Article._meta.get_field("title").max_length)
    column = forms.ModelChoiceField(
        Column.objects.all(), label=_("column"), required=False, empty_label=_("A new column")
    )
    new_column = forms.CharField(
        label=_("new column"), max_length=Column._meta.get_field("title").max_length, required=False
    )
    author = forms.CharField(
        label=_("answered by"), max_length=Author._meta.get_field("name").max_length, required=False
    )
    published_at = forms.DateTimeField(label=_("published at"), required=False, widget=LocalMomentInput)
    origin = forms.ChoiceField(label=_("origin"), choices=Origin)
    source_name = forms.CharField(
        label=_("source"), max_length=Article._meta.get_field("source_name").max_length, required=False
    )
    source_url = forms.URLField(
        label=_("source link"),
        max_length=Article._meta.get_field("source_url").max_length,
        required=False,
        assume_scheme="https",
    )
    source = LongTextField(
        label=_("raw text"),
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea({"readonly": True, "rows": 12, "class": "source"}),
    )

    def __init__(self, *args, makes_columns: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not makes_columns:
            del self.fields["new_column"], self.fields["author"]
            self.fields["column"].required = True
            self.fields["column"].empty_label = "---------"

    def clean_published_at(self):
        return in_calendar(self.cleaned_data["published_at"])

    def clean(self):
        data = super().clean()
        if not (self.errors or data.get("column") or data.get("new_column")):
            self.add_error("new_column", _("Choose a column, or name a new one."))
        return data

    def page(self, pairs: list[ParsedPair]) -> ParsedPage:
        """Return the page as it is to be saved."""
        data = self.cleaned_data
        return ParsedPage(
            title=data["title"],
            column_title=data.get("new_column", ""),
            author_name=data.get("author", ""),
            source_name=data["source_name"],
            source_url=data["source_url"],
            published_at=data["published_at"],
            earliest=None,
            latest=None,
            pairs=tuple(pairs),
            topics=tuple(dict.fromkeys(name for pair in pairs for name in pair.topics)),
            raw_text=storable(data["source"]),
        )


def facts_of(page: ParsedPage) -> dict:
    """Return what the page says of itself, as the form's first values."""
    column = known_column(page)
    return {
        "title": page.title[:200],
        "column": column and column.pk,
        "new_column": "" if column else column_title(page)[:100],
        "author": page.author_name[:60],
        "published_at": time_of(page),
        "origin": origin_of(page),
        "source_name": page.source_name[:100],
        "source_url": valid_url(page.source_url),
        "source": page.raw_text,
    }


def read_rows(data: QueryDict) -> list[Row]:
    """Return the rows that were sent, whatever they hold."""
    count = data.get("rows", "")
    rows = range(min(int(count), MOST_ROWS) if count.isdecimal() and len(count) < 6 else 0)
    return [read_row(data, f"row-{index}") for index in rows if f"row-{index}-text" in data]


def read_row(data: QueryDict, name: str) -> Row:
    part = PARTS.get(data.get(f"{name}-part"), Part.DROPPED)
    head = read_head(data, name) if f"{name}-begins" in data else None
    return Row(storable(data[f"{name}-text"]), part, head)


def read_head(data: QueryDict, name: str) -> Head:
    """Return the head of a pair. Where its topics were never looked for, they are still to be found."""
    is_new = f"{name}-topics" not in data or f"{name}-new" in data
    heading, signature, topics = (storable(data.get(f"{name}-{field}", "")) for field in HEAD_FIELDS)
    return Head(heading.strip(), signature.strip(), tuple(parse_topics(topics)) or (None if is_new else ()))


def problems_of(pairs: list[ParsedPair]) -> list[str]:
    """Say what keeps the pairs from being saved; a draft may lack answers, not questions."""
    if not pairs:
        return [gettext("There is nothing to save yet: mark at least one question.")]
    found = []
    for number, pair in enumerate(pairs, 1):
        if not pair.question:
            found.append(gettext("Question %(number)d has no letter.") % {"number": number})
        try:
            NamesField(required=False).clean("、".join(pair.topics))
        except ValidationError as error:
            reason = {"number": number, "reason": " ".join(error.messages)}
            found.append(gettext("Question %(number)d: %(reason)s") % reason)
    return found

"""An article as a file holds it, and the fields by which tables and front matter name its parts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.choices import Origin, Status
from articles.importing.dates import SHANGHAI, find_date
from articles.importing.page import storable
from articles.topics import parse_topics

# What lies in the trash is in no file.
STATES = (Status.DRAFT, Status.REVIEW, Status.PUBLISHED)


class ValueRefused(Exception):
    """A value does not fit its field; the reason is one sentence for the editor."""


class FileRefused(Exception):
    """The file as a whole cannot be read; the reason is one sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something of a file is not imported: where it stands, under which name, and the reason."""

    place: str
    field: str
    reason: str

    def __str__(self) -> str:
        return "：".join(part for part in (self.place, str(self.field), str(self.reason)) if part)


@dataclass(slots=True)
class PairCopy:
    """A pair's stated values; what is not stated is missing. Topics are a tuple of names."""

    place: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class ArticleCopy:
    """An article's stated values, its pairs in order, and what is wrong with them."""

    place: str
    values: dict[str, Any] = field(default_factory=dict)
    pairs: list[PairCopy] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    source_text: str = ""
    is_new_only: bool = False
    addresses: tuple[str, ...] = ()  # where it stood on the site it comes from

    @property
    def title(self) -> str:
        return self.values.get("title", "")


@dataclass(frozen=True, slots=True)
class FieldKind:
    """One part of an article or pair: its name here, before editors, and in the files of others."""

    name: str
    label: str | Promise
    read: Callable[[str], Any]
    others: tuple[str, ...] = ()
    of_pair: bool = False

    def is_called(self, header: str) -> bool:
        return fold_header(header) in {fold_header(name) for name in (self.name, str(self.label), *self.others)}


def fold_header(text: str) -> str:
    """Return a heading without what people vary: case, blanks, underscores, a remark in brackets."""
    bare = text.split("(")[0].split("（")[0]
    return "".join(character for character in bare.casefold() if character not in " \t\n_-*:：\u3000\ufeff")


def plain_lines(text: str) -> str:
    """Return the text with plain line ends, without what no database stores; nothing else is touched."""
    return storable(text.replace("\r\n", "\n").replace("\r", "\n"))


def read_line(text: str) -> str:
    return " ".join(plain_lines(text).split("\n")).strip()


def read_text(text: str) -> str:
    return plain_lines(text).strip()


def read_names(text: str) -> tuple[str, ...]:
    return tuple(parse_topics(storable(text)))


def read_number(text: str) -> int | None:
    digits = text.strip().removeprefix("#").removeprefix("q")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal() and 0 < int(digits[:6]) <= 32_767):
        raise ValueRefused(_("A whole number from 1 on is wanted here."))
    return int(digits)


def read_moment(text: str) -> datetime | None:
    """Return the moment, in the site's time zone unless it names another."""
    text = text.strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment.astimezone(SHANGHAI)
    except (ValueError, OverflowError):
        moment = find_date(text)
    if moment is None:
        raise ValueRefused(_("A date such as 2017-03-27 11:29 is wanted here."))
    return moment


def read_day(text: str) -> date | None:
    moment = read_moment(text)
    return moment and moment.date()


def read_choice(choices: Iterable[Status] | Iterable[Origin], text: str) -> str:
    wanted = fold_header(text)
    for choice in choices:
        if wanted in (choice.value, fold_header(str(choice.label))):
            return choice.value
    names = "、".join(str(choice.label) for choice in choices)
    raise ValueRefused(_("This is none of: %(names)s.") % {"names": names})


def read_status(text: str) -> str:
    return read_choice(STATES, text) if text.strip() else Status.DRAFT.value


def read_origin(text: str) -> str:
    return read_choice(Origin, text) if text.strip() else Origin.ORIGINAL.value


FIELDS = (
    FieldKind("title", _("article title"), read_line, ("article title", "文章标题", "文章", "标题", "文章名", "article", "post_title")),
    FieldKind("column", _("column"), read_line, ("专栏", "栏目", "专栏名", "分类", "series", "category")),
    FieldKind("author", _("author"), read_line, ("作者", "答主", "回答者", "作者名", "byline")),
    FieldKind("slug", _("slug"), read_line, ("网址名", "别名", "路径", "permalink", "post_name")),
    FieldKind("summary", _("summary"), read_line, ("摘要", "简介", "描述", "excerpt", "description")),
    FieldKind("status", _("status"), read_status, ("状态", "发布状态", "state")),
    FieldKind("published_at", _("published at"), read_moment, ("发布时间", "日期", "时间", "发布日期", "发表时间", "date", "published")),
    FieldKind("expires_at", _("expires at"), read_moment, ("下线时间", "过期时间", "expires")),
    FieldKind("review_by", _("check again by"), read_day, ("check again by", "核对日期", "复核日期", "review")),
    FieldKind("origin", _("origin"), read_origin, ("来源类型", "原创转载", "性质")),
    FieldKind("source_name", _("source"), read_line, ("source", "来源", "来源名称", "出处", "source name")),
    FieldKind("source_url", _("source link"), read_line, ("source link", "原文链接", "来源网址", "原文", "链接", "url", "link")),
    FieldKind("number", _("question number"), read_number, ("question number", "问答编号", "编号"), of_pair=True),
    FieldKind("heading", _("heading"), read_line, ("小标题", "问题标题", "标准问", "标准问题", "faq"), of_pair=True),
    FieldKind("question", _("question"), read_text, ("来信", "问", "问题", "提问", "q", "letter"), of_pair=True),
    FieldKind("answer", _("answer"), read_text, ("回信", "答", "回答", "答案", "回复", "a", "reply"), of_pair=True),
    FieldKind("signature", _("signature"), read_line, ("落款", "署名", "提问者", "读者", "来信人", "asker"), of_pair=True),
    FieldKind("topics", _("topics"), read_names, ("话题", "标签", "话题名", "tags", "tag", "topic", "keywords"), of_pair=True),
)  # fmt: skip
FIELD = {kind.name: kind for kind in FIELDS}


def read_values(
    given: Mapping[str, str], place: str, labels: Mapping[str, str]
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the values of the given texts, field → value, and a problem for each text that does not fit."""
    values, problems = {}, []
    for name, text in given.items():
        try:
            values[name] = FIELD[name].read(text)
        except ValueRefused as refusal:
            problems.append(Problem(place, labels.get(name, name), str(refusal)))
    return values, problems


def write_moment(moment: datetime | None) -> str:
    """Return the moment as read_moment reads it, to the second."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if moment else ""

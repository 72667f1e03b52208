"""One article as one Markdown file: front matter, then each pair as a heading, its letter quoted, its answer.

---
title: 第一次带团队
column: 运营信箱
---

## 怎么开口 {#q1}

话题：团队管理、KPI
署名：小陈

> 编辑你好：
> 我不敢布置任务。

先聊，再布置。
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import yaml
from django.utils.translation import gettext as _

from articles.importing.copies import FIELDS, ArticleCopy, FileRefused, PairCopy, Problem, plain_lines, read_values
from articles.importing.page import FRONT_MATTER, decode_page
from articles.importing.records import PageRefused
from articles.importing.spreadsheet import BROKEN, check_archive

SUFFIXES = (".md", ".markdown")
MAX_FILE = 5 * 1024 * 1024
MAX_FRONT = 20_000
MARKED = re.compile(r"^##(?: (?P<heading>.*?))? \{#q(?P<number>\d{1,5})\}[ \t]*$", re.MULTILINE)
PLAIN = re.compile(r"^##[ \t]+(?P<heading>.+?)[ \t#]*$(?P<number>(?!))?", re.MULTILINE)
# A line of an answer that looks like a pair's heading, and the same with backslashes that keep it from being one.
LOOKS_MARKED = re.compile(r"^(\\*)(##(?: .*?)? \{#q\d{1,5}\}[ \t]*)$", re.MULTILINE)
KEPT_APART = re.compile(r"^\\(\\*##(?: .*?)? \{#q\d{1,5}\}[ \t]*)$", re.MULTILINE)
STATED = re.compile(r"^(话题|标签|落款|署名|topics|tags|signature)[:：][ \t]*(.*)$", re.IGNORECASE)
STATES = {"话题": "topics", "标签": "topics", "tags": "topics", "落款": "signature", "署名": "signature"}
ARTICLE_FIELDS = [kind.name for kind in FIELDS if not kind.of_pair]


def read_files(data: bytes, name: str) -> Iterator[ArticleCopy]:
    """Yield the article of a .md file, or those of a .zip of such files. Raises FileRefused."""
    if not name.lower().endswith(".zip"):
        yield read_article(data, name)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_archive(archive)
            members = [member for member in archive.infolist() if is_article(member.filename)]
            for member in members:
                yield read_article(archive.read(member), PurePosixPath(member.filename).name)
    except BROKEN as error:
        raise FileRefused(_("This is no ZIP file that can be read.")) from error
    if not members:
        raise FileRefused(_("The ZIP file holds no Markdown files."))


def is_article(path: str) -> bool:
    pure = PurePosixPath(path)
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in pure.parts)
    return pure.suffix.lower() in SUFFIXES and not is_hidden and pure.name.lower() != "readme.md"


def read_article(data: bytes, place: str) -> ArticleCopy:
    """Return the file's article; what cannot be read is among its problems."""
    copy = ArticleCopy(place)
    try:
        if len(data) > MAX_FILE:
            raise FileRefused(_("The file is larger than 5 MB."))
        text = plain_lines(decode_page(data).removeprefix("\ufeff"))
        match = FRONT_MATTER.match(text)
        if match is None:
            raise FileRefused(_("The file has no front matter: lines such as “title: …” between two lines of ---."))
        copy.values, copy.problems = read_front_matter(match[1], place)
        copy.pairs = read_pairs(text[match.end() :], copy)
    except (FileRefused, PageRefused) as refusal:
        copy.problems.append(Problem(place, "", str(refusal)))
    return copy


def read_front_matter(block: str, place: str) -> tuple[dict[str, Any], list[Problem]]:
    if len(block) > MAX_FRONT:
        raise FileRefused(_("The front matter is too long."))
    try:
        found = yaml.load(block, yaml.BaseLoader)  # every scalar stays text, nothing is built
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = {"line": mark.line + 2 if mark else 1}
        raise FileRefused(_("The front matter is no YAML at line %(line)d.") % line) from error
    except RecursionError as error:
        raise FileRefused(_("The front matter is nested too deeply.")) from error
    if not isinstance(found, dict):
        raise FileRefused(_("The front matter is no list of names and values."))
    given, labels, problems = {}, {}, []
    for label, value in found.items():
        kind = next((kind for kind in FIELDS if not kind.of_pair and kind.is_called(str(label))), None)
        if kind is None:
            continue
        if isinstance(value, str):
            given[kind.name], labels[kind.name] = value, str(label)
        else:
            problems.append(Problem(place, str(label), _("One value is wanted here.")))
    values, refused = read_values(given, place, labels)
    return values, problems + refused


def read_pairs(body: str, copy: ArticleCopy) -> list[PairCopy]:
    """Return the pairs under the headings that bear a number, or where none does, under those of the second level."""
    marks = list(MARKED.finditer(body)) or list(PLAIN.finditer(body))
    if not marks:
        raise FileRefused(
            _("No question was found: each begins with a line “## heading”, its letter follows as a quotation.")
        )
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    pairs = [read_pair(mark, body[mark.end() : end], copy) for mark, end in zip(marks, ends, strict=True)]
    numbers = [pair.values["number"] for pair in pairs if "number" in pair.values]
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        reason = _("Two questions have the number %(number)d.") % {"number": number}
        copy.problems.append(Problem(copy.place, "", reason))
    return pairs


def read_pair(mark: re.Match[str], text: str, copy: ArticleCopy) -> PairCopy:
    lines = text.strip("\n").split("\n")
    given = {"heading": mark["heading"] or "", "topics": "", "signature": ""}
    if mark["number"]:
        given["number"] = mark["number"]
    while lines and (stated := STATED.match(lines[0])):
        given[STATES.get(stated[1].casefold(), stated[1].casefold())] = stated[2]
        lines.pop(0)
    while lines and not lines[0].strip():
        lines.pop(0)
    end = next((i for i, line in enumerate(lines) if not line.startswith(">")), len(lines))
    given["question"] = "\n".join(line[1:].removeprefix(" ") for line in lines[:end])
    given["answer"] = KEPT_APART.sub(r"\1", "\n".join(lines[end:]))
    place = f"{copy.place} #q{mark['number']}" if mark["number"] else f"{copy.place} · {given['heading']}"
    values, problems = read_values(given, place, {})
    copy.problems += problems
    return PairCopy(place, values)


def write_article(values: Mapping[str, Any], pairs: list[Mapping[str, Any]]) -> str:
    """Return the article as one file that read_article reads back equal; values and pairs are texts by field."""
    front = {name: values[name] for name in ARTICLE_FIELDS if values.get(name)}
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=2**20)
    return "\n".join([f"---\n{head}---\n", *(write_pair(pair) for pair in pairs)])


def write_pair(pair: Mapping[str, Any]) -> str:
    heading = f"## {pair['heading']} {{#q{pair['number']}}}" if pair["heading"] else f"## {{#q{pair['number']}}}"
    labels = {"topics": "话题", "signature": "落款"}
    stated = "\n".join(f"{label}：{pair[name]}" for name, label in labels.items() if pair[name])
    letter = "\n".join(f"> {line}" if line else ">" for line in pair["question"].split("\n"))
    answer = LOOKS_MARKED.sub(r"\\\1\2", pair["answer"])
    return "\n\n".join(part for part in (heading, stated, letter, answer) if part) + "\n"

import gzip

import pytest

from articles.importing import reasons
from articles.importing.dates import SHANGHAI, find_date
from articles.importing.lines import Kind, join_lines, read_lines
from articles.importing.page import decode_page, read_page
from articles.importing.records import Facts, PageRefused


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
def test_text_is_decoded(encoding):
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    assert decode_page(mark + "运营：怎么做？\n".encode(encoding)) == "运营：怎么做？\n"


def test_a_cut_character_spoils_no_text():
    text = "运营要先看目标，再看人。" * 50
    assert decode_page(text.encode()[:-2])[:-1] == text[:-1]
    assert decode_page(text.encode("gb18030")[:-1])[:-1] == text[:-1]


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        gzip.compress(b"text" * 100, mtime=0),
        bytes(range(256)) * 4,
        b"PK\x03\x04\x14\x00",
    ],
)
def test_other_files_are_refused(data):
    with pytest.raises(PageRefused) as refusal:
        decode_page(data)
    assert refusal.value.reason == reasons.NOT_TEXT


def test_front_matter_states_facts():
    page = read_page(
        '---\ntitle: "周报十问"\nauthor: 编辑部\ndate: 2021-08-09 10:00\nseries: 周报\nsource: https://example.com/1\n---\n\n正文\n'
    )
    assert page.facts == Facts("周报十问", "周报", "编辑部", "", "https://example.com/1", find_date("2021-08-09 10:00"))
    assert [line.text for line in page.lines] == ["正文"]


def test_a_source_without_address_is_a_name():
    assert read_page("---\nsource: 某刊\n---\n正文\n").facts == Facts(source_name="某刊")


MARKDOWN = """# 标题

**小标题**

第一段
第二行

- 甲
- 乙
  - 丙

> 引文

| 一 | 二 |
| --- | --- |

```
# 代码
```

---

1、先做

**重点：** 后说
"""


def test_lines_know_what_they_are():
    lines = read_lines(MARKDOWN)
    text, heading, item, quote = Kind.TEXT, Kind.HEADING, Kind.ITEM, Kind.QUOTE
    kinds = [heading, heading, text, text, item, item, item, quote, Kind.TABLE, Kind.TABLE]
    assert [line.kind for line in lines] == [*kinds, Kind.CODE, Kind.CODE, Kind.CODE, Kind.RULE, item, text]
    assert [line.level for line in lines[:3]] == [1, 7, 0]
    assert lines[1].text == "小标题"
    assert lines[-1].text == "重点：后说"


def test_joined_lines_are_the_markdown_again():
    assert join_lines(read_lines(MARKDOWN)) == MARKDOWN.strip().replace("\n\n---", "").replace("**重点：** ", "重点：")


def test_paragraphs_without_blank_lines_are_parted():
    assert join_lines(read_lines("一段。\n二段。\n三段。\n1、甲\n2、乙")) == "一段。\n\n二段。\n\n三段。\n1、甲\n2、乙"


def test_underlined_headings():
    lines = read_lines("大标题\n======\n\n小标题\n------\n\n正文。\n------\n")
    assert [(line.kind, line.level) for line in lines] == [
        (Kind.HEADING, 1),
        (Kind.HEADING, 2),
        (Kind.TEXT, 0),
        (Kind.RULE, 0),
    ]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2017年3月27日 上午11:29", (2017, 3, 27, 11, 29)),
        ("2017-3-7", (2017, 3, 7, 0, 0)),
        ("发布于 2020/10/21 18:05:33", (2020, 10, 21, 18, 5)),
        ("2022.01.02 星期日 下午3：08", (2022, 1, 2, 15, 8)),
        ("2022-01-02T23:30:00Z", (2022, 1, 3, 7, 30)),
        ("2022-01-02T10:30:00+08:00", (2022, 1, 2, 10, 30)),
        ("2021-02-30，改为 2021-03-01", (2021, 3, 1, 0, 0)),
    ],
)
def test_dates_are_read_as_shanghai_time(text, expected):
    date = find_date(text)
    assert (date.year, date.month, date.day, date.hour, date.minute) == expected
    assert date.tzinfo is SHANGHAI


@pytest.mark.parametrize("text", ["", "11:29", "3月27日", "2021-13-40", "版本 1.2.3", "2021-02-30"])
def test_no_date(text):
    assert find_date(text) is None

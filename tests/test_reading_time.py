import pytest

from articles.reading_time import reading_minutes


@pytest.mark.parametrize(
    "texts, minutes",
    [
        ((), 1),
        (("",), 1),
        (("社" * 400,), 1),
        (("社" * 599,), 1),
        (("社" * 600,), 2),
        (("社" * 4000,), 10),
        (("社" * 400, "群" * 400), 2),
        (("word " * 480,), 2),
        (("社" * 200 + " word" * 120,), 1),
        (("社" * 400 + " word" * 240,), 2),
        (("社，。！？《》" * 400,), 1),
        (("1,000 3.5 don't e-mail " * 120,), 2),
        (("𠀀" * 800,), 2),
    ],
)
def test_minutes(texts, minutes):
    assert reading_minutes(*texts) == minutes


@pytest.mark.parametrize(
    "markup",
    [
        "[社](/articles/a-long-address-of-many-words/#q1) ",
        "https://example.com/a/long/address/of/many/words ",
        '<a href="/articles/a-long-address-of-many-words/" title="of many words">社</a> ',
        "**社** `` ~~ ~~ > # --- | | \n",
    ],
)
def test_markup_is_not_read(markup):
    assert reading_minutes(markup * 400) == 1

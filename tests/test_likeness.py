import pytest

from articles.likeness import GROUP_MOST, Alike, Reason, find_alike


def reasons(*names) -> list[str]:
    return [alike.reason for alike in find_alike(names)]


@pytest.mark.parametrize(
    "name, other, reason",
    [
        ("KPI", "ＫＰＩ", Reason.SPELLING),
        ("团队 管理", "团队管理", Reason.SPELLING),
        ("團隊", "团队", Reason.SPELLING),
        ("Node.js", "nodejs", Reason.SPELLING),
        ("目标", "木标", Reason.SOUND),
        ("淘宝", "taobao", Reason.SOUND),
        ("团队", "团队管理", Reason.SUFFIX),
        ("KPI", "KPI指标", Reason.SUFFIX),
        ("新媒体", "自媒体", Reason.LETTER),
        ("用户增长", "用户长", Reason.LETTER),
        ("内容分发", "内容发分", Reason.LETTER),
        ("marketing", "marketting", Reason.LETTER),
    ],
)
def test_names_that_nearly_are_one_are_found_with_the_reason(name, other, reason):
    assert find_alike([name, other]) == [Alike(name, other, reason)]
    assert find_alike([other, name]) == [Alike(other, name, reason)]


@pytest.mark.parametrize(
    "names",
    [
        ("SEO", "SEM"),
        ("C++", "C#"),
        ("拉新", "拉活"),
        ("2017年总结", "2018年总结"),
        ("内容", "内容的分发"),
        ("人管理", "人"),
        ("社群运营", "社群管理"),
        ("用户增长", "用户留存"),
        ("涨粉", "涨粉"),
        ("…", "！"),
        ("", "类"),
        (),
    ],
)
def test_other_names_are_left_in_peace(names):
    assert find_alike(names) == []


def test_a_couple_is_named_once_by_its_surest_reason():
    assert reasons("产品经理", "产品经里") == [Reason.SOUND]


def test_a_crowd_under_one_key_is_cut():
    crowd = [f"{chr(0x4E00 + number)}媒体" for number in range(100)]
    by_letter = [alike for alike in find_alike(crowd) if alike.reason is Reason.LETTER]
    assert 0 < len(by_letter) <= GROUP_MOST * (GROUP_MOST - 1) / 2

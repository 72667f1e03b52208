import pytest

from articles.importing.dates import find_date
from articles.importing.lines import read_lines
from articles.importing.records import Facts
from articles.importing.sweeping import sweep

ANSWER = "回答的正文先说目标，再说做法，最后说怎么看结果，所以它有一点长。" * 4


@pytest.mark.parametrize(
    "line",
    [
        "点击上方蓝字关注我们",
        "长按识别二维码关注",
        "扫码加入读者群",
        "阅读原文",
        "分享到：",
        "返回顶部",
        "（0）",
        "（采访整理：某站）",
        "责任编辑：张三",
        "版权声明：本文为原创。",
        "未经授权，禁止转载",
        "© 2019 某站 版权所有",
        "首页 > 运营 > 正文",
        "某站的头像某站管理员",
        "— END —",
        "上一篇：某文",
    ],
)
def test_furniture_is_dropped_wherever_it_stands(line):
    swept = sweep(read_lines(f"第一段。\n\n{line}\n\n{ANSWER}\n"))
    assert [kept.text for kept in swept.lines] == ["第一段。", ANSWER]
    assert swept.dropped == (line,)


@pytest.mark.parametrize(
    "line",
    [
        "关注了又走，是承诺没有给。",
        "在公众号后台放一个入口，比扫码进群有用。",
        "1、点赞和在看都不是目标。",
        "编辑：先别急。",
        "推荐给朋友的人，才是你的用户。",
        "分享不等于转发。",
        "评论区要有人回。",
    ],
)
def test_advice_with_the_same_words_stays(line):
    swept = sweep(read_lines(f"第一段。\n\n{line}\n\n{ANSWER}\n"))
    assert [kept.text for kept in swept.lines] == ["第一段。", line, ANSWER]


@pytest.mark.parametrize(
    "tail",
    [
        "如果觉得有用，点个在看再走",
        "欢迎关注公众号：某站",
        "想提问的朋友，请在后台留言",
        "投稿邮箱：a@example.com",
        "作者简介：张三，做过运营。",
        "以上就是本期的全部内容。",
        "我们下期再见",
    ],
)
def test_words_after_the_last_answer_are_dropped(tail):
    swept = sweep(read_lines(f"问：怎么办？\n\n答：{ANSWER}\n\n{tail}\n"))
    assert (len(swept.lines), swept.dropped) == (2, (tail,))


@pytest.mark.parametrize("header", ["相关阅读", "去年今日运营文章", "推荐资讯", "猜你喜欢", "往期精彩"])
def test_lists_of_links_are_dropped_with_their_heading(header):
    swept = sweep(read_lines(f"{header}\n\n- 怎样写标题？\n- 活动复盘\n\n问：怎么办？\n\n答：好办。\n"))
    assert [line.text for line in swept.lines] == ["问：怎么办？", "答：好办。"]


def test_comments_end_the_page():
    swept = sweep(read_lines(f"{ANSWER}\n\n3 条评论\n\n问：我也想问？\n\n{ANSWER}\n"))
    assert [line.text for line in swept.lines] == [ANSWER]


@pytest.mark.parametrize(
    "line, facts",
    [
        (
            "作者：张三  来源：某站  2019-05-06 09:30  阅读 3256",
            Facts(author_name="张三", source_name="某站", published_at=find_date("2019-05-06 09:30")),
        ),
        ("文 | 张三", Facts(author_name="张三")),
        ("主播：张三", Facts(author_name="张三")),
        ("Posted on 2019-05-06 by 张三 in 客服", Facts(author_name="张三", published_at=find_date("2019-05-06"))),
        ("原创 张三 某站 2019-05-06 发表于浙江", Facts("", "", "张三", "某站", "", find_date("2019-05-06"))),
        ("发布时间：2019年5月6日", Facts(published_at=find_date("2019-05-06"))),
        (
            "原创文章，作者：某站，如若转载，请注明出处：https://example.com/1.html",
            Facts(source_name="某站", source_url="https://example.com/1.html"),
        ),
        ("原创文章，作者：张三，转载请注明出处", Facts(author_name="张三")),
        ("原文链接：https://example.com/2", Facts(source_url="https://example.com/2")),
        ("栏目：夜航运营", Facts(column_title="夜航运营")),
        ("上一篇 2017年3月27日 上午11:00", Facts(earliest=find_date("2017-03-27 11:00"))),
        ("原创 编辑部 某公众号 2020-03-04", Facts("", "", "编辑部", "某公众号", "", find_date("2020-03-04"))),
    ],
)
def test_what_a_line_states_is_kept(line, facts):
    swept = sweep(read_lines(f"标题\n\n{line}\n\n{ANSWER}\n"))
    assert swept.facts == facts
    assert swept.dropped == (line,)


def test_neighbours_in_either_order():
    swept = sweep(read_lines("下一篇 2017-03-01\n\n上一篇 2017-03-05\n"))
    assert (swept.facts.earliest, swept.facts.latest) == (find_date("2017-03-01"), find_date("2017-03-05"))

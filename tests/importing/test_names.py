import pytest

from articles.importing.names import TitleParts, is_person, read_title


@pytest.mark.parametrize(
    "title, column, author",
    [
        ("张三:夜航运营", "夜航运营", "张三"),
        ("夜航运营 | 张三", "夜航运营", "张三"),
        ("老王：运营碎碎念", "运营碎碎念", "老王"),
        ("运营信箱第12期：社群不活跃怎么办", "运营信箱", ""),
        ("运营急诊室 Vol.7 | 直播间没人怎么办？", "运营急诊室", ""),
        ("新媒体夜话｜粉丝不涨怎么办", "新媒体夜话", ""),
        ("【运营问答】怎么定KPI", "运营问答", ""),
        ("《夜航运营》第3期", "夜航运营", ""),
        ("张三《夜航运营》", "夜航运营", "张三"),
        ("张三专栏：别把群当客服", "张三专栏", "张三"),
        ("张三答读者问（三）", "张三答读者问", "张三"),
        ("编辑部来信 · 第五期", "编辑部来信", ""),
        ("树洞来信", "树洞来信", ""),
        ("专访李四：活动运营最怕热闹", "", "李四"),
        ("为什么你的社群没人说话？", "", ""),
        ("读《增长手册》有感", "", ""),
        ("【干货】如何做好活动", "", ""),
        ("2019年短视频行业报告：增速放缓", "", ""),
        ("Q&A：私域怎么做", "", ""),
        ("", "", ""),
    ],
)
def test_column_and_author_of_a_title(title, column, author):
    assert read_title(title) == TitleParts(column, author)


def test_a_word_that_paragraphs_begin_with_is_a_person():
    assert read_title("掌柜：灯下话", {"掌柜的，"}) == TitleParts("灯下话", "掌柜")
    assert read_title("掌柜：灯下话") == TitleParts()


@pytest.mark.parametrize("name", ["张三", "欧阳小三", "王老师", "老王", "小鱼", "三哥", "Tom"])
def test_person(name):
    assert is_person(name)


@pytest.mark.parametrize("name", ["编辑部", "某运营网", "方法", "周刊", "管理员", "记者", "夜话小馆", "", "一位读者"])
def test_not_a_person(name):
    assert not is_person(name)

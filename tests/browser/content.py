"""A small site with everything that a page can show, and the address of each kind of page."""

from articles.choices import Origin
from tests.factories import at, make_article, make_author, make_column, make_topic

ANSWER = """先看**七日留存**，再谈拉新。

1. 把来源分开记
2. 每周只改一处

> 先留住，再放大。

| 渠道 | 人数 | 七日留存 | 单价（元） | 备注 |
|---|---|---|---|---|
| 老带新 | 120 | 41% | 8.5 | 奖励放在第二次打开之后才发，第一次打开只给一张提示卡 |
| 投放 | 300 | 12% | 15 | 素材和落地页要一起换 |

```
拉新成本 = 花费 / 七日后还在的人 = 4500 / 36
```

参考 https://example.com/a-very-long-address/that-has-no-place-to-break/because-it-is-one-word-of-a-hundred-letters
"""
QUESTION = "编辑你好：\n\n做了三个月拉新，人来了又走。\n老板问我钱花到哪里去了，我答不上来。"
PAGES = {
    "home": "/",
    "articles": "/articles/",
    "second page": "/articles/?page=2",
    "article": "/articles/laxin/",
    "article of one letter": "/articles/liucun/",
    "columns": "/columns/",
    "column": "/columns/xinxiang/",
    "author": "/authors/bianjibu/",
    "topics": "/topics/",
    "topic": "/topics/laxin/",
    "archive": "/archive/",
    "year": "/archive/2018/",
    "month": "/archive/2018/3/",
    "search": "/search/?q=拉新留存",
    "narrowed search": "/search/?q=拉新&topic=laxin&year=2018",
    "search without a hit": "/search/?q=量子纠缠",
    "empty search": "/search/",
    "not found": "/nowhere/",
}


def fill_site() -> None:
    make_topic("拉新", slug="laxin", description="让没来过的人第一次来。", aliases=["获客"])
    make_topic("留存", slug="liucun", description="让来过的人再来。")
    desk = make_author(slug="bianjibu", name="编辑部", role="本站编辑", bio="轮流拆信，一起回信。")
    column = make_column(
        slug="xinxiang", title="运营信箱", author=desk, motto="有问必答", description="写给一线运营的回信。"
    )
    letters = [
        {"heading": heading, "question": QUESTION, "answer": ANSWER, "signature": "一位做拉新的读者"}
        for heading in ("拉新来的人为什么留不住", "拉新预算怎么向老板交代", "老带新的奖励什么时候发")
    ]
    source = {"origin": Origin.REPRINT, "source_name": "旧刊", "source_url": "https://example.com/laxin"}
    about = {"slug": "laxin", "title": "拉新的账", "summary": "先算留下来的人。", "topics": ["拉新", "留存"]}
    make_article(column=column, pairs=letters, published_at=at(2018, 3, 27, 11, 29), **about, **source)
    make_article(
        slug="liucun", title="留存从第一天起", pairs=letters[:1], topics=["留存"], published_at=at(2017, 3, 27)
    )
    for day in range(1, 22):
        pair = {"heading": f"第 {day} 天的拉新与留存", "answer": "看数据。"}
        make_article(column=column, pairs=[pair], topics=["拉新"], published_at=at(2018, 3, day))

"""Measures the server's time for suggestions: python -m tests.benchmarks.suggest_speed [--pairs 10000]

Headings are put together from words of the trade; what is typed grows letter by letter, as a reader types.
"""

import argparse
import random
import sys
import time

from tests.benchmarks.search_quality import make_database  # isort: skip -- it sets Django up

from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.choices import Status
from articles.models import Article, Author, Column, QAPair, TaggedPair, Topic
from articles.search.pinyin import HeadingKey
from articles.search.postings import chunks

SUBJECTS = "淘宝客 社群 公众号 短视频 直播间 会员 小程序 私域 信息流广告 内容团队 客服 电商 新人 老客户 运营总监 KPI ROI".split()  # noqa: SIM905 -- a list would fill the screen
ACTS = "怎么做 怎么定考核 怎么涨粉 怎么拉新 怎么留存 预算怎么分 数据怎么看 方案怎么写 要不要外包 怎么复盘 怎么带团队".split()  # noqa: SIM905 -- a list would fill the screen
CASES = "刚接手 没预算 只有一个人 老板不认 做了三年 被同行抄袭 月底要交 越做越累 换了平台 从零开始".split()  # noqa: SIM905 -- a list would fill the screen
TYPED = "淘宝客 团队 怎么带 kpi tbk taobaoke tuandui 会员 老板 直播间怎么 没预算 拉新 zhibo 量子".split()  # noqa: SIM905 -- a list would fill the screen
PAIRS_PER_ARTICLE = 10


def fill(pairs: int) -> None:
    dice = random.Random(1)
    column = Column.objects.create(slug="c", title="专栏", author=Author.objects.create(slug="a", name="作者"))
    topics = [Topic.objects.create(name=f"{a}{b}") for a in SUBJECTS for b in ("运营", "增长", "管理", "")]
    numbers = range(1, pairs + 1)
    # Suggestions read neither the index nor the links, which would take their time.
    connection.is_refreshing = True
    for batch in chunks(numbers, PAIRS_PER_ARTICLE * 100):
        articles = Article.objects.bulk_create(
            Article(slug=f"s{n}", title="问答", column=column, status=Status.PUBLISHED, published_at=timezone.now())
            for n in batch[::PAIRS_PER_ARTICLE]
        )
        made = QAPair.objects.bulk_create(
            QAPair(
                article=articles[place // PAIRS_PER_ARTICLE],
                number=place % PAIRS_PER_ARTICLE + 1,
                heading=(heading := f"{dice.choice(CASES)}，{dice.choice(SUBJECTS)}{dice.choice(ACTS)}？{n}"),
                heading_key=HeadingKey.of(heading).pack(),
                question=f"{dice.choice(SUBJECTS)}的事，{dice.choice(CASES)}。" * 3,
                answer=f"先说{dice.choice(SUBJECTS)}，再看{dice.choice(ACTS)}。" * 20,
            )
            for place, n in enumerate(batch)
        )
        TaggedPair.objects.bulk_create(
            TaggedPair(content_object=pair, tag=topic) for pair in made for topic in dice.sample(topics, 2)
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=10_000)
    pairs = parser.parse_args().pairs
    make_database()
    fill(pairs)
    client, seconds = Client(headers={"host": "localhost"}), {}
    client.get("/search/suggest/", {"q": "客"})
    for typed in (text[:length] for text in TYPED for length in range(1, len(text) + 1)):
        start = time.perf_counter()
        client.get("/search/suggest/", {"q": typed})
        seconds[typed] = 1000 * (time.perf_counter() - start)
    ranked = sorted(seconds, key=seconds.get)
    middle, late = (seconds[ranked[int(share * len(ranked))]] for share in (0.5, 0.95))
    slowest = "  ".join(f"{typed} {seconds[typed]:.1f}" for typed in ranked[:-6:-1])
    sys.stdout.write(f"{pairs} pairs: {middle:.1f} ms p50, {late:.1f} ms p95; slowest {slowest}\n")


if __name__ == "__main__":
    main()

import pytest

from articles import bulk
from articles.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def named(articles) -> list[str]:
    return [article.title for article in articles]


def test_the_first_rule_that_keeps_an_article_out_is_its_reason():
    articles = [make_article(title=title) for title in "甲乙丙"]
    rules = [("不要乙", lambda article: article.title == "乙"), ("只要甲", lambda article: article.title != "甲")]
    plan = bulk.plan(articles, rules)
    assert named(plan.changed) == ["甲"]
    assert {reason: named(rows) for reason, rows in plan.left.items()} == {"不要乙": ["乙"], "只要甲": ["丙"]}
    assert plan.left_count == 2


def test_without_rules_everything_changes():
    articles = [make_article(), make_article()]
    assert bulk.plan(articles, []) == bulk.Plan(articles, {})


def test_the_digest_tells_choices_apart_and_not_their_order():
    one, other = make_article(), make_article()
    assert bulk.digest([one, other], "发布") == bulk.digest([other, one], "发布")
    assert len({bulk.digest([one], "发布"), bulk.digest([one, other], "发布"), bulk.digest([one], "撤回")}) == 3


def test_articles_come_in_the_order_of_their_keys_without_those_that_are_gone():
    one, other = make_article(title="甲"), make_article(title="乙")
    assert named(bulk.chosen([other.pk, 10**9, one.pk])) == ["乙", "甲"]


def test_more_than_a_transaction_should_hold_is_no_choice(monkeypatch):
    keys = [make_article().pk for _ in range(3)]
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 3)
    assert bulk.chosen_keys(Article.objects.order_by("pk")) == keys
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    assert bulk.chosen_keys(Article.objects.order_by("pk")) is None

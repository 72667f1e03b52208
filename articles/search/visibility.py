"""What readers may see, as SQL for statements about the index.

Django takes longer to put the rule into SQL than a database to apply it, so that is done once a process; the time of
the question is put in each time.
"""

from datetime import UTC, datetime
from functools import cache

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.models import Article
from articles.search.matching import Fragment, there_is

# Stands for the time of the question in what was compiled.
SOME_TIME = datetime(1000, 1, 1, tzinfo=UTC)


def public_pair() -> Fragment:
    """Return the demand that readers may see held.pair_id."""
    article = public_article("pair.article_id")
    sql = f"SELECT 1 FROM articles_qapair pair WHERE pair.id = held.pair_id AND {article.sql}"
    return Fragment(there_is(sql), article.params)


def public_article(key: str) -> Fragment:
    """Return the condition that readers may see the article of the key, which SQL names so."""
    sql, params = compile_rule(key)
    adapt = connection.ops.adapt_datetimefield_value
    some_time, now = adapt(SOME_TIME), adapt(timezone.now())
    return Fragment(sql, [now if param == some_time else param for param in params])


@cache
def compile_rule(key: str) -> Fragment:
    articles = Article.objects.published(SOME_TIME).order_by().filter(pk=RawSQL(key, ()))
    sql, params = articles.values("pk").query.sql_with_params()
    return Fragment(there_is(sql), params)

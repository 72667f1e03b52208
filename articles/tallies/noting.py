"""The SQL by which triggers note what a write changes of the counts, and keep each topic's pairs in order.

A note says what was taken away or added, with the times that decide whether readers see it. Where nothing counted has
changed, what is taken away and what is added are the same and settle to nothing.
"""

NOTE = "INSERT INTO articles_tallychange (kind, key, published_at, expires_at, articles, pairs)"
TAGS_AND_PAIRS = "articles_taggedpair t JOIN articles_qapair p ON p.id = t.content_object_id"
WITH_ARTICLES = f"{TAGS_AND_PAIRS} JOIN articles_article a ON a.id = p.article_id"
PUBLISHED = "status = 'published'"
PAIRS_OF = "(SELECT COUNT(*) FROM articles_qapair WHERE article_id = {row}.id)"
# An article with its pairs and topics, by the row that the trigger has of it.
ARTICLE = (
    f"{NOTE} SELECT 'column', {{row}}.column_id, {{row}}.published_at, {{row}}.expires_at, {{sign}}1, {{sign}}{PAIRS_OF} "
    f"WHERE {{row}}.{PUBLISHED}; "
    f"{NOTE} SELECT 'topic', t.tag_id, {{row}}.published_at, {{row}}.expires_at, 0, {{sign}}1 FROM {TAGS_AND_PAIRS} "
    f"WHERE p.article_id = {{row}}.id AND {{row}}.{PUBLISHED}"
)
# A pair with its topics, in the article that the row names.
PAIR = (
    f"{NOTE} SELECT 'column', a.column_id, a.published_at, a.expires_at, 0, {{sign}}1 FROM articles_article a "
    f"WHERE a.id = {{row}}.article_id AND a.{PUBLISHED}; "
    f"{NOTE} SELECT 'topic', t.tag_id, a.published_at, a.expires_at, 0, {{sign}}1 FROM articles_taggedpair t, "
    f"articles_article a WHERE t.content_object_id = {{row}}.id AND a.id = {{row}}.article_id AND a.{PUBLISHED}"
)
TAG = (
    f"{NOTE} SELECT 'topic', {{row}}.tag_id, a.published_at, a.expires_at, 0, {{sign}}1 FROM articles_qapair p "
    f"JOIN articles_article a ON a.id = p.article_id WHERE p.id = {{row}}.content_object_id AND a.{PUBLISHED}"
)
# All that is published, as if it were new.
EVERYTHING = [
    f"{NOTE} SELECT 'column', a.column_id, a.published_at, a.expires_at, 1, {PAIRS_OF.format(row='a')} "
    f"FROM articles_article a WHERE a.{PUBLISHED}",
    f"{NOTE} SELECT 'topic', t.tag_id, a.published_at, a.expires_at, 0, 1 FROM {WITH_ARTICLES} WHERE a.{PUBLISHED}",
]
SHELVED = (
    "INSERT INTO articles_topicshelf (topic_id, published_at, article_id, position, pair_id) "
    f"SELECT t.tag_id, a.published_at, a.id, p.position, p.id FROM {WITH_ARTICLES} WHERE a.{PUBLISHED}"
)
ARTICLE_UNSHELVED = (
    "DELETE FROM articles_topicshelf WHERE pair_id IN (SELECT id FROM articles_qapair WHERE article_id = {row}.id)"
)
PAIR_UNSHELVED = "DELETE FROM articles_topicshelf WHERE pair_id = {row}.id"
TAG_UNSHELVED = "DELETE FROM articles_topicshelf WHERE pair_id = OLD.content_object_id AND topic_id = OLD.tag_id"
TAG_SHELVED = f"{SHELVED} AND p.id = NEW.content_object_id AND t.tag_id = NEW.tag_id"
# Nothing tells any more what the tallies hold.
FORGOTTEN = "DELETE FROM articles_tallied; DELETE FROM articles_topicshelf"


def taken(sql: str) -> str:
    return sql.format(row="OLD", sign="-")


def added(sql: str) -> str:
    return sql.format(row="NEW", sign="")


# Of each trigger the name, the table, the event, and what it does.
FOR_ROWS = [
    ("tally_article_new", "articles_article", "INSERT", added(ARTICLE)),
    (
        "tally_article_changed",
        "articles_article",
        "UPDATE OF status, published_at, expires_at, column_id",
        f"{taken(ARTICLE)}; {added(ARTICLE)}; {added(ARTICLE_UNSHELVED)}; {SHELVED} AND a.id = NEW.id",
    ),
    ("tally_article_gone", "articles_article", "DELETE", f"{taken(ARTICLE)}; {taken(ARTICLE_UNSHELVED)}"),
    ("tally_pair_new", "articles_qapair", "INSERT", added(PAIR)),
    (
        "tally_pair_moved",
        "articles_qapair",
        "UPDATE OF article_id, position",
        f"{taken(PAIR)}; {added(PAIR)}; {added(PAIR_UNSHELVED)}; {SHELVED} AND p.id = NEW.id",
    ),
    ("tally_pair_gone", "articles_qapair", "DELETE", f"{taken(PAIR)}; {taken(PAIR_UNSHELVED)}"),
    ("tally_tag_new", "articles_taggedpair", "INSERT", f"{added(TAG)}; {TAG_SHELVED}"),
    (
        "tally_tag_moved",
        "articles_taggedpair",
        "UPDATE OF content_object_id, tag_id",
        f"{taken(TAG)}; {added(TAG)}; {TAG_UNSHELVED}; {TAG_SHELVED}",
    ),
    ("tally_tag_gone", "articles_taggedpair", "DELETE", f"{taken(TAG)}; {TAG_UNSHELVED}"),
]
FOR_TRUNCATES = [
    (f"tally_truncated_{name}", f"articles_{name}", "TRUNCATE", FORGOTTEN)
    for name in ("article", "qapair", "taggedpair")
]

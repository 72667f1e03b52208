"""Database triggers: they note what every write leaves behind, whichever way it is written.

Signals miss QuerySet.update, bulk_create and plain SQL. Triggers miss nothing, so six facts live here: pairs whose derived
data is out of date, pairs whose links may be, slugs that rows had before, the highest number a pair ever had, what
changed of the tallies (tallies.noting), and that readers may see something else (edition).
They stand aside while tables are migrated: Django rebuilds SQLite tables, which drops their triggers, and SQLite
renames no table while a trigger names one that is missing.
"""

from dataclasses import dataclass

from articles import edition
from articles.tallies.noting import FOR_ROWS, FOR_TRUNCATES

STALE = "INSERT INTO articles_stalepair (pair_id)"
UNRELATED = "INSERT INTO articles_unrelatedpair (pair_id)"
PAIRS_OF_TOPIC = f"{STALE} SELECT content_object_id FROM articles_taggedpair WHERE tag_id ="
SLUGGED = ["article", "author", "column", "topic"]


@dataclass(frozen=True)
class Trigger:
    """One trigger: after the event on the table, for each row (or once for the statement), do the SQL."""

    name: str
    table: str
    event: str
    sql: str
    each: str = "ROW"

    @property
    def full_name(self) -> str:
        return f"articles_{self.name}"


def all_triggers(vendor: str) -> list[Trigger]:
    for_rows = [*stale_triggers(), *unrelated_triggers(), *former_slug_triggers(), *number_triggers()]
    for_rows += [Trigger(*row) for row in FOR_ROWS]
    for_rows += [Trigger(*watch) for watch in edition.watches(vendor)]
    return for_rows + truncate_triggers() if vendor == "postgresql" else for_rows


def stale_triggers() -> list[Trigger]:
    """Note the pairs whose HTML or index entry no longer says what the content says."""
    return [
        Trigger("stale_pair_new", "articles_qapair", "INSERT", f"{STALE} VALUES (NEW.id)"),
        Trigger(
            "stale_pair_text",
            "articles_qapair",
            "UPDATE OF heading, question, answer, article_id",
            f"{STALE} VALUES (NEW.id)",
        ),
        Trigger("stale_pair_gone", "articles_qapair", "DELETE", f"{STALE} VALUES (OLD.id)"),
        Trigger(
            "stale_article_title",
            "articles_article",
            "UPDATE OF title",
            f"{STALE} SELECT id FROM articles_qapair WHERE article_id = NEW.id",
        ),
        Trigger("stale_tag_new", "articles_taggedpair", "INSERT", f"{STALE} VALUES (NEW.content_object_id)"),
        Trigger(
            "stale_tag_moved",
            "articles_taggedpair",
            "UPDATE OF content_object_id, tag_id",
            f"{STALE} VALUES (NEW.content_object_id), (OLD.content_object_id)",
        ),
        Trigger("stale_tag_gone", "articles_taggedpair", "DELETE", f"{STALE} VALUES (OLD.content_object_id)"),
        Trigger("stale_topic_name", "articles_topic", "UPDATE OF name", f"{PAIRS_OF_TOPIC} NEW.id"),
        Trigger("stale_alias_new", "articles_topicalias", "INSERT", f"{PAIRS_OF_TOPIC} NEW.topic_id"),
        Trigger(
            "stale_alias_text",
            "articles_topicalias",
            "UPDATE OF name, topic_id",
            f"{PAIRS_OF_TOPIC} NEW.topic_id OR tag_id = OLD.topic_id",
        ),
        Trigger("stale_alias_gone", "articles_topicalias", "DELETE", f"{PAIRS_OF_TOPIC} OLD.topic_id"),
    ]


def unrelated_triggers() -> list[Trigger]:
    """Note the pairs that other pairs may now be near to: by text, by topic, or by an editor's word.

    Names of topics and titles of articles are looked up when the links are shown.
    """
    return [
        Trigger("unrelated_pair_new", "articles_qapair", "INSERT", f"{UNRELATED} VALUES (NEW.id)"),
        Trigger(
            "unrelated_pair_text",
            "articles_qapair",
            "UPDATE OF heading, question, answer, article_id",
            f"{UNRELATED} VALUES (NEW.id)",
        ),
        Trigger("unrelated_pair_gone", "articles_qapair", "DELETE", f"{UNRELATED} VALUES (OLD.id)"),
        Trigger("unrelated_tag_new", "articles_taggedpair", "INSERT", f"{UNRELATED} VALUES (NEW.content_object_id)"),
        Trigger(
            "unrelated_tag_moved",
            "articles_taggedpair",
            "UPDATE OF content_object_id, tag_id",
            f"{UNRELATED} VALUES (NEW.content_object_id), (OLD.content_object_id)",
        ),
        Trigger("unrelated_tag_gone", "articles_taggedpair", "DELETE", f"{UNRELATED} VALUES (OLD.content_object_id)"),
        Trigger("unrelated_link_new", "articles_pairlink", "INSERT", f"{UNRELATED} VALUES (NEW.pair_id)"),
        Trigger(
            "unrelated_link_moved",
            "articles_pairlink",
            "UPDATE",
            f"{UNRELATED} VALUES (NEW.pair_id), (OLD.pair_id)",
        ),
        Trigger("unrelated_link_gone", "articles_pairlink", "DELETE", f"{UNRELATED} VALUES (OLD.pair_id)"),
    ]


def former_slug_triggers() -> list[Trigger]:
    """Keep the slug a row had, so that its old address answers with a redirect to the new one."""
    return [
        Trigger(
            f"former_slug_{name}",
            f"articles_{name}",
            "UPDATE OF slug",
            f"INSERT INTO articles_{name}formerslug (slug, target_id) SELECT OLD.slug, NEW.id WHERE OLD.slug <> NEW.slug "
            f"ON CONFLICT (slug) DO UPDATE SET target_id = excluded.target_id",
        )
        for name in SLUGGED
    ]


def number_triggers() -> list[Trigger]:
    """Remember the highest number, so that a deleted pair's number is never given again."""
    sql = "UPDATE articles_article SET last_number = NEW.number WHERE id = NEW.article_id AND last_number < NEW.number"
    return [
        Trigger("number_given", "articles_qapair", "INSERT", sql),
        Trigger("number_moved", "articles_qapair", "UPDATE OF number, article_id", sql),
        # A form or fixture that holds an older state of the article must not turn the counter back.
        Trigger(
            "number_never_falls",
            "articles_article",
            "UPDATE OF last_number",
            "UPDATE articles_article SET last_number = OLD.last_number "
            "WHERE id = NEW.id AND NEW.last_number < OLD.last_number",
        ),
    ]


# Pair 0 stands for: whatever is no longer there.
ALL_GONE = 0
ALL_PAIRS = "SELECT id FROM articles_qapair"


def truncate_triggers() -> list[Trigger]:
    """PostgreSQL's TRUNCATE fires no triggers for rows."""
    statements = {
        "articles_qapair": f"{STALE} VALUES ({ALL_GONE}); {UNRELATED} VALUES ({ALL_GONE})",
        "articles_taggedpair": f"{STALE} {ALL_PAIRS}; {UNRELATED} {ALL_PAIRS}",
        "articles_topicalias": f"{STALE} {ALL_PAIRS}",
    }
    named = [
        (f"truncated_{table.removeprefix('articles_')}", table, "TRUNCATE", sql) for table, sql in statements.items()
    ]
    return [Trigger(*row, each="STATEMENT") for row in [*named, *FOR_TRUNCATES]]


def install(connection) -> None:
    """Make every trigger anew on the given connection; idempotent."""
    with connection.cursor() as cursor:
        for trigger in all_triggers(connection.vendor):
            for statement in create_statements(trigger, connection.vendor):
                cursor.execute(statement)


def uninstall(connection) -> None:
    with connection.cursor() as cursor:
        for trigger in all_triggers(connection.vendor):
            cursor.execute(drop_statement(trigger, connection.vendor))


def are_installed(connection) -> bool:
    names = {
        "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        return {trigger.full_name for trigger in all_triggers(connection.vendor)} <= {name for (name,) in cursor}


def create_statements(trigger: Trigger, vendor: str) -> list[str]:
    """Return what makes the trigger, in the place of an earlier one of its name."""
    name, heading = trigger.full_name, f"CREATE TRIGGER {trigger.full_name} AFTER {trigger.event} ON {trigger.table}"
    if vendor == "sqlite":
        return [drop_statement(trigger, vendor), f"{heading} BEGIN {trigger.sql}; END"]
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {trigger.sql}; RETURN NULL; END $$",
        drop_statement(trigger, vendor),
        f"{heading} FOR EACH {trigger.each} EXECUTE FUNCTION {name}()",
    ]


def drop_statement(trigger: Trigger, vendor: str) -> str:
    on_table = f" ON {trigger.table}" if vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {trigger.full_name}{on_table}"

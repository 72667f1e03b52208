from django.db import migrations

from articles.search import postings


def replace(apps, schema_editor):
    postings.replace_old_tables(schema_editor)


def cover(apps, schema_editor):
    # Whether readers may see a pair hangs on its article: thousands of pairs are asked, and none need be read for it.
    # SQLite has the key of the article in the pair's row, which it reads as soon as it finds it.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE UNIQUE INDEX qapair_with_article ON articles_qapair (id) INCLUDE (article_id)")


def uncover(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX qapair_with_article")


class Migration(migrations.Migration):
    """The postings of a term lie in blocks of 4,096 pairs; the index is made anew once all is migrated."""

    dependencies = [("articles", "0006_drop_heading_key")]
    operations = [migrations.RunPython(replace, migrations.RunPython.noop), migrations.RunPython(cover, uncover)]

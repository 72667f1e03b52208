from django.db import migrations

from articles.search import postings


def replace(apps, schema_editor):
    postings.replace_old_tables(schema_editor)


class Migration(migrations.Migration):
    """The postings of a term lie in blocks of 4,096 pairs; the index is made anew once all is migrated."""

    dependencies = [("articles", "0006_drop_heading_key")]
    operations = [migrations.RunPython(replace, migrations.RunPython.noop)]

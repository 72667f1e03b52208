from django.db import migrations

from articles.search import postings


def replace(apps, schema_editor):
    postings.replace_old_tables(schema_editor)


class Migration(migrations.Migration):
    """A term's postings in a block lie in parts of some hundred; the index is made anew once all is migrated."""

    dependencies = [("articles", "0011_inner_links")]
    operations = [migrations.RunPython(replace, migrations.RunPython.noop)]

from django.db import migrations

from articles.search import postings


def create(apps, schema_editor):
    postings.create_tables(schema_editor)


def drop(apps, schema_editor):
    postings.drop_tables(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]

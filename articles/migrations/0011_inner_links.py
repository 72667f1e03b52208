from django.db import migrations, models

from articles import deadlinks


def create(apps, schema_editor):
    deadlinks.create_table(schema_editor)


def drop(apps, schema_editor):
    deadlinks.drop_table(schema_editor)


class Migration(migrations.Migration):
    """Where answers lead within the site, and an index of the reprints whose source nobody named.

    After a migration all derived data is made anew, so the table fills itself.
    """

    dependencies = [("articles", "0010_pictures")]

    operations = [
        migrations.RunPython(create, drop),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("origin", "reprint"), ("source_name", ""), ("source_url", "")),
                fields=["id"],
                name="article_unsourced",
            ),
        ),
    ]

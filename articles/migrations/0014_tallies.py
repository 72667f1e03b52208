from django.db import migrations, models

from articles.tallies import tables


class Migration(migrations.Migration):
    """What readers find is counted when it is written; after the migration the tables fill themselves."""

    dependencies = [("articles", "0013_saved_views")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: tables.create_tables(schema_editor),
            lambda apps, schema_editor: tables.drop_tables(schema_editor),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("expires_at__isnull", False)), fields=["expires_at"], name="article_expiring"
            ),
        ),
    ]

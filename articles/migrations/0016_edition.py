from django.db import migrations

from articles import edition


class Migration(migrations.Migration):
    """One number tells whether a kept page still holds."""

    dependencies = [("articles", "0015_former_places")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: edition.create_table(schema_editor),
            lambda apps, schema_editor: edition.drop_table(schema_editor),
        )
    ]

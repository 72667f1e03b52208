from django.db import migrations


class Migration(migrations.Migration):
    """The search index knows the pieces of headings, which a look through all of their keys found before."""

    dependencies = [("articles", "0005_heading_key")]
    operations = [
        migrations.RemoveIndex(model_name="qapair", name="qapair_heading_key"),
        migrations.RemoveField(model_name="qapair", name="heading_key"),
    ]

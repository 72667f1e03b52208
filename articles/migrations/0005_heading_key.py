from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_synonyms")]
    operations = [
        migrations.AddField(
            model_name="qapair",
            name="heading_key",
            field=models.CharField(blank=True, default="", editable=False, max_length=1200),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="qapair",
            index=models.Index(fields=["heading_key"], name="qapair_heading_key"),
        ),
        # The keys are written as soon as the migrations are done.
        migrations.RunSQL(
            "INSERT INTO articles_stalepair (pair_id) SELECT id FROM articles_qapair", migrations.RunSQL.noop
        ),
    ]

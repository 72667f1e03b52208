from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_related")]
    operations = [
        migrations.CreateModel(
            name="SynonymGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(blank=True, max_length=100, unique=True, verbose_name="slug")),
                (
                    "words",
                    models.CharField(
                        help_text="Two or more, separated by 、 or a comma: who searches for one of them finds the others too.",
                        max_length=620,
                        verbose_name="wordings",
                    ),
                ),
            ],
            options={
                "verbose_name": "synonym group",
                "verbose_name_plural": "synonym groups",
                "ordering": ["words"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="synonymgroup_slug_not_empty"
                    )
                ],
            },
        ),
    ]

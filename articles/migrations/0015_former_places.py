import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A pair that was moved to another article is found from its old place."""

    dependencies = [("articles", "0014_tallies")]

    operations = [
        migrations.CreateModel(
            name="FormerPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(32767),
                        ],
                        verbose_name="number",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_places",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_places",
                        to="articles.qapair",
                        verbose_name="pair",
                    ),
                ),
            ],
            options={
                "verbose_name": "former place of a pair",
                "verbose_name_plural": "former places of pairs",
                "constraints": [models.UniqueConstraint(fields=("article", "number"), name="formerplace_unique")],
            },
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models

from articles.related import store


def create(apps, schema_editor):
    store.create_tables(schema_editor)


def drop(apps, schema_editor):
    store.drop_tables(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0002_search_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnrelatedPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pair_id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'unrelated pair',
                'verbose_name_plural': 'unrelated pairs',
            },
        ),
        migrations.CreateModel(
            name='DistinctCouple',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.qapair', verbose_name='other pair')),
                ('pair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='articles.qapair', verbose_name='pair')),
            ],
            options={
                'verbose_name': 'distinct questions',
                'verbose_name_plural': 'distinct questions',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('pair', 'other'), name='distinctcouple_unique'), models.CheckConstraint(condition=models.Q(('pair', models.F('other')), _negated=True), name='distinctcouple_of_two')],
            },
        ),
        migrations.CreateModel(
            name='PairLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('pin', 'shown first'), ('block', 'never shown')], max_length=8, verbose_name='kind')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.qapair', verbose_name='other pair')),
                ('pair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to='articles.qapair', verbose_name='pair')),
            ],
            options={
                'verbose_name': "editors' link",
                'verbose_name_plural': "editors' links",
                'ordering': ['pair', 'position', 'pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('pair', 'other'), name='pairlink_unique'), models.CheckConstraint(condition=models.Q(('pair', models.F('other')), _negated=True), name='pairlink_of_two')],
            },
        ),
        migrations.RunPython(create, drop),
    ]

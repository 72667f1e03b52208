import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Merges of topics are recorded, and so is which names are not the same after all."""

    dependencies = [
        ('articles', '0008_publishing_states'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DistinctNames',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('other', models.CharField(max_length=300, verbose_name='other name')),
            ],
            options={
                'verbose_name': 'distinct topics',
                'verbose_name_plural': 'distinct topics',
                'constraints': [models.UniqueConstraint(fields=('name', 'other'), name='distinctnames_unique'), models.CheckConstraint(condition=models.Q(('name', models.F('other')), _negated=True), name='distinctnames_of_two')],
            },
        ),
        migrations.CreateModel(
            name='TopicMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='topic that stayed')),
                ('merged_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='merged at')),
                ('record', models.JSONField()),
                ('undone_at', models.DateTimeField(null=True, verbose_name='undone at')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merged by')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
            ],
            options={
                'verbose_name': 'merge of topics',
                'verbose_name_plural': 'merges of topics',
                'ordering': ['-merged_at', '-pk'],
            },
        ),
    ]

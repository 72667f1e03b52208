import articles.models.pictures
import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    """Answers show pictures, kept in the database."""

    dependencies = [
        ('articles', '0009_topic_merges'),
    ]

    operations = [
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[0-9a-f]{32}-[0-9]{1,4}x[0-9]{1,4}\\.webp\\Z')], verbose_name='name')),
                ('data', articles.models.pictures.PictureData(verbose_name='content')),
                ('width', models.PositiveSmallIntegerField(verbose_name='width')),
                ('height', models.PositiveSmallIntegerField(verbose_name='height')),
                ('added_at', models.DateTimeField(auto_now_add=True, verbose_name='added at')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'ordering': ['-added_at', '-pk'],
            },
        ),
    ]

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Versions of whole articles, and revisions that wait to be adopted."""

    dependencies = [
        ('articles', '0017_old_addresses'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PendingRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made at')),
                ('made_by_name', models.CharField(blank=True, max_length=150, verbose_name='name of who made it')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what changed')),
                ('content', models.JSONField(verbose_name='content')),
                ('digest', models.CharField(max_length=64)),
                ('base_digest', models.CharField(max_length=64)),
                ('returned_at', models.DateTimeField(blank=True, null=True, verbose_name='sent back at')),
                ('returned_by_name', models.CharField(blank=True, max_length=150, verbose_name='name of who sent it back')),
                ('reply', models.CharField(blank=True, max_length=500, verbose_name='why it was sent back')),
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='pending_revision', to='articles.article', verbose_name='article')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
            ],
            options={
                'verbose_name': 'revision to be adopted',
                'verbose_name_plural': 'revisions to be adopted',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reply', ''), ('returned_at__isnull', True)), ('returned_at__isnull', False), _connector='OR'), name='pendingrevision_returned_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made at')),
                ('made_by_name', models.CharField(blank=True, max_length=150, verbose_name='name of who made it')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what changed')),
                ('content', models.JSONField(verbose_name='content')),
                ('digest', models.CharField(max_length=64)),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('size', models.PositiveIntegerField(verbose_name='characters')),
                ('is_autosaved', models.BooleanField(default=False, verbose_name='saved by itself')),
                ('approved_by_name', models.CharField(blank=True, max_length=150, verbose_name='name of who adopted it')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='articles.article', verbose_name='article')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
            ],
            options={
                'verbose_name': 'version of an article',
                'verbose_name_plural': 'versions of articles',
                'ordering': ['article', '-number'],
                'constraints': [models.UniqueConstraint(fields=('article', 'number'), name='revision_number_unique')],
            },
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    """An article may be in review or in the trash, expire, and be due to be checked again."""

    dependencies = [
        ('articles', '0007_posting_blocks'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='article',
            options={'ordering': ['-published_at', '-pk'], 'permissions': [('publish_article', 'Can publish and withdraw articles')], 'verbose_name': 'article', 'verbose_name_plural': 'articles'},
        ),
        migrations.AddField(
            model_name='article',
            name='checked_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='last checked on'),
        ),
        migrations.AddField(
            model_name='article',
            name='expires_at',
            field=models.DateTimeField(blank=True, help_text='From then on readers no longer see it.', null=True, verbose_name='expires at'),
        ),
        migrations.AddField(
            model_name='article',
            name='review_by',
            field=models.DateField(blank=True, help_text='When somebody should look whether it still holds.', null=True, verbose_name='check again by'),
        ),
        migrations.AlterField(
            model_name='article',
            name='status',
            field=models.CharField(choices=[('draft', 'draft'), ('review', 'in review'), ('published', 'published'), ('trashed', 'in the trash')], default='draft', max_length=12, verbose_name='status'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('review_by__isnull', False)), fields=['review_by'], name='article_due'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__isnull', True), ('published_at__isnull', True), ('expires_at__gt', models.F('published_at')), _connector='OR'), name='article_expires_after_publication', violation_error_message='It would expire before it is published.'),
        ),
    ]

"""What happens around single saves and after migrations."""

from django.core.signals import request_finished, request_started
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models.signals import post_migrate, post_save, pre_migrate, pre_save
from django.dispatch import receiver

from articles import edition, triggers
from articles.derived import refresh_derived
from articles.models import Article, Author, Column, PairLink, QAPair, SynonymGroup, TaggedPair, Topic, TopicAlias
from articles.models.synonyms import clean_words
from articles.related import relating
from articles.search import building, index
from articles.slugs import free_slug
from articles.tallies import settling
from articles.topics import clean_name


@receiver(pre_save, sender=SynonymGroup)
def clean_synonyms(sender, instance, **kwargs):
    instance.words = clean_words(instance.words)


@receiver(pre_save, sender=Author)
@receiver(pre_save, sender=Column)
@receiver(pre_save, sender=Article)
@receiver(pre_save, sender=SynonymGroup)
def give_slug(sender, instance, **kwargs):
    if not instance.slug:
        rows = sender.objects.exclude(pk=instance.pk)
        instance.slug = free_slug(str(instance), lambda slug: rows.filter(slug=slug).exists())


@receiver(pre_save, sender=Topic)
@receiver(pre_save, sender=TopicAlias)
def clean_topic_name(sender, instance, **kwargs):
    instance.name = clean_name(instance.name)


@receiver(pre_save, sender=QAPair)
def give_number(sender, instance, **kwargs):
    """A new pair gets the next number that its article never had; it comes last unless placed."""
    if instance.number is None:
        last = Article.objects.values_list("last_number", flat=True).get(pk=instance.article_id)
        instance.number = last + 1
    instance.position = instance.position or instance.number


@receiver(post_save, sender=Article)
@receiver(post_save, sender=QAPair)
@receiver(post_save, sender=TaggedPair)
@receiver(post_save, sender=Topic)
@receiver(post_save, sender=TopicAlias)
@receiver(post_save, sender=PairLink)
def refresh_after_save(sender, **kwargs):
    transaction.on_commit(refresh_derived, robust=True)


@receiver(request_started)
def begin_answer(sender, **kwargs):
    connection.is_answering, connection.links_made = True, 0


@receiver(request_finished)
def end_answer(sender, **kwargs):
    connection.is_answering = False


@receiver(pre_migrate)
def make_way(app_config, plan, **kwargs):
    """Take the triggers away while tables are changed, and let nothing be derived: the code may miss a table."""
    if app_config.label == "articles" and any(migration.app_label == "articles" for migration, _backwards in plan):
        triggers.uninstall(connection)
        connection.is_refreshing = True


@receiver(post_migrate)
def keep_in_step(app_config, **kwargs):
    """Install the triggers and fill the index, whichever migration was just applied or undone."""
    connection.is_refreshing = False
    if app_config.label == "articles" and fits_tables():
        building.clear_away()
        if triggers.are_installed(connection):
            index.note_unindexed()
        else:
            # Without them nobody noted what was written.
            triggers.install(connection)
            index.note_all()
            settling.forget()
        relating.note_unrelated()
        refresh_derived()
        # What was written while there were no triggers.
        edition.advance()


def fits_tables() -> bool:
    """Tell whether every migration of the app is applied: between them the code may miss a table or a column."""
    loader = MigrationLoader(connection)
    return set(loader.graph.leaf_nodes("articles")) <= loader.applied_migrations.keys()

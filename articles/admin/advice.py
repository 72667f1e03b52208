"""What is said of a pair's topics while it is written: which its text names, and which typed names are new."""

from collections.abc import Mapping
from itertools import islice

from django.http import JsonResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.importing.importer import known_topics
from articles.importing.mentions import TopicFinder
from articles.importing.parser import count_topics
from articles.importing.records import ParsedPair
from articles.models.bases import TEXT_LIMIT
from articles.topics import fold_name, parse_topics

MOST_SUGGESTED = 8
MOST_CARDS = 200
FIELDS = ["heading", "question", "answer", "topics"]


class Vocabulary:
    """The topics of the site under all their names."""

    def __init__(self, names: Mapping[str, str]):
        """Take the topic of every name and alias."""
        self.finder = TopicFinder(names)
        self.topics = {fold_name(name): topic for name, topic in names.items()}

    def advise(self, heading: str, question: str, answer: str, typed: str) -> dict:
        """Return the topics that the texts name and the field lacks, the weightiest first, and a note on each typed
        name that is not a topic's own: the topic it means, or nothing where it is new."""
        meant = {name: self.topics.get(fold_name(name), "") for name in parse_topics(typed)}
        counts = count_topics(ParsedPair(heading, question, answer), self.finder)
        missing = (topic for topic, _count in counts.most_common() if topic not in meant.values())
        notes = [{"name": name, "topic": topic} for name, topic in meant.items() if name != topic]
        return {"suggested": list(islice(missing, MOST_SUGGESTED)), "notes": notes}


class TopicAdvice:
    """The address that the article form asks about its cards, saved or not."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.advise_topics)
        return [path("advise-topics/", view, name="articles_article_advise_topics"), *super().get_urls()]

    @method_decorator([require_POST, never_cache])
    def advise_topics(self, request):
        self.demand_rights(request)
        columns = [[text[:TEXT_LIMIT] for text in request.POST.getlist(field)[:MOST_CARDS]] for field in FIELDS]
        vocabulary = Vocabulary(known_topics())
        return JsonResponse({"cards": [vocabulary.advise(*card) for card in zip(*columns, strict=False)]})

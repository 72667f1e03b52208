"""What the article form holds before it is saved: texts to be checked, and an article that the site can show."""

from articles.markup import render_markdown, render_plain
from articles.models import Article, Author, Column, QAPair, Topic
from articles.proofreading import ArticleText, PairText
from articles.slugs import make_slug

# The address of what has none yet; a slug that is made never begins like this.
NO_SLUG = "-"


def unsaved_form(model_admin, request, article: Article | None):
    """Return the form and the cards of the article filled with what was sent; nothing of it is stored."""
    form = model_admin.get_form(request, article, change=article is not None)(request.POST, instance=article)
    form.full_clean()
    formsets, _inlines = model_admin._create_formsets(request, form.instance, change=article is not None)
    cards = next((formset for formset in formsets if formset.model is QAPair), None)
    return form, cards


def kept_cards(cards) -> list:
    """Return the forms of the cards that would be saved, in the order of their places."""
    if cards is None:
        return []
    if not cards.is_bound:
        return list(cards.initial_forms)
    cards.is_valid()
    return sorted(filter(cards.is_kept, cards.forms), key=lambda card: card.place())


def topic_names(card) -> list[str]:
    if card.is_bound:
        return card.cleaned_data.get("topics", [])
    return [topic.name for topic in card.initial.get("topics", [])]


def article_text(article: Article, cards: list) -> ArticleText:
    """Return what there is to proofread."""
    pairs = (card.instance for card in cards)
    texts = tuple(
        PairText(pair.heading, pair.question, pair.answer, tuple(topic_names(card)))
        for pair, card in zip(pairs, cards, strict=True)
    )
    return ArticleText(article.origin, article.source_name, article.source_url, texts)


def shown_article(article: Article, cards: list) -> Article:
    """Return the article ready for its public page, pairs and topics in memory only.

    What is new stands under keys below zero, which no row has.
    """
    article.pk, article.slug = article.pk or -1, article.slug or NO_SLUG
    if article.column_id is None:
        article.column = Column(pk=-1, title="…", slug=NO_SLUG, author=Author(pk=-1, name="…", slug=NO_SLUG))
    names = {name for card in cards for name in topic_names(card)}
    topics = shown_topics(names)
    pairs = [shown_pair(article, card, place, topics) for place, card in enumerate(cards, 1)]
    article._prefetched_objects_cache = {"pairs": pairs}
    return article


def shown_topics(names) -> dict[str, Topic]:
    known = Topic.objects.resolve(names)
    new = [name for name in sorted(names) if name not in known]
    return known | {name: Topic(pk=-key, name=name, slug=make_slug(name)) for key, name in enumerate(new, 1)}


def shown_pair(article: Article, card, place: int, topics: dict[str, Topic]) -> QAPair:
    pair = card.instance
    pair.article = article
    if pair.pk is None:
        pair.pk, pair.number = -place, article.last_number + place
    pair.question_html, pair.answer_html = render_plain(pair.question), render_markdown(pair.answer)
    own = {topics[name].pk: topics[name] for name in topic_names(card)}
    pair._prefetched_objects_cache = {"topics": list(own.values())}
    return pair

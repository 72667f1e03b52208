"""What a browser sends when an editor saves the article form, and what comes back."""

from django.utils import timezone

from articles.models import Article, QAPair
from tests.reading import text_of

ADD = "/admin/articles/article/add/"
LIST = "/admin/articles/article/"


def change_url(article) -> str:
    return f"{LIST}{article.pk}/change/"


def article_data(*, pairs=(), initial=0, **fields) -> dict[str, str]:
    """Return the fields of the form; pairs are the fields of each card, the first ones saved before."""
    data = {
        "title": "第一次带团队",
        "column": "",
        "status": "draft",
        "published_at_0": "",
        "published_at_1": "",
        "expires_at_0": "",
        "expires_at_1": "",
        "review_by": "",
        "origin": "original",
        "source_name": "",
        "source_url": "",
        "slug": "",
        "summary": "",
        "pairs-TOTAL_FORMS": str(len(pairs)),
        "pairs-INITIAL_FORMS": str(initial),
    }
    for index, pair in enumerate(pairs):
        data |= {f"pairs-{index}-{name}": value for name, value in (empty_card() | pair).items()}
    return data | fields


def empty_card() -> dict[str, str]:
    return dict.fromkeys(("heading", "question", "signature", "topics", "answer", "position"), "")


def card(number: int, **fields) -> dict[str, str]:
    """Return the fields of a card filled in."""
    filled = {"heading": f"小标题{number}", "question": f"来信{number}", "answer": f"回信{number}"}
    return filled | {"position": str(number)} | fields


def saved_data(article: Article, *, pairs=None, **fields) -> dict[str, str]:
    """Return what the form of a saved article sends when nothing is changed, but for the given fields."""
    saved = [saved_card(pair) for pair in article.pairs.with_topics()]
    for index, changes in (pairs or {}).items():
        saved[index : index + 1] = [(saved[index] if index < len(saved) else {}) | changes]
    own = {"column": article.column_id} | {
        name: getattr(article, name)
        for name in ("title", "status", "origin", "source_name", "source_url", "slug", "summary")
    }
    own["review_by"] = article.review_by or ""
    for name in ("published_at", "expires_at"):
        if moment := getattr(article, name):
            local = timezone.localtime(moment)
            own |= {f"{name}_0": local.strftime("%Y-%m-%d"), f"{name}_1": local.strftime("%H:%M:%S")}
    return article_data(pairs=saved, initial=article.pairs.count(), **own | fields)


def saved_card(pair: QAPair) -> dict[str, str]:
    fields = {name: str(getattr(pair, name)) for name in ("heading", "question", "signature", "answer", "position")}
    # Browsers send line ends as CR LF.
    fields = {name: value.replace("\n", "\r\n") for name, value in fields.items()}
    topics = "、".join(topic.name for topic in pair.topics.all())
    return fields | {"id": str(pair.pk), "article": str(pair.article_id), "topics": topics}


def errors(response) -> dict[str, list[str]]:
    """Return what the form and its cards complain about: field (of card n) → messages; '' for the cards as a whole."""
    assert response.status_code == 200
    found = dict(response.context["adminform"].form.errors)
    formset = response.context["inline_admin_formsets"][0].formset
    for index, form in enumerate(formset.forms):
        found |= {f"{index}-{name}": messages for name, messages in form.errors.items()}
    if formset.non_form_errors():
        found[""] = formset.non_form_errors()
    return {name: list(messages) for name, messages in found.items()}


def table_text(client, address: str) -> str:
    """Return the text of the rows of a list."""
    rows = client.get(address).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return text_of(rows.replace("<", " <"))


def headings(article: Article) -> list[str]:
    """Return the headings in order, with their places, which run without a gap."""
    pairs = list(article.pairs.order_by("position", "number"))
    assert [pair.position for pair in pairs] == list(range(1, len(pairs) + 1))
    return [pair.heading for pair in pairs]

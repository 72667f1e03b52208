"""Writes a query from the fields of a form, in the signs that parse_query reads."""

from articles.search.query import Query

# The signs around a phrase, as the query parser knows them.
QUOTES = str.maketrans(dict.fromkeys('"“”\uff02', " "))


def compose_query(*, words: str = "", phrase: str = "", without: str = "", topic: str = "", column: str = "") -> str:
    """Return the query that asks for all of it: words, a whole phrase, words left out, a topic and a column."""
    parts = [
        words,
        quote(phrase),
        *(f"-{word}" for word in without.translate(QUOTES).split()),
        quote(topic, "topic:"),
        quote(column, "column:"),
    ]
    return " ".join(" ".join(parts).split())


def fields_of(query: Query) -> dict[str, str]:
    """Return what compose_query would need to write the query again; of several topics or columns the first."""
    asked_besides = query.phrases or query.excluded or query.topics or query.columns
    return {
        "words": " ".join(query.terms) if asked_besides else query.text,
        "phrase": " ".join(query.phrases),
        "without": " ".join(query.excluded),
        "topic": next(iter(query.topics), ""),
        "column": next(iter(query.columns), ""),
    }


def quote(text: str, prefix: str = "") -> str:
    text = text.translate(QUOTES).strip()
    return f'{prefix}"{text}"' if text else ""

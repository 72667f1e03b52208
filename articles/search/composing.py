"""Writes a query from the fields of a form, in the signs that parse_query reads."""

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


def quote(text: str, prefix: str = "") -> str:
    text = text.translate(QUOTES).strip()
    return f'{prefix}"{text}"' if text else ""

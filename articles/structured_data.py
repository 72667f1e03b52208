"""What search engines read about a page: schema.org as JSON-LD."""

import json

# Escaped so that no text can close the script element it stands in.
JSON_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def faq_page(article, pairs) -> dict:
    """Return the article as a schema.org FAQPage: many questions, one answer each.

    QAPage would be wrong here: it is for one question that any user may answer.
    """
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "headline": article.title,
        "author": {"@type": "Person", "name": article.column.author.name},
        "isPartOf": {"@type": "CreativeWorkSeries", "name": article.column.title},
        "datePublished": article.published_at.isoformat() if article.published_at else None,
        "dateModified": article.last_changed.isoformat() if article.last_changed else None,
        "mainEntity": [question(pair) for pair in pairs],
    }


def question(pair) -> dict:
    return {
        "@type": "Question",
        "name": pair.heading,
        "text": pair.question,
        "acceptedAnswer": {"@type": "Answer", "text": pair.answer_html.strip()},
    }


def to_json(data: dict) -> str:
    """Return JSON that is safe inside a script element; empty values are left out."""
    filled = {key: value for key, value in data.items() if value is not None}
    return json.dumps(filled, ensure_ascii=False).translate(JSON_ESCAPES)

import json

import pytest

from articles.structured_data import faq_page, to_json
from tests.factories import at, make_article, make_author, make_column


@pytest.mark.django_db
def test_an_article_is_a_faq_page_with_one_answer_a_question():
    column = make_column(title="运营信箱", author=make_author(name="编辑部"))
    pair = {"heading": "怎么定 KPI", "question": "定多少？", "answer": "先**问**目标。"}
    article = make_article(column=column, title="定目标", pairs=[pair], published_at=at(2017, 3, 27, 11, 29))
    assert json.loads(to_json(faq_page(article, article.pairs.all()))) == {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "headline": "定目标",
        "author": {"@type": "Person", "name": "编辑部"},
        "isPartOf": {"@type": "CreativeWorkSeries", "name": "运营信箱"},
        "datePublished": "2017-03-27T11:29:00+08:00",
        "dateModified": "2017-03-27T11:29:00+08:00",
        "mainEntity": [
            {
                "@type": "Question",
                "name": "怎么定 KPI",
                "text": "定多少？",
                "acceptedAnswer": {"@type": "Answer", "text": "<p>先<strong>问</strong>目标。</p>"},
            }
        ],
    }


def test_no_text_can_close_the_script_element():
    text = "</script><script>alert(1)</script>&\u2028"
    written = to_json({"headline": text})
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == {"headline": text}

import re
from html import unescape

import pytest

from articles.admin.stale import stored_fingerprint
from articles.models import Article, QAPair
from tests.admin.posting import card, change_url, headings, saved_data
from tests.factories import make_article, make_pair
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def opened(client, article) -> dict[str, str]:
    """Return what the form sends that was opened now."""
    page = client.get(change_url(article)).content.decode()
    return {"fingerprint": re.search(r'name="fingerprint" value="(\w+)"', page)[1]}


def save(client, article, token, **changes):
    return client.post(change_url(article), saved_data(article, **changes) | token)


def table(response) -> list[list[str]]:
    """Return label and sides of each text of the comparison, with what is marked in brackets."""
    page = re.sub("<(?:ins|del)>", "[", re.sub("</(?:ins|del)>", "]", response.content.decode()))
    tables = re.findall(r'<table class="versus.*?</table>', page, re.DOTALL)
    return [
        [text_of(cell) for cell in re.findall(r"<caption.*?</caption>|<td.*?</td>", one, re.DOTALL)] for one in tables
    ]


def resend(client, article, response):
    """Press the button that saves one's own version."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    return client.post(change_url(article), {name: unescape(value) for name, value in fields})


def test_an_article_nobody_touched_is_saved(admin_client):
    article = make_article(pairs=[{"heading": "甲", "topics": ["KPI"]}])
    response = save(admin_client, article, opened(admin_client, article), pairs={0: {"heading": "乙"}})
    assert (response.status_code, headings(article)) == (302, ["乙"])


CHANGES = {
    "title": lambda article: Article.objects.update(title="改过"),
    "status": lambda article: Article.objects.update(status="draft"),
    "text": lambda article: QAPair.objects.update(answer="改过"),
    "topics": lambda article: article.pairs.get().topics.add("留存"),
    "new pair": lambda article: make_pair(article),
    "pair gone": lambda article: article.pairs.all().delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_the_other_changed_nothing_is_written(admin_client, change):
    article = make_article(topics=["KPI"])
    token, data = opened(admin_client, article), saved_data(article, title="我的标题")
    change(article)
    before = Article.objects.values().get(), list(QAPair.objects.values())
    response = admin_client.post(change_url(article), data | token)
    assert response.status_code == 409
    assert (Article.objects.values().get(), list(QAPair.objects.values())) == before


def test_both_versions_are_shown_with_who_and_what(admin_client):
    article = make_article(title="带团队", pairs=[{"heading": "怎么开口", "answer": "先聊再布置。"}])
    token, mine = opened(admin_client, article), saved_data(article, pairs={0: {"answer": "先聊，再布置。"}})
    save(admin_client, article, opened(admin_client, article), title="带小团队", pairs={0: {"topics": "KPI"}})
    response = admin_client.post(change_url(article), mine | token)
    assert table(response) == [
        ["Title", "带[小]团队", "带团队"],
        ["Answer", "先聊再布置。", "先聊[，]再布置。"],
    ]
    assert '<del class="topic">KPI</del>' in response.content.decode()
    assert "Last entry in its history: admin, " in response.content.decode()


def test_saving_mine_writes_over_theirs_and_keeps_what_they_added(admin_client):
    article = make_article(pairs=[{"heading": "甲"}, {"heading": "乙"}])
    token, mine = opened(admin_client, article), saved_data(article, pairs={0: {"heading": "我的甲"}})
    QAPair.objects.filter(heading="甲").update(heading="他的甲")
    make_pair(article, heading="他的新问")
    response = admin_client.post(change_url(article), mine | token)
    assert resend(admin_client, article, response).status_code == 302
    assert sorted(article.pairs.values_list("heading", flat=True)) == ["乙", "他的新问", "我的甲"]


def test_a_pair_the_other_deleted_comes_back_with_my_text(admin_client):
    article = make_article(pairs=[{"heading": "甲"}, {"heading": "乙"}])
    token, mine = opened(admin_client, article), saved_data(article, pairs={0: {"answer": "我改了很久"}})
    QAPair.objects.filter(heading="甲").delete()
    response = admin_client.post(change_url(article), mine | token)
    resend(admin_client, article, response)
    assert headings(article) == ["甲", "乙"]
    assert article.pairs.get(heading="甲").answer == "我改了很久"


def test_a_new_order_is_told_as_a_move(admin_client):
    article = make_article(pairs=[{"heading": "甲"}, {"heading": "乙"}])
    token, mine = opened(admin_client, article), saved_data(article, pairs={0: {"position": "9"}})
    Article.objects.update(title="改过")
    response = admin_client.post(change_url(article), mine | token)
    assert [row[0] for row in table(response)] == ["Title"]
    assert "Question 2 → question 1" in response.content.decode()


def test_a_form_with_errors_keeps_the_state_it_was_opened_with(admin_client):
    article = make_article()
    token = opened(admin_client, article)
    response = save(admin_client, article, token, title="")
    Article.objects.update(summary="改过")
    assert f'value="{token["fingerprint"]}"' in response.content.decode()


def test_a_theft_by_the_second_save_is_noticed_too(admin_client):
    article = make_article()
    token, mine = opened(admin_client, article), saved_data(article, title="我的")
    Article.objects.update(title="第一次")
    response = admin_client.post(change_url(article), mine | token)
    Article.objects.update(title="第二次")
    assert resend(admin_client, article, response).status_code == 409
    assert Article.objects.get().title == "第二次"


def test_nothing_typed_can_run_in_the_comparison(admin_client):
    article = make_article(pairs=2)
    token = opened(admin_client, article)
    mine = saved_data(article, title="<script>alert(1)</script>", pairs={2: card(3, heading='"><b>')})
    Article.objects.update(title="改过")
    page = admin_client.post(change_url(article), mine | token).content.decode()
    assert "<script>alert" not in page
    assert '"><b>' not in page


@pytest.mark.parametrize("pairs", [1, 3])
def test_noticing_costs_four_queries_whatever_the_article_holds(admin_client, django_assert_num_queries, pairs):
    article = make_article(pairs=pairs, topics=["KPI"])
    with django_assert_num_queries(4):
        stored_fingerprint(article)

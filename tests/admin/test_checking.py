import re

import pytest
from django.contrib.auth.models import Permission

from articles.models import Article, QAPair
from articles.related.duplicates import call_distinct
from tests.admin.posting import ADD, article_data, card, change_url, saved_data
from tests.admin.test_article_form import viewer
from tests.factories import make_article
from tests.reading import text_of

pytestmark = pytest.mark.django_db

CHECK_NEW = "/admin/articles/article/check/"
NUMBER = "/admin/articles/article/number-lists/"


def check_url(article) -> str:
    return f"/admin/articles/article/{article.pk}/check/"


def rows(response) -> list[tuple[str, str]]:
    """Return what the list says: the id of the field, the sentence."""
    found = re.findall(r'<a href="#([\w-]+)" data-jump>(.*?)</a>', response.content.decode(), re.DOTALL)
    return [(target, text_of(text)) for target, text in found]


def tally(response) -> str:
    return text_of(re.search(r'<p class="tally.*?</p>', response.content.decode(), re.DOTALL).group())


def test_the_saved_article_is_checked_without_script(admin_client):
    article = make_article(
        pairs=[{"topics": ["KPI"]}, {"answer": "", "question": "你好,世界"}], origin="reprint", status="draft"
    )
    response = admin_client.get(change_url(article))
    assert rows(response) == [
        ("id_pairs-1-answer", "Question 2: The answer is missing"),
        ("id_source_name", "A reprint needs its source"),
        ("id_pairs-1-topics", "Question 2: No topic"),
        ("id_pairs-1-question", "Question 2: 1 half-width mark"),
    ]
    assert tally(response) == "1 gap to closeabout 1 min of reading"


def test_every_row_leads_to_a_field_of_the_page(admin_client):
    article = make_article(pairs=[{"heading": "", "question": "", "answer": ""}], origin="reprint", status="draft")
    response = admin_client.get(change_url(article))
    targets = [target for target, _text in rows(response)]
    assert len(targets) == 5
    assert [target for target in targets if f'id="{target}"' not in response.content.decode()] == []


def test_a_new_form_misses_its_questions(admin_client):
    assert rows(admin_client.get(ADD)) == [("pairs-group", "There is no question yet")]


def test_what_is_typed_is_checked_and_nothing_is_stored(admin_client):
    article = make_article(pairs=2, topics=["KPI"])
    before = list(QAPair.objects.order_by("pk").values())
    data = saved_data(article, pairs={0: {"answer": "改,过"}, 2: card(3, topics="新词")}, title="新的")
    response = admin_client.post(check_url(article), data)
    assert rows(response) == [("id_pairs-0-answer", "Question 1: 1 half-width mark")]
    assert list(QAPair.objects.order_by("pk").values()) == before
    assert Article.objects.get().title == article.title


def test_questions_are_counted_as_they_stand_and_fields_named_as_the_page_knows_them(admin_client):
    article = make_article(pairs=2, topics=["KPI"], status="draft")
    changes = {0: {"DELETE": "on"}, 1: {"position": "5", "answer": ""}, 2: card(1, topics="KPI", heading="")}
    assert rows(admin_client.post(check_url(article), saved_data(article, pairs=changes))) == [
        ("id_pairs-2-heading", "Question 1: The heading is missing"),
        ("id_pairs-1-answer", "Question 2: The answer is missing"),
    ]


def test_a_new_article_is_checked_before_it_has_title_and_column(admin_client):
    data = article_data(pairs=[card(1, answer="")], title="")
    assert rows(admin_client.post(CHECK_NEW, data)) == [
        ("id_pairs-0-answer", "The answer is missing"),
        ("id_pairs-0-topics", "No topic"),
    ]


@pytest.mark.parametrize(
    "target, is_dead",
    [
        ("/articles/gong-kai/", False),
        ("/articles/gong-kai/#q1", False),
        ("/articles/jiu/", False),
        ("http://testserver/articles/gong-kai/", False),
        ("http://testserver/articles/mei-you/", True),
        ("/articles/mei-you/", True),
        ("/articles/cao-gao/", True),
        ("/articles/", False),
        ("/topics/mei-you/", True),
        ("https://example.com/articles/mei-you/", False),
        ("http://[", False),
    ],
)
def test_links_to_articles_readers_cannot_open_are_named(admin_client, target, is_dead):
    public = make_article(slug="jiu")
    public.slug = "gong-kai"
    public.save()
    make_article(slug="cao-gao", status="draft")
    pair = {"question": "留存掉了，先看哪个数？", "answer": f"见[那篇]({target})。"}
    article = make_article(pairs=[pair], topics=["KPI"])
    found = [text for _target, text in rows(admin_client.get(change_url(article)))]
    assert found == ([f"The link leads nowhere readers can go: {target}"] if is_dead else [])


LETTER = {"heading": "第一次做经理怎么带团队", "question": "刚升了经理，手下三个人都比我大，我不敢布置任务，怎么办？"}


@pytest.fixture
def twin():
    return make_article(pairs=[LETTER]).pairs.get()


def twins(response) -> list[str]:
    return [text for _target, text in rows(response) if "the same question" in text]


def test_a_question_asked_before_is_named_saved_or_not(admin_client, twin):
    article = make_article(pairs=[LETTER])
    saved = admin_client.get(change_url(article))
    typed = admin_client.post(CHECK_NEW, article_data(pairs=[card(1, **LETTER)]))
    assert twins(saved) == ["100 % the same question as 第一次做经理怎么带团队"]
    assert len(twins(typed)) == 2
    assert f"/admin/articles/article/{twin.article_id}/change/#pairs-0" in typed.content.decode()


def test_questions_called_distinct_are_not_named_again(admin_client, twin):
    article = make_article(pairs=[LETTER])
    call_distinct(article.pairs.get(), twin)
    data = saved_data(article, pairs={0: {"heading": "第一次做经理怎么带好团队"}})
    assert twins(admin_client.get(change_url(article))) == []
    assert twins(admin_client.post(check_url(article), data)) == []


def test_a_question_without_words_has_no_twin(admin_client, twin):
    assert twins(admin_client.post(CHECK_NEW, article_data(pairs=[card(1, heading="？", question="……")]))) == []


def test_checking_costs_what_reading_the_form_costs(admin_client, django_assert_max_num_queries):
    def cost(pairs):
        words = ("留存怎么算", "淘宝客还能做吗", "团队不听话")[:pairs]
        article = make_article(pairs=[{"question": word} for word in words])
        data = saved_data(article)
        with django_assert_max_num_queries(40) as asked:
            admin_client.post(check_url(article), data)
        return len(asked)

    cost(1)
    assert cost(3) - cost(1) == 2 * 2  # Django's form asks for each pair and its topics


def test_numbered_lines_are_written_as_a_list(admin_client):
    response = admin_client.post(NUMBER, {"text": "1、甲\r\n2、乙"})
    assert (response.content.decode(), response["Content-Type"]) == ("1. 甲\n2. 乙", "text/plain")


def test_nonsense_is_checked_calmly(admin_client):
    body = "title=%ED%A0%80%FF&pairs-TOTAL_FORMS=99999&pairs-INITIAL_FORMS=-1&pairs-0-id=x"
    response = admin_client.post(CHECK_NEW, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200


def test_checks_are_for_those_who_write(client, django_user_model):
    article = make_article()
    client.force_login(viewer(django_user_model))
    assert "data-checks" not in client.get(change_url(article)).content.decode()
    assert client.post(check_url(article), saved_data(article)).status_code == 403
    assert client.post(CHECK_NEW, article_data()).status_code == 403


def test_who_may_only_change_checks_no_new_article(client, django_user_model):
    user = django_user_model.objects.create_user("gaiji", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_article", "change_article", "change_qapair"])
    )
    client.force_login(user)
    article = make_article()
    assert client.post(check_url(article), saved_data(article)).status_code == 200
    assert client.post(CHECK_NEW, article_data()).status_code == 403


def test_each_address_takes_posts_only(admin_client):
    for address in (CHECK_NEW, check_url(make_article()), NUMBER):
        assert admin_client.get(address).status_code == 405


def test_what_is_not_there_is_not_found(admin_client):
    assert admin_client.post("/admin/articles/article/999/check/", article_data()).status_code == 404

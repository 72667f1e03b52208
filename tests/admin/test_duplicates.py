"""Questions that are asked twice: named after saving, listed, and dismissed by an editor."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from articles.models import DistinctCouple, QAPair
from tests.admin.posting import ADD, LIST, article_data, card, change_url, saved_data
from tests.factories import make_article, make_column
from tests.reading import text_of

pytestmark = pytest.mark.django_db

DUPLICATES = f"{LIST}duplicates/"
DISMISS = f"{DUPLICATES}dismiss/"
ASKED = "公众号粉丝一直掉，每天发文还是取关，怎么才能留住读者？"
ASKED_AGAIN = "公众号的粉丝一直在掉，天天发文还是被取关，怎么才能留住读者？"


def make_pair(heading, question, **fields) -> QAPair:
    return make_article(pairs=[{"heading": heading, "question": question}], **fields).pairs.get()


# What is near is known once the form's transaction has committed.
commits = pytest.mark.django_db(transaction=True)


@pytest.fixture
def couple():
    """Two pairs that ask the same in other words, among others."""
    for heading in ("报价单怎么做", "活动奖品选什么", "数据表太乱了"):
        make_pair(heading, f"{heading}，请老师指点")
    return make_pair("粉丝一直掉怎么办", ASKED, title="甲"), make_pair("粉丝总是掉怎么办", ASKED_AGAIN, title="乙")


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def listed(client) -> list[tuple]:
    page = client.get(DUPLICATES).context["page"]
    return [(couple.pair.heading, couple.other.heading) for couple in page]


def save(client, address, data):
    client.post(address, data)
    return [message for message in said(client.get(LIST)) if "is close to" in message]


@commits
def test_saving_a_new_article_names_what_asks_the_same(admin_client, couple):
    first, _ = couple
    again = card(2, heading=first.heading, question=first.question)
    data = article_data(column=make_column().pk, pairs=[card(1, heading="无关", question="另一件事"), again])
    messages = save(admin_client, ADD, data)
    link = f'<a href="{change_url(first.article)}#pairs-0">“甲” question 1</a>'
    assert messages[0] == f"Question 2 is close to {link} (100 %)."
    assert len(messages) == 2


@commits
@pytest.mark.parametrize("changes, count", [({"heading": "粉丝掉了"}, 1), ({"answer": "新的回答"}, 0), ({}, 0)])
def test_only_a_changed_question_is_compared(admin_client, couple, changes, count):
    article = couple[0].article
    data = saved_data(article, pairs={0: changes})
    messages = save(admin_client, change_url(article), data)
    assert len(messages) == count


@commits
def test_a_title_in_a_message_cannot_run(admin_client, couple):
    first, other = couple
    first.article.title = "<script>x</script>"
    first.article.save()
    data = saved_data(other.article, pairs={0: {"heading": "粉丝掉"}})
    (message,) = save(admin_client, change_url(other.article), data)
    assert "&lt;script&gt;x&lt;/script&gt;" in message
    assert "<script>" not in message


def test_the_list_names_couples_the_most_alike_first(admin_client, couple):
    make_pair("粉丝一直掉怎么办", ASKED, title="丙", status="draft")
    page = admin_client.get(DUPLICATES)
    assert [couple.likeness for couple in page.context["page"]] == [100, 83, 83]
    text = text_of(page.content.decode())
    assert "100 %" in text
    assert "“丙” question 1 · draft" in text


def test_an_empty_list_says_so(admin_client):
    make_article()
    assert "No two questions are alike." in text_of(admin_client.get(DUPLICATES).content.decode())


def test_a_dismissed_couple_is_gone_for_good_and_both_histories_tell(admin_client, couple):
    assert listed(admin_client) == [("粉丝一直掉怎么办", "粉丝总是掉怎么办")]
    first, other = couple
    for _ in range(2):
        response = admin_client.post(DISMISS, {"pair": other.pk, "other": first.pk}, follow=True)
        assert said(response) == ["“粉丝总是掉怎么办” and “粉丝一直掉怎么办” are two questions."]
    QAPair.objects.filter(pk=first.pk).update(question=ASKED_AGAIN)
    assert listed(admin_client) == []
    assert DistinctCouple.objects.count() == 1
    assert sorted(LogEntry.objects.values_list("object_repr", flat=True)) == ["乙", "甲"]


@pytest.mark.parametrize("pair, other", [("x", "1"), ("", ""), ("9" * 30, "1"), ("\x00", "1"), ("same", "same")])
def test_odd_couples_are_refused(admin_client, couple, pair, other):
    pk = str(couple[0].pk)
    data = {"pair": pair.replace("same", pk), "other": other.replace("same", pk)}
    assert said(admin_client.post(DISMISS, data, follow=True)) == ["The selection makes no sense."]
    assert not DistinctCouple.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_queries_for_any_number_of_rows(admin_client, django_assert_num_queries, rows):
    for n in range(rows):
        for _ in range(2):
            make_pair(f"第{n}批货怎么发" * 3, f"{n}仓的货发到{n}号店要几天" * 3)
    with django_assert_num_queries(5):  # two of them are the session and the user
        assert len(admin_client.get(DUPLICATES).context["page"]) >= rows


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
def test_an_odd_page_number_is_no_error(admin_client, couple, page):
    assert admin_client.get(f"{DUPLICATES}?page={page}").status_code == 200


def test_who_may_only_look_cannot_dismiss(client, django_user_model, couple):
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    client.force_login(user)
    assert client.get(DUPLICATES).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    response = client.get(DUPLICATES)
    assert (response.status_code, b"Not a duplicate" in response.content) == (200, False)
    assert client.post(DISMISS, {"pair": couple[0].pk, "other": couple[1].pk}).status_code == 403

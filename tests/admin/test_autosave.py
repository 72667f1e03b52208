import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group

from articles.models import Article, QAPair, Topic
from articles.rights import make_groups
from tests.admin.posting import article_data, card, headings, saved_data
from tests.admin.test_stale import opened
from tests.factories import make_article, make_column

pytestmark = pytest.mark.django_db

NEW = "/admin/articles/article/autosave/"


def address(article) -> str:
    return f"/admin/articles/article/{article.pk}/autosave/"


def draft(**fields) -> Article:
    return make_article(status="draft", published_at=None, **fields)


def autosave(client, article, **changes):
    return client.post(address(article), saved_data(article, **changes) | opened(client, article))


def test_a_draft_is_saved_without_an_entry_in_its_history(admin_client):
    article = draft(pairs=[{"heading": "甲"}])
    response = autosave(admin_client, article, title="改过", pairs={0: {"heading": ""}})
    assert response.status_code == 200
    article.refresh_from_db()
    assert (article.title, headings(article), article.status) == ("改过", [""], "draft")
    assert LogEntry.objects.count() == 0


def test_the_form_can_go_on_with_what_it_is_told(admin_client):
    column = make_column()
    news = admin_client.post(NEW, article_data(column=column.pk, pairs=[{}, card(2, heading="乙")])).json()
    article = Article.objects.get()
    pair = article.pairs.get()
    assert (headings(article), news["pairs"]) == (["乙"], {"1": pair.pk})
    data = article_data(column=column.pk, title="再改", pairs=[{}, card(2, heading="丙", id=str(pair.pk))])
    token = {"fingerprint": news["fingerprint"]}
    again = admin_client.post(news["autosave"], data | token).json()
    assert (headings(article), again["pairs"]) == (["丙"], {"1": pair.pk})
    response = admin_client.post(news["change"], data | {"fingerprint": again["fingerprint"]})
    assert (response.status_code, Article.objects.get().title, QAPair.objects.count()) == (302, "再改", 1)


def test_nothing_is_deleted_and_no_topic_is_made(admin_client):
    article = draft(pairs=[{"heading": "甲", "topics": ["KPI"]}, {"heading": "乙"}])
    autosave(admin_client, article, pairs={0: {"topics": "KPI、团队管"}, 1: {"DELETE": "on"}})
    assert headings(article) == ["甲", "乙"]
    assert [topic.name for topic in Topic.objects.all()] == ["KPI"]
    assert [topic.name for topic in article.pairs.get(heading="甲").topics.all()] == ["KPI"]


def test_an_address_stays_while_the_title_is_being_written(admin_client):
    article = draft(title="带团队", slug="dai-tuandui")
    autosave(admin_client, article, title="第一次带团队", slug="")
    assert Article.objects.get().slug == "dai-tuandui"
    assert article.former_slugs.count() == 0


def test_what_is_chosen_is_not_published_before_one_says_so(admin_client):
    article = draft()
    autosave(admin_client, article, status="published", title="改过")
    assert (Article.objects.get().status, Article.objects.get().title) == ("draft", "改过")


@pytest.mark.parametrize("status", ["review", "published", "trashed"])
def test_only_drafts_are_saved_unasked(admin_client, status):
    article = make_article(status=status, title="原来的")
    response = admin_client.post(address(article), saved_data(article, title="改过"))
    assert response.status_code == (403 if status == "trashed" else 200)
    assert Article.objects.get().title == "原来的"


def test_the_work_of_others_is_not_overwritten(admin_client):
    article = draft(title="原来的")
    data = saved_data(article, title="我的") | opened(admin_client, article)
    Article.objects.update(title="别人的")
    response = admin_client.post(address(article), data)
    assert response.json()["problem"].startswith("Somebody else has saved it meanwhile")
    assert admin_client.post(address(article), saved_data(article, title="我的")).json()["is_final"]
    assert Article.objects.get().title == "别人的"


def test_what_cannot_be_saved_is_told_in_a_line(admin_client):
    assert admin_client.post(NEW, article_data()).json() == {"problem": "Column This field is required."}
    article = draft(pairs=[{"heading": "甲"}])
    response = autosave(admin_client, article, pairs={0: {"heading": "长" * 121}})
    assert response.json()["problem"].startswith("Heading Ensure this value has at most 120 characters")
    assert Article.objects.count() == 1
    assert headings(article) == ["甲"]


def test_the_form_of_a_draft_alone_asks_for_it(admin_client):
    assert f'data-autosave="{NEW}"' in admin_client.get("/admin/articles/article/add/").content.decode()
    article = draft()
    form = f"/admin/articles/article/{article.pk}/change/"
    assert f'data-autosave="{address(article)}"' in admin_client.get(form).content.decode()
    Article.objects.update(status="review")
    assert "data-autosave=" not in admin_client.get(form).content.decode()


def test_who_may_only_look_saves_nothing(client, django_user_model):
    make_groups()
    user = django_user_model.objects.create_user("kan", password="zhi-kan-bu-xie", is_staff=True)
    user.groups.add(Group.objects.get(name="Operations"))
    client.force_login(user)
    assert client.post(address(draft()), {}).status_code == 403
    assert client.post(NEW, {}).status_code == 403

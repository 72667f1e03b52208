import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group

from articles.models import QAPair
from articles.rights import make_groups
from tests.factories import make_article
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def address(pair) -> str:
    return f"/admin/articles/article/move-question/{pair.pk}/"


@pytest.fixture
def pair():
    return make_article(title="带团队", status="draft", pairs=[{"heading": "怎么开口"}, {}]).pairs.first()


def test_articles_are_found_as_in_the_list(admin_client, pair):
    target = make_article(title="社群运营", slug="shequn", pairs=[{"heading": "群冷了怎么办"}])
    make_article(title="垃圾社群", status="trashed")
    for text in ("社群", f"#{target.pk}", "/articles/shequn/"):
        page = text_of(admin_client.get(address(pair), {"q": text}).content.decode())
        assert "社群运营" in page
        assert "垃圾社群" not in page
    assert "No article is found." in text_of(admin_client.get(address(pair), {"q": "带团队"}).content.decode())


def test_a_question_is_moved_and_both_histories_say_so(admin_client, pair):
    target = make_article(title="社群运营")
    response = admin_client.post(address(pair), {"to": target.pk})
    assert (response.status_code, response.url) == (302, f"/admin/articles/article/{target.pk}/change/")
    assert target.pairs.get(number=2) == pair
    said = {entry.object_id: str(entry.get_change_message()) for entry in LogEntry.objects.all()}
    assert said == {
        str(pair.article_id): "“怎么开口” moved to 《社群运营》.",
        str(target.pk): "“怎么开口” moved here from 《带团队》.",
    }


def test_what_would_break_an_article_is_refused_in_a_line(admin_client, pair):
    QAPair.objects.filter(pk=pair.pk).update(answer="")
    target = make_article()
    response = admin_client.post(address(pair), {"to": target.pk}, follow=True)
    assert "It has a gap, and that article is published: fill the gap first." in text_of(response.content.decode())
    assert (target.pairs.count(), LogEntry.objects.count()) == (1, 0)


@pytest.mark.parametrize("key", ["", "x", "0", "99999999999999999999"])
def test_nonsense_is_not_found(admin_client, pair, key):
    assert admin_client.post(address(pair), {"to": key}).status_code == 404


def test_what_readers_see_is_moved_by_those_who_publish(client, django_user_model, pair):
    make_groups()
    user = django_user_model.objects.create_user("xie", password="xie-gao-de-ren", is_staff=True)
    user.groups.add(Group.objects.get(name="Writers"))
    client.force_login(user)
    assert client.get(address(pair)).status_code == 200
    assert client.post(address(pair), {"to": make_article().pk}).status_code == 403
    assert client.get(address(make_article().pairs.get())).status_code == 403
    assert client.post(address(pair), {"to": make_article(status="draft").pk}).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_articles(admin_client, django_assert_num_queries, pair, rows):
    for _ in range(rows):
        make_article(title="社群运营", pairs=rows)
    with django_assert_num_queries(14):
        admin_client.get(address(pair), {"q": "社群"})

import pytest

from articles.models import Topic, TopicAlias
from tests.factories import make_topic

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/topic/"


def save(client, topic=None, **fields):
    data = {"name": "淘宝客", "aliases": "", "description": "", "slug": ""} | fields
    return client.post(f"{LIST}{topic.pk}/change/" if topic else f"{LIST}add/", data)


def errors(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return {name: list(messages) for name, messages in response.context["adminform"].form.errors.items()}


def aliases(topic) -> list[str]:
    return sorted(topic.aliases.values_list("name", flat=True))


def test_a_topic_is_saved_with_its_aliases(admin_client):
    save(admin_client, aliases="淘客，淘宝联盟；ＰＫ", description="靠推广分佣。")
    topic = Topic.objects.get()
    assert (topic.name, topic.slug, topic.description) == ("淘宝客", "tao-bao-ke", "靠推广分佣。")
    assert aliases(topic) == ["PK", "淘宝联盟", "淘客"]


def test_aliases_follow_the_field(admin_client):
    topic = make_topic("淘宝客", aliases=["淘客", "tbk"])
    save(admin_client, topic, aliases="淘客、淘宝联盟", slug=topic.slug)
    assert aliases(topic) == ["淘宝联盟", "淘客"]


def test_the_spelling_of_an_alias_can_be_corrected(admin_client):
    topic = make_topic("淘宝客", aliases=["tbk"])
    save(admin_client, topic, aliases="TBK")
    assert aliases(topic) == ["TBK"]


def test_the_form_shows_the_aliases_as_they_are_typed(admin_client):
    topic = make_topic("淘宝客", aliases=["淘客", "TBK"])
    assert 'value="TBK、淘客"' in admin_client.get(f"{LIST}{topic.pk}/change/").content.decode()


def test_its_own_name_is_no_alias(admin_client):
    save(admin_client, name="KPI", aliases="ＫＰＩ、绩效")
    assert aliases(Topic.objects.get()) == ["绩效"]


@pytest.mark.parametrize("typed", ["KPI", "ＫＰＩ", "绩效"])
def test_a_name_that_means_another_topic_is_refused(admin_client, typed):
    make_topic("KPI", aliases=["绩效"])
    message = "already means the topic “KPI”."
    found = errors(save(admin_client, name=typed))
    assert any(message in text for text in found["name"])
    assert message in errors(save(admin_client, aliases=typed))["aliases"][0]
    assert (Topic.objects.count(), TopicAlias.objects.count()) == (1, 1)


def test_an_alias_may_become_the_name(admin_client):
    topic = make_topic("淘客", aliases=["淘宝客"])
    save(admin_client, topic, name="淘宝客", aliases="淘宝客、淘客")
    topic.refresh_from_db()
    assert (topic.name, aliases(topic)) == ("淘宝客", ["淘客"])


def test_an_emptied_slug_is_made_anew(admin_client):
    topic = make_topic("淘宝客", slug="tbk")
    save(admin_client, topic)
    assert Topic.objects.get().slug == "tao-bao-ke"


def test_two_topics_that_sound_alike_have_slugs_of_their_own(admin_client):
    save(admin_client, name="目标")
    save(admin_client, name="木标")
    assert list(Topic.objects.order_by("pk").values_list("slug", flat=True)) == ["mu-biao", "mu-biao-2"]


@pytest.mark.parametrize(
    "fields, field",
    [
        ({"name": ""}, "name"),
        ({"name": "　##"}, "name"),
        ({"name": "长" * 101}, "name"),
        ({"name": "题\x00"}, "name"),
        ({"aliases": "长" * 101}, "aliases"),
        ({"aliases": "名\x00"}, "aliases"),
        ({"slug": "有汉字"}, "slug"),
        ({"description": "长" * 60_000}, "description"),
    ],
)
def test_a_wrong_value_is_named_beside_its_field(admin_client, fields, field):
    assert list(errors(save(admin_client, **fields))) == [field]
    assert not Topic.objects.exists()


@pytest.mark.parametrize("typed", ["KPI", "ＫＰＩ", "绩", "kpi"])
def test_topics_are_found_by_any_name(admin_client, typed):
    make_topic("KPI", aliases=["绩效"])
    make_topic("留存")
    result = admin_client.get(LIST, {"q": typed}).context["cl"].result_list
    assert [topic.name for topic in result] == ["KPI"]

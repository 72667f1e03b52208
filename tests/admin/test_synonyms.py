import pytest

from articles.models import SynonymGroup
from tests.admin.posting import table_text
from tests.factories import make_synonyms

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/synonymgroup/"


def save(client, words, group=None):
    return client.post(f"{LIST}{group.pk}/change/" if group else f"{LIST}add/", {"words": words})


def errors(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return {name: list(messages) for name, messages in response.context["adminform"].form.errors.items()}


def test_a_group_is_saved_in_one_form(admin_client):
    save(admin_client, "淘宝客\r\n淘客，淘宝联盟；ＴＢＫ")
    assert SynonymGroup.objects.get().words == "淘宝客、淘客、淘宝联盟、TBK"


def test_a_group_is_changed_and_keeps_its_key(admin_client):
    group = make_synonyms("淘宝客、淘客")
    save(admin_client, "淘客、淘宝联盟", group)
    assert SynonymGroup.objects.values_list("slug", "words").get() == (group.slug, "淘客、淘宝联盟")


def test_a_word_of_another_group_is_refused_by_name(admin_client):
    make_synonyms("KPI、绩效")
    response = save(admin_client, "考核，績效")
    assert errors(response) == {"words": ["“绩效” already stands in the group “KPI、绩效”."]}
    assert SynonymGroup.objects.count() == 1


@pytest.mark.parametrize("groups", [1, 3])
def test_the_list_has_a_row_for_each_group(admin_client, groups, django_assert_num_queries):
    for number in range(groups):
        make_synonyms(f"词语{number}、说法{number}")
    with django_assert_num_queries(5):
        text = table_text(admin_client, LIST)
    assert text.split() == [f"词语{number}、说法{number}" for number in range(groups)]


def test_the_list_is_searched(admin_client):
    make_synonyms("淘宝客、淘客")
    make_synonyms("KPI、绩效")
    assert table_text(admin_client, f"{LIST}?q=绩效").split() == ["KPI、绩效"]

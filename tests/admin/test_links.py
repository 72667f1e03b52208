"""An editor's word on what is shown beside a pair."""

import pytest
from django.contrib.admin.models import LogEntry

from articles.models import PairLink, QAPair
from articles.publishing import trash
from articles.related.reading import related_pairs
from tests.admin.posting import LIST, change_url
from tests.factories import make_article, make_topic
from tests.reading import links

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pairs():
    """A pair, one near it and one far from it."""
    topic = make_topic("团队管理")
    make_article(pairs=4)
    found = [
        make_article(pairs=[{"heading": heading, "question": heading, "answer": "", "topics": topics}]).pairs.get()
        for heading, topics in [("带新人", [topic]), ("招人难", [topic]), ("写周报", [])]
    ]
    assert shown(found[0]) == ["招人难"]
    return found


def address(pair) -> str:
    return f"/admin/articles/qapair/{pair.pk}/change/"


def shown(pair) -> list[str]:
    return [link.pair.heading for link in related_pairs([pair])]


def link_data(*rows, initial=0) -> dict[str, str]:
    data = {"pairlinks-TOTAL_FORMS": str(len(rows)), "pairlinks-INITIAL_FORMS": str(initial)}
    for index, row in enumerate(rows):
        data |= {f"pairlinks-{index}-{name}": str(value) for name, value in row.items()}
    return data


def test_an_editor_pins_a_pair_and_blocks_another(admin_client, pairs):
    pair, near, far = pairs
    rows = [
        {"other": near.pk, "kind": "block", "position": 0, "pair": pair.pk},
        {"other": far.pk, "kind": "pin", "position": 0, "pair": pair.pk},
    ]
    response = admin_client.post(address(pair), link_data(*rows))
    assert response.url == change_url(pair.article)
    assert shown(pair) == ["写周报"]
    assert str(related_pairs([pair])[0].reason) == "Editors' choice"
    assert LogEntry.objects.get().object_repr == "带新人"


def test_a_link_that_is_removed_leaves_the_list_as_it_was(admin_client, pairs):
    pair, near, _far = pairs
    link = PairLink.objects.create(pair=pair, other=near, kind="block")
    assert shown(pair) == []
    row = {"id": link.pk, "other": near.pk, "kind": "block", "position": 0, "pair": pair.pk, "DELETE": "on"}
    admin_client.post(address(pair), link_data(row, initial=1))
    assert shown(pair) == ["招人难"]


def test_a_pair_of_the_same_article_is_refused(admin_client, pairs):
    pair = pairs[0]
    row = {"other": pair.pk, "kind": "pin", "position": 0, "pair": pair.pk}
    response = admin_client.post(address(pair), link_data(row))
    (form, *_) = response.context["inline_admin_formsets"][0].formset.forms
    assert form.errors == {"other": ["Questions of one article stand together anyway."]}


def test_a_pair_cannot_be_named_twice(admin_client, pairs):
    pair, near, _far = pairs
    row = {"other": near.pk, "kind": "pin", "position": 0, "pair": pair.pk}
    assert admin_client.post(address(pair), link_data(row, row | {"kind": "block"})).status_code == 200
    assert not PairLink.objects.exists()


def test_the_page_tells_what_is_shown_and_why(admin_client, pairs):
    page = admin_client.get(address(pairs[0])).content.decode()
    assert '<li>招人难 <span class="under">Same topic: 团队管理</span></li>' in page
    assert "Nothing is near." in admin_client.get(address(pairs[2])).content.decode()


def test_pairs_are_offered_as_search_finds_them_drafts_too(admin_client, pairs):
    make_article(status="draft", pairs=[{"heading": "周报怎么写"}])
    field = {"app_label": "articles", "model_name": "pairlink", "field_name": "other"}
    for term, expected in [("周报", ["写周报", "周报怎么写"]), ("没有这样的词", []), ("\x00", None)]:
        offered = admin_client.get("/admin/autocomplete/", field | {"term": term}).json()["results"]
        assert expected is None or sorted(row["text"] for row in offered) == sorted(expected)


def test_the_article_form_leads_to_the_page_and_nothing_else_lists_pairs(admin_client, pairs):
    assert address(pairs[0]) in links(admin_client.get(change_url(pairs[0].article)))
    assert admin_client.get("/admin/articles/qapair/").url == LIST
    assert "/admin/articles/qapair/" not in links(admin_client.get("/admin/"))
    assert admin_client.get("/admin/articles/qapair/add/").status_code == 403


def test_a_pair_is_deleted_with_its_article_only(admin_client, pairs):
    delete = f"/admin/articles/qapair/{pairs[0].pk}/delete/"
    assert delete not in links(admin_client.get(address(pairs[0])))
    assert admin_client.post(delete, {"post": "yes"}).url == address(pairs[0])
    trash([pairs[0].article])
    admin_client.post(f"{LIST}{pairs[0].article_id}/delete/", {"post": "yes"})
    assert not QAPair.objects.filter(pk=pairs[0].pk).exists()

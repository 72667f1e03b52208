import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from articles.rights import make_groups, roles

pytestmark = pytest.mark.django_db


def rights(name) -> set[str]:
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_each_group_gets_all_that_is_written_down(capsys):
    call_command("make_groups")
    assert capsys.readouterr().out == "用户组：编辑、主编、运营\n"
    for name, codenames in roles().items():
        assert rights(name) == codenames


def test_only_editors_in_chief_publish_delete_and_keep_columns():
    make_groups()
    only_chiefs = {"publish_article", "delete_article", "change_column", "change_synonymgroup"}
    assert (rights("主编") & only_chiefs, rights("编辑") & only_chiefs) == (only_chiefs, set())
    assert {name.split("_")[0] for name in rights("运营")} == {"view"}


def test_making_the_groups_again_gives_them_back_what_they_may():
    make_groups()
    Group.objects.get(name="编辑").permissions.clear()
    make_groups()
    assert "add_article" in rights("编辑")
    assert Group.objects.count() == 3

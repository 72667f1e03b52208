import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from articles.models import SynonymGroup
from tests.factories import make_synonyms

pytestmark = pytest.mark.django_db


def test_words_are_stored_in_one_form():
    group = make_synonyms(" ＫＰＩ,绩效；\n绩效考核，kpi ")
    assert (group.words, str(group), group.natural_key()) == ("KPI、绩效、绩效考核",) * 2 + (
        ("kpi-ji-xiao-ji-xiao-kao-he",),
    )


@pytest.mark.parametrize(
    "words, message",
    [
        ("淘宝客", "A group needs two different wordings at least."),
        ("团队、團隊", "A group needs two different wordings at least."),
        ("、", "A group needs two different wordings at least."),
        ("社群、群", "“群” is too short: two letters or characters at least."),
        ("社群、？？？", "“???” is too short: two letters or characters at least."),
        (f"社群、{'长' * 31}", "“长长长长长长长长长长…” is too long: 30 characters at most."),
        ("、".join(f"词{n:02}" for n in range(21)), "At most 20 wordings."),
        ("返利、淘客", "“淘客” already stands in the group “淘宝客、淘客”."),
        ("返利、ｋｐｉ", "“KPI” already stands in the group “KPI、绩效”."),
    ],
)
def test_what_is_no_group_of_its_own_is_refused(words, message):
    make_synonyms("淘宝客、淘客")
    make_synonyms("KPI、绩效")
    with pytest.raises(ValidationError) as refusal:
        SynonymGroup(slug="new", words=words).full_clean()
    with translation.override("en"):
        assert refusal.value.message_dict == {"words": [message]}


def test_a_group_may_keep_its_own_words():
    group = make_synonyms("淘宝客、淘客")
    group.words = "淘客、淘宝客、返利导购"
    group.full_clean()


def test_two_groups_that_sound_alike_have_slugs_of_their_own():
    assert [make_synonyms(words).slug for words in ("目标、指标", "木标、指标")] == [
        "mu-biao-zhi-biao",
        "mu-biao-zhi-biao-2",
    ]

from articles.search.characters import FORM_CHARACTERS, GENERAL_WEIGHTS, RAREST
from articles.search.segmentation import fold


def test_a_rarer_character_weighs_more():
    assert GENERAL_WEIGHTS["的"] < GENERAL_WEIGHTS["团"] < GENERAL_WEIGHTS["佣"] < RAREST


def test_what_the_table_lacks_weighs_most_and_does_not_make_it_grow():
    size = len(GENERAL_WEIGHTS)
    assert (GENERAL_WEIGHTS["龘"], GENERAL_WEIGHTS["kpi"], len(GENERAL_WEIGHTS)) == (RAREST, RAREST, size)


def test_the_table_holds_characters_as_the_index_does():
    assert [character for character in GENERAL_WEIGHTS if fold(character) != character] == []
    assert FORM_CHARACTERS - set(GENERAL_WEIGHTS) == set()

from articles.importing import spool
from articles.importing.spool import Spool


def test_records_come_back_by_kind_in_batches_in_their_order(monkeypatch):
    monkeypatch.setattr(spool, "RECORDS", 2)
    with Spool() as kept:
        for number in range(5):
            kept.add("odd" if number % 2 else "even", number, 1)
        assert list(kept.batches("even")) == [[0, 2], [4]]
        assert list(kept.batches("odd")) == [[1, 3]]
        assert list(kept.batches("other")) == []


def test_long_records_come_in_smaller_batches(monkeypatch):
    monkeypatch.setattr(spool, "CHARACTERS", 10)
    with Spool() as kept:
        for number, size in enumerate([4, 6, 12, 1, 1]):
            kept.add("text", number, size)
        assert list(kept.batches("text")) == [[0, 1], [2], [3, 4]]


def test_a_name_belongs_to_the_first_record_that_claims_it():
    with Spool() as kept:
        assert kept.claim("author", [("a", 1), ("b", 2)]) == {}
        assert kept.claim("author", [("a", 1), ("c", 3)]) == {}
        assert kept.claim("column", [("a", 4)]) == {}
        assert kept.claim("author", [("d", 5), ("b", 6), ("d", 7)]) == {6: 2, 7: 5}

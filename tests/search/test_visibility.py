from datetime import timedelta

import pytest
from django.utils import timezone

from articles.search.matching import Demands, keep_pairs
from articles.search.visibility import public_pair
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_what_readers_may_see_is_told_by_the_time_of_the_question(monkeypatch):
    article = make_article(published_at=timezone.now() + timedelta(hours=1), pairs=[{"question": "问"}])
    draft = make_article(status="draft", pairs=[{"question": "问"}])
    ids = [pair.pk for pair in (article.pairs.get(), draft.pairs.get())]
    assert keep_pairs(ids, Demands([public_pair()])) == []
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert keep_pairs(ids, Demands([public_pair()])) == ids[:1]

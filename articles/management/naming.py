"""How commands name a pair."""

from collections.abc import Iterable

from articles.models import QAPair
from articles.search.cases import PairAddress


def name_pairs(pair_ids: Iterable[int]) -> dict[int, str]:
    """Return the address and heading of each pair, as in "shequn-tuo#q2 群越来越冷"; one query."""
    pairs = QAPair.objects.select_related("article").in_bulk(list(pair_ids))
    return {pk: f"{PairAddress(pair.article.slug, pair.number)} {pair.heading}" for pk, pair in pairs.items()}

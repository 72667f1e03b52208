def lock() -> None: ...


def index_pairs(pair_ids: set[int]) -> None: ...


def remove_missing() -> None: ...


def current_pair_ids() -> set[int]:
    return set()

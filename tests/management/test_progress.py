"""What an operator sees of long work, and that it may be stopped."""

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db import connection

from articles import derived
from articles.derived import refresh_derived
from articles.management import progress
from articles.management.progress import WIDTH, links_shown, progress_bar
from articles.models import QAPair, UnrelatedPair
from articles.related import relating, store
from tests.factories import make_article
from tests.terminal import Terminal


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.mark.parametrize(
    "share, line",
    [(0, f"\r{'░' * WIDTH}   0%"), (0.5, f"\r{'█' * 20}{'░' * 20}  50%"), (1, f"\r{'█' * WIDTH} 100%\n")],
    ids=["nothing", "half", "all"],
)
def test_the_bar_fills_up(share, line):
    terminal = Terminal()
    progress_bar(OutputWrapper(terminal))(share)
    assert terminal.getvalue() == line


@pytest.fixture
def unlinked(transactional_db, monkeypatch):
    """Three pairs near each other, of three articles, whose links are to be made one by one."""
    for number in "一二三":
        make_article(pairs=[{"heading": f"直播间没人看{number}", "question": "观众只有五个", "answer": ""}])
    links = all_links()
    for table in store.NAMES:
        store.execute(f"DELETE FROM {table}")
    monkeypatch.setattr(derived, "RELATED_BATCH", 1)
    monkeypatch.setattr(progress, "MANY", 3)
    return links


def all_links() -> dict[int, set[int]]:
    found = store.read_links(QAPair.objects.values_list("pk", flat=True))
    return {pk: {link.other_id for link in links} for pk, links in found.items()}


def test_a_terminal_shows_how_far_links_are(unlinked):
    terminal = Terminal()
    with links_shown(OutputWrapper(terminal)):
        relating.note_unrelated()
    assert terminal.getvalue().splitlines()[0] == "Linking 3 questions to each other (Ctrl-C leaves the rest for later)"
    assert terminal.getvalue().endswith(f"  67%\r{'█' * WIDTH} 100%\n")
    assert all_links() == unlinked


def test_few_links_are_made_without_a_word(unlinked, monkeypatch):
    monkeypatch.setattr(progress, "MANY", 4)
    terminal = Terminal()
    with links_shown(OutputWrapper(terminal)):
        relating.note_unrelated()
    assert (terminal.getvalue(), all_links()) == ("", unlinked)


def interrupted_at(batch: int):
    """Return a wrapper of statements that presses Ctrl-C while the batch of links of that number is written."""
    written = 0

    def press(execute, sql, params, many, context):
        nonlocal written
        written += sql.startswith("INSERT INTO articles_pairvector")
        if written == batch:
            raise KeyboardInterrupt
        return execute(sql, params, many, context)

    return connection.execute_wrapper(press)


def test_links_go_on_where_they_were_stopped(unlinked):
    with pytest.raises(CommandError) as stopped, interrupted_at(2), links_shown(OutputWrapper(Terminal())):
        relating.note_unrelated()
    assert str(stopped.value) == "Stopped. Nothing is lost: the rest is linked with the next start or write."
    assert UnrelatedPair.objects.values("pair_id").distinct().count() == 2
    assert refresh_derived() == 2
    assert all_links() == unlinked


def test_what_is_stopped_before_any_link_is_stopped_as_usual(unlinked):
    with pytest.raises(KeyboardInterrupt), interrupted_at(1), links_shown(OutputWrapper(Terminal())):
        relating.note_unrelated()
    call_command("migrate", verbosity=0)
    assert all_links() == unlinked

import pytest
from django.core.management import CommandError, call_command

from articles.management.progress import WIDTH
from articles.search import beside, checking, postings
from tests.factories import make_article
from tests.terminal import Terminal
from tests.threads import in_thread

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def test_the_index_is_made_anew(capsys):
    make_article(pairs=3)
    postings.execute("DELETE FROM articles_postingblock")
    call_command("rebuild_index")
    assert capsys.readouterr() == ("The index is made anew: 3 pairs.\n", "")
    assert list(checking.check()) == []


def test_it_can_be_silent(capsys):
    call_command("rebuild_index", verbosity=0)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_shows_how_far_it_is():
    make_article(pairs=3)
    terminal = Terminal()
    call_command("rebuild_index", verbosity=0, stderr=terminal)
    assert terminal.getvalue().endswith(f"\r{'█' * WIDTH} 100%\n")


def test_a_second_run_at_the_same_time_is_refused_in_one_line():
    refusals = []

    def run():
        with pytest.raises(CommandError) as refusal:
            call_command("rebuild_index")
        refusals.append(str(refusal.value))

    with beside.only_builder():
        in_thread(run).join()
    assert refusals == ["Another process is making the index anew at this moment."]

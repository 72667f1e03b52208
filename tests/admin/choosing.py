"""What a browser sends when an editor acts on selected articles: the choice, then the word that confirms it."""

from html import unescape
from re import search
from urllib.parse import urlencode

from tests.admin.posting import LIST


def address(query) -> str:
    return f"{LIST}?{urlencode(query)}" if query else LIST


def choose(client, action: str, *articles, across: bool = False, query=None, **fields):
    """Choose the action for the articles, with the fields of its form, and return the page that is shown."""
    data = {"action": action, "_selected_action": [article.pk for article in articles]}
    data |= {"select_across": "1"} if across else {}
    data |= {"step": "1"} | {f"bulk-{name}": value for name, value in fields.items()} if fields else {"index": "0"}
    return client.post(address(query), data)


def word_of(response) -> str:
    """Return what the button of the page sends, by which the act is confirmed as it was shown; none without one."""
    found = search(r'name="confirm" value="([^"]*)"', response.content.decode())
    return unescape(found[1]) if found else ""


def act(client, action: str, *articles, across: bool = False, query=None, typed: str = "", **fields):
    """Choose the action, look, and confirm what is shown."""
    word = word_of(choose(client, action, *articles, across=across, query=query, **fields))
    data = {"action": action, "_selected_action": [article.pk for article in articles], "step": "1", "confirm": word}
    data |= {f"bulk-{name}": value for name, value in fields.items()} | {"typed": typed}
    data |= {"select_across": "1"} if across else {}
    return client.post(address(query), data, follow=True)


def messages(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]

"""Addresses of an old site in the one form in which they are kept."""

import pytest

from articles.importing.old_addresses import address_key


@pytest.mark.parametrize(
    "path, query, key",
    [
        ("/2014/05/qun-li/", "", "/2014/05/qun-li"),
        ("/2014/05/Qun-Li", "from=weixin", "/2014/05/qun-li"),
        ("/%E7%BE%A4%e9%87%8c/", "", "/群里"),
        ("/archives/17.html", "", "/archives/17.html"),
        ("/", "p=17", "/?p=17"),
        ("/blog/", "from=weixin&p=017&preview=true", "/?p=17"),
        ("/", "", ""),
        ("/", "p=", ""),
        ("/", "p=0", ""),
        ("/", "p=1x", ""),
        ("/", "p=１７", ""),
        ("/", "p=" + "9" * 30, ""),
        ("/", "page=17", ""),
        ("/a%00b", "", ""),
        ("/" + "a" * 500, "", ""),
    ],
)
def test_address_key(path, query, key):
    assert address_key(path, query) == key

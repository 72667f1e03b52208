"""Every screen of the admin that an address opens: without a fault, on a phone and at a desk, light and dark."""

import pytest

from articles.choices import Status
from articles.models import Article
from tests.admin.test_rights_table import ROWS, STATES, address, make_rows
from tests.browser.test_admin import faults, sign_in
from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

# What scripts ask for, and the article as readers see it, whose pages have their own walk.
NO_SCREENS = {
    "autocomplete/",
    "jsi18n/",
    "articles/article/suggest-topics/",
    "articles/article/<int:pk>/preview/",
}
# Django's own lists of rights and moments of an account, which nobody but a superuser opens, have faults of their own.
DJANGOS_OWN = {"auth/user/<path:object_id>/change/", "auth/group/add/", "auth/group/<path:object_id>/change/"}
SCREENS = [
    route for route, (opened, _sent) in ROWS.items() if opened.endswith("200") and route not in NO_SCREENS | DJANGOS_OWN
]


@pytest.fixture
def keys(django_user_model):
    user = django_user_model.objects.create_superuser("bianji", password="xie-xin-de-ren")
    make_article(title="一个很长很长的标题" * 12, pairs=3, topics=["裂变", "留存"], source_name="运营" * 20)
    return make_rows(user)


# As tall as the longest form, so that the save bar covers nothing.
@pytest.mark.parametrize("width, scheme", [(375, "dark"), (1280, "light")])
def test_every_screen_is_accessible_and_fits(open_page, keys, width, scheme):
    found = {}
    with open_page(color_scheme=scheme, viewport={"width": width, "height": 3000}) as page:
        sign_in(page)
        for route in SCREENS:
            Article.objects.filter(pk=keys["articles/article/"]).update(status=STATES.get(route, Status.DRAFT))
            assert page.goto(address(route, keys)).status == 200, route
            found[route] = faults(page)
    assert {route: problems for route, problems in found.items() if problems} == {}

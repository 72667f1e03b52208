"""The index of the admin: what waits, for whom, and where each count leads."""

import re

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from articles.models import Article
from tests.admin.posting import LIST, change_url, table_text
from tests.factories import at, make_article
from tests.reading import text_of

pytestmark = pytest.mark.django_db

INDEX = "/admin/"


def part(page: str, start: str, end: str) -> str:
    return page.partition(start)[2].partition(end)[0]


def queues(client) -> dict[str, str]:
    """Return what each card says, by where it leads."""
    cards = re.findall(r'<li><a href="([^"]+)"[^>]*>(.*?)</a></li>', part(get(client), 'class="queues', "</ul>"))
    return {address: text_of(text) for address, text in cards}


def get(client, address=INDEX) -> str:
    return client.get(address).content.decode()


def section(client, name: str, address=INDEX) -> str:
    return part(get(client, address), f'<section class="module" aria-labelledby="{name}">', "</section>")


def rows(client, name: str, address=INDEX) -> list[str]:
    return [text_of(row) for row in re.findall(r"<li.*?</li>", section(client, name, address), re.DOTALL)]


def note(user, article, said="改了标题") -> None:
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(article),
        object_id=str(article.pk),
        object_repr=str(article),
        action_flag=CHANGE,
        change_message=said,
    )


@pytest.fixture
def viewer(client, django_user_model):
    """A browser in which somebody is signed in who may look at articles."""
    user = django_user_model.objects.create_user("viewer", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(user)
    return client


def test_what_waits_is_counted_and_what_does_not_is_done(admin_client):
    make_article(status="review", origin="reprint", pairs=[{"heading": "报价单怎么做", "question": "怎么报？"}])
    make_article(review_by=timezone.localdate(), pairs=[{"heading": "奖品选什么", "question": "预算三千。"}])
    assert queues(admin_client) == {
        f"{LIST}?status=review": "1 waiting for review",
        f"{LIST}?revision=waiting": "All done revisions to be adopted",
        f"{LIST}?due=now": "1 due to be checked",
        f"{LIST}?tagging=some": "2 with a question without topic",
        f"{LIST}?source=missing": "1 reprints without source",
        f"{LIST}duplicates/": "All done possible duplicates",
        f"{LIST}dead-links/": "All done dead links",
    }


@pytest.mark.parametrize(
    "query, title",
    [("status=review", "待审的"), ("due=now", "到期的"), ("tagging=some", "没话题的"), ("source=missing", "没来源的")],
)
def test_a_card_leads_to_what_it_counted(admin_client, query, title):
    make_article(title="待审的", status="review", topics=["KPI"])
    make_article(title="到期的", review_by=timezone.localdate(), topics=["KPI"])
    make_article(title="没话题的")
    make_article(title="没来源的", origin="reprint", topics=["KPI"])
    make_article(title="扔掉的", origin="reprint", status="trashed")
    text = table_text(admin_client, f"{LIST}?{query}")
    assert [name for name in ("待审的", "到期的", "没话题的", "没来源的", "扔掉的") if name in text] == [title]


def test_a_long_queue_is_not_counted_to_its_end(admin_client):
    column = make_article(topics=["KPI"]).column
    Article.objects.bulk_create(Article(slug=f"a{n}", title="信", column=column, status="review") for n in range(100))
    assert queues(admin_client)[f"{LIST}?status=review"] == "99+ waiting for review"


def test_the_trash_is_named_only_when_something_lies_in_it(admin_client):
    assert "in the trash" not in get(admin_client)
    make_article(status="trashed")
    assert f'<a href="{LIST}?status=trashed">1 in the trash</a>' in get(admin_client)


def test_own_drafts_are_named_by_title_and_first_question(admin_client, admin_user):
    article = make_article(title="运营信箱", status="draft", pairs=[{"heading": "甲"}, {"heading": "乙"}])
    note(admin_user, article)
    assert rows(admin_client, "drafts") == [f"运营信箱 {article.column} · 甲"]
    assert f'href="{change_url(article)}"' in section(admin_client, "drafts")


def test_edits_are_everybodys_or_ones_own(admin_client, admin_user, django_user_model):
    other = django_user_model.objects.create_user("other")
    note(admin_user, make_article(title="甲"), said="改了标题")
    note(other, make_article(title="乙"), said="改了回信")
    day = timezone.localtime().strftime("%m-%d")
    both = [re.sub(r"\d\d:\d\d$", "", row) for row in rows(admin_client, "edits")]
    assert both == [f"乙article · 改了回信 other · {day} ", f"甲article · 改了标题 admin · {day} "]
    assert [row[0] for row in rows(admin_client, "edits", f"{INDEX}?edits=mine")] == ["甲"]


def test_edits_of_what_one_may_not_see_are_not_told(viewer, admin_user):
    note(admin_user, admin_user)
    note(admin_user, make_article().column)
    assert rows(viewer, "edits") == ["Nothing yet."]


@pytest.fixture
def old_letter():
    now = timezone.localtime()
    return make_article(title="旧信", topics=["KPI"], published_at=at(2016, now.month, now.day, 0, 1))


def test_what_was_published_on_this_day_is_confirmed_with_one_click(admin_client, old_letter):
    [row] = rows(admin_client, "on-this-day")
    assert row.startswith("2016 旧信")
    assert row.endswith("Still valid")
    address = re.search(r'action="([^"]+)"', section(admin_client, "on-this-day"))[1]
    response = admin_client.post(address, {"_today": "1"})
    assert response.url == INDEX
    old_letter.refresh_from_db()
    assert old_letter.checked_on == timezone.localdate()
    assert rows(admin_client, "on-this-day")[0].endswith("Checked this year")


def test_who_only_looks_is_offered_no_button(viewer, old_letter):
    assert "<form" not in section(viewer, "on-this-day")
    assert rows(viewer, "on-this-day")[0].startswith("2016 旧信")


def test_the_week_is_told_in_numbers_words_and_a_table(admin_client):
    make_article(pairs=2, published_at=timezone.now())
    assert rows(admin_client, "week") == [
        "1 articles published1 more than in the week before",
        "2 questions published2 more than in the week before",
        "0 articles editedas many as in the week before",
    ]
    table = re.findall(r"<tr><th scope=\"row\">.*?</tr>", section(admin_client, "week"))
    today = timezone.localdate().strftime("%m-%d")
    assert (len(table), table[0]) == (14, f'<tr><th scope="row">{today}</th><td>1</td><td>2</td><td>0</td></tr>')


def test_the_bars_are_as_tall_as_their_days(admin_client):
    for ago in (0, 0, 1, 9):
        make_article(published_at=timezone.now() - timezone.timedelta(days=ago))
    chart = part(section(admin_client, "week"), "<svg", "</svg>")
    bars = re.findall(r'y="(\d+)" width="6" height="(\d+)"( class="now")?', chart)
    assert [int(height) for _y, height, _now in bars] == [1, 1, 1, 1, 18, 1, 1, 1, 1, 1, 1, 1, 18, 36]
    assert {int(y) + int(height) for y, height, _now in bars} == {36}
    assert [bool(now) for _y, _height, now in bars] == [False] * 7 + [True] * 7


def test_who_may_not_see_articles_sees_nothing_of_them(client, django_user_model, old_letter):
    user = django_user_model.objects.create_user("other", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_topic"))
    client.force_login(user)
    page = get(client)
    assert 'class="queues' not in page
    assert "旧信" not in page
    assert "Topics" in page


def test_the_daily_work_is_listed_first_and_accounts_last(admin_client):
    apps = admin_client.get(INDEX).context["app_list"]
    assert [(app["app_label"], [row["object_name"] for row in app["models"]]) for app in apps] == [
        ("articles", ["Article", "Topic", "Column", "Author", "SynonymGroup", "Picture"]),
        ("auth", ["Group", "User"]),
    ]


def test_titles_are_escaped(admin_client, admin_user):
    article = make_article(title="<script>alert(1)</script>", status="draft", pairs=[{"heading": "<b>甲</b>"}])
    note(admin_user, article, said="<i>改了</i>")
    page = get(admin_client)
    assert [text for text in ("<script>alert", "<b>甲", "<i>改了") if text in page] == []


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_rows(admin_client, admin_user, django_assert_num_queries, count):
    now = timezone.localtime()
    for number in range(count):
        note(admin_user, make_article(status="draft", pairs=number + 1, origin="reprint"))
        make_article(published_at=at(2008 + 4 * number, now.month, now.day, 0, 1), pairs=number + 1)
        make_article(status="review", pairs=[{"answer": f"[旧文](/articles/nowhere{number}/)"}])
    ContentType.objects.clear_cache()
    with django_assert_num_queries(22):
        admin_client.get(INDEX)

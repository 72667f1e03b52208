"""Versions of an article in the admin: their list, two of them side by side, going back; revisions of live articles."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group

from articles import pending, revisions
from articles.models import Article, PendingRevision, QAPair, Revision
from articles.rights import make_groups
from tests.admin.choosing import act, messages
from tests.admin.posting import ADD, LIST, article_data, card, change_url, headings, saved_data
from tests.factories import make_article, make_column
from tests.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client, django_user_model):
    """A browser in which somebody of the writers is signed in."""
    make_groups()
    client.user = django_user_model.objects.create_user("writer", is_staff=True)
    client.user.groups.set(Group.objects.filter(name="Writers"))
    client.force_login(client.user)
    return client


def save(client, article, **changes):
    return client.post(change_url(article), saved_data(article, **changes) | opened(client, article))


def opened(client, article, query="") -> dict[str, str]:
    """Return the hidden fields that the form sends which was opened now."""
    page = client.get(change_url(article) + query).content.decode()
    return dict(re.findall(r'name="(fingerprint|pending)" value="(\w+)"', page))


def page_text(client, article, path="history/") -> str:
    return text_of(client.get(f"{LIST}{article.pk}/{path}").content.decode().replace("<", " <"))


def seen(client, article, path) -> dict[str, str]:
    page = client.get(f"{LIST}{article.pk}/{path}").content.decode()
    return {"seen": re.search(r'name="seen" value="(\w+)"', page)[1]}


def notes(article) -> list[tuple[str, str]]:
    return list(article.revisions.order_by("number").values_list("made_by_name", "note"))


# Where versions come from


def test_every_way_of_writing_keeps_a_version(admin_client):
    admin_client.post(ADD, article_data(column=make_column().pk, pairs=[card(1)], revision_note="初稿"))
    article = Article.objects.get()
    save(admin_client, article, title="改过")
    admin_client.post(f"{LIST}{article.pk}/trash/")
    admin_client.post(f"{LIST}{article.pk}/restore/")
    act(admin_client, "publish_selected", article)
    act(admin_client, "add_topics_selected", article, given="拉新")
    assert notes(article) == [
        ("admin", "初稿"),
        ("admin", ""),
        ("admin", "Moved to the trash."),
        ("admin", "Restored from the trash."),
        ("admin", "Published."),
        ("admin", "Topics added: 拉新."),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_versions_costs_the_same_for_any_number(admin_client, admin_user, django_assert_num_queries, rows):
    article = make_article(pairs=rows, topics=["KPI"])
    for row in range(rows):
        with revisions.recorded([article], by=admin_user):
            Article.objects.update(title=f"第{row}版")
    admin_client.get(f"{LIST}{article.pk}/history/")
    with django_assert_num_queries(13):
        admin_client.get(f"{LIST}{article.pk}/history/")
    with django_assert_num_queries(5):
        admin_client.get(f"{LIST}{article.pk}/compare/?old=1&new=2")


# The list, and two versions side by side


def test_the_list_says_who_when_what_and_how_much(admin_client):
    article = make_article(title="旧题", pairs=[{"heading": "甲", "question": "问", "answer": "答"}])
    save(admin_client, article, title="更长的题", pairs={0: {"answer": "答得更长"}}, revision_note="写长一点")
    shown = page_text(admin_client, article)
    assert re.search(r"Version 2 Now 写长一点 .* admin .* \+5 published", shown)
    assert re.search(r"Version 1 As it was found — .* \+5 published", shown)


def test_entries_without_a_version_stand_between_by_time(admin_client, admin_user):
    article = make_article()
    save(admin_client, article, title="改过")
    LogEntry.objects.update(action_time="2020-01-01T00:00Z")
    shown = page_text(admin_client, article)
    assert shown.index("Version 1") < shown.index("Changed Title")


def test_what_was_changed_by_other_means_is_told(admin_client):
    article = make_article()
    save(admin_client, article, title="改过")
    assert "Changed by other means since" not in page_text(admin_client, article)
    Article.objects.update(title="命令行")
    assert "Changed by other means since" in page_text(admin_client, article)


def test_two_versions_side_by_side(admin_client):
    article = make_article(pairs=[{"heading": "甲", "answer": "先看留存。"}, {"heading": "乙"}, {"heading": "丙"}])
    save(admin_client, article, pairs={0: {"answer": "先看拉新。", "topics": "KPI"}, 2: {"position": "1"}})
    page = admin_client.get(f"{LIST}{article.pk}/compare/?old=1&new=2").content.decode()
    assert "先看<del>留存</del>。" in page and "先看<ins>拉新</ins>。" in page
    assert "Question 3 → question 1" in page
    assert '<ins class="topic">KPI</ins>' in page
    assert "1 question is the same in both." in page
    turned = admin_client.get(f"{LIST}{article.pk}/compare/?old=2&new=1").content.decode()
    assert turned.partition("<h1>")[2] == page.partition("<h1>")[2]


def test_a_version_beside_what_the_article_says_now(admin_client):
    article = make_article(title="旧")
    save(admin_client, article, title="新")
    Article.objects.update(title="更新")
    page = admin_client.get(f"{LIST}{article.pk}/compare/?old=2&new=now").content.decode()
    assert "<ins>更</ins>新" in page


@pytest.mark.parametrize(
    "query", ["", "old=1", "old=1&new=9", "old=x&new=1", "old=-1&new=1", f"old=1&new={'9' * 30}", "old=²&new=1"]
)
def test_nonsense_is_asked_for_again(admin_client, query):
    article = make_article()
    save(admin_client, article, title="改过")
    response = admin_client.get(f"{LIST}{article.pk}/compare/?{query}", follow=True)
    assert messages(response)[-1:] == ["Choose two versions to compare."]


def test_nothing_typed_can_run(admin_client):
    article = make_article(title="旧")
    save(admin_client, article, title="<script>alert(1)</script>", revision_note="<b>")
    for path in ("history/", "compare/?old=1&new=2", "versions/1/restore/"):
        page = admin_client.get(f"{LIST}{article.pk}/{path}").content.decode()
        assert "<script>alert" not in page and "<b></span>" not in page


# Going back


def test_going_back_shows_what_changes_and_is_a_new_version(admin_client):
    article = make_article(title="旧", pairs=[{"heading": "甲"}])
    save(admin_client, article, title="新", pairs={0: {"heading": "乙"}})
    path = "versions/1/restore/"
    assert "<ins>旧</ins>" in admin_client.get(f"{LIST}{article.pk}/{path}").content.decode()
    admin_client.post(f"{LIST}{article.pk}/{path}", seen(admin_client, article, path))
    assert (Article.objects.get().title, headings(article)) == ("旧", ["甲"])
    assert notes(article)[-1] == ("admin", "Version 1 restored")
    assert LogEntry.objects.first().get_change_message() == "Version 1 restored."


def test_going_back_wants_a_second_look_after_another_change(admin_client):
    article = make_article(title="旧")
    save(admin_client, article, title="新")
    path = "versions/1/restore/"
    word = seen(admin_client, article, path)
    Article.objects.update(title="别人改的")
    response = admin_client.post(f"{LIST}{article.pk}/{path}", word)
    assert messages(response) == ["Meanwhile the article was changed. Please look again."]
    assert Article.objects.get().title == "别人改的"


def test_a_version_that_is_not_there_is_not_found(admin_client):
    assert admin_client.get(f"{LIST}{make_article().pk}/versions/7/restore/").status_code == 404


def test_what_lies_in_the_trash_does_not_go_back(admin_client):
    article = make_article()
    save(admin_client, article, title="改过")
    Article.objects.update(status="trashed")
    assert admin_client.post(f"{LIST}{article.pk}/versions/1/restore/").status_code == 403
    assert "Restore as the newest" not in page_text(admin_client, article)


# Revisions of live articles


def test_who_may_not_publish_hands_a_revision_in_and_readers_see_nothing(writer):
    article = make_article(title="旧", pairs=[{"heading": "甲", "topics": ["KPI"]}])
    article.refresh_from_db()
    before = revisions.snapshot(article), article.last_number
    response = save(writer, article, title="新", pairs={0: {"topics": "拉新"}, 1: card(2)}, revision_note="换题")
    assert response.url == f"{LIST}{article.pk}/pending/"
    article.refresh_from_db()
    assert (revisions.snapshot(article), article.last_number) == before
    waiting = PendingRevision.objects.get()
    assert (waiting.made_by_name, waiting.note, waiting.content["article"]["title"]) == ("writer", "换题", "新")
    assert [pair["number"] for pair in waiting.content["pairs"]] == [1, None]
    assert LogEntry.objects.get().get_change_message() == "Handed in a revision."
    assert not Revision.objects.filter(made_by=writer.user).exists()


def test_the_form_says_beforehand_what_saving_does(writer, admin_user):
    article = make_article()
    page = writer.get(change_url(article)).content.decode()
    assert 'value="Hand in the revision"' in page and "_continue" not in page
    assert "What you save becomes a revision" in page
    writer.force_login(admin_user)
    page = writer.get(change_url(article)).content.decode()
    assert 'value="Hand in the revision"' not in page and 'value="Keep as a revision"' in page


def test_a_draft_is_saved_by_whoever_writes(writer):
    article = make_article(status="draft")
    save(writer, article, title="新")
    assert Article.objects.get().title == "新"
    assert not PendingRevision.objects.exists()


def hand_in(article, user, **changes):
    content = revisions.snapshot(article)
    content["article"] |= changes
    return pending.hand_in(article, content, by=user, note="换题")


def test_who_publishes_may_keep_a_revision(admin_client):
    article = make_article(title="旧")
    admin_client.post(change_url(article), saved_data(article, title="新") | {"_pend": "1"})
    assert Article.objects.get().title == "旧"
    assert PendingRevision.objects.get().content["article"]["title"] == "新"


def test_adopting_what_was_seen(admin_client, django_user_model):
    article = make_article(title="旧")
    hand_in(article, django_user_model.objects.create_user("xiaolin"), title="新")
    page = admin_client.get(f"{LIST}{article.pk}/pending/").content.decode()
    assert "<del>旧</del>" in page and "<ins>新</ins>" in page
    admin_client.post(f"{LIST}{article.pk}/pending/adopt/", seen(admin_client, article, "pending/"))
    assert Article.objects.get().title == "新"
    assert notes(article)[-1] == ("xiaolin", "换题")
    assert "adopted by admin" in page_text(admin_client, article)
    assert LogEntry.objects.first().get_change_message() == "Adopted the revision by xiaolin."


@pytest.mark.parametrize("change", [{"summary": "又改"}, {"title": "又改"}])
def test_adopting_wants_a_second_look_after_another_change(admin_client, admin_user, change):
    article = make_article(title="旧")
    hand_in(article, admin_user, title="新")
    word = seen(admin_client, article, "pending/")
    Article.objects.update(**change)
    response = admin_client.post(f"{LIST}{article.pk}/pending/adopt/", word, follow=True)
    assert messages(response)[0].startswith("The article or its revision was changed meanwhile.")
    assert "The article was changed after this revision was made." in text_of(response.content.decode())
    assert Article.objects.get().title != "新"


def test_a_revision_that_breaks_a_rule_is_refused_in_a_sentence(admin_client, admin_user):
    article = make_article(slug="jiu")
    hand_in(article, admin_user, slug="xin")
    make_article(slug="xin")
    word = seen(admin_client, article, "pending/")
    response = admin_client.post(f"{LIST}{article.pk}/pending/adopt/", word, follow=True)
    assert messages(response) == ["Article with this Slug already exists."]
    assert PendingRevision.objects.exists()


def test_sending_back_tells_its_author_why(writer, admin_user):
    article = make_article(title="旧")
    hand_in(article, writer.user, title="新")
    writer.force_login(admin_user)
    writer.post(f"{LIST}{article.pk}/pending/send-back/", {"reply": ""})
    assert not PendingRevision.objects.get().is_returned
    writer.post(f"{LIST}{article.pk}/pending/send-back/", {"reply": "题目太短"})
    writer.force_login(writer.user)
    page = text_of(writer.get(change_url(article)).content.decode())
    assert "Sent back by admin" in page and "题目太短" in page


def test_the_form_goes_on_with_the_revision(writer):
    article = make_article(title="旧", pairs=[{"heading": "甲"}, {"heading": "乙"}])
    content = revisions.snapshot(article)
    content["article"]["title"] = "新"
    new = {"number": None, "heading": "丙", "question": "问丙", "signature": "", "answer": "答丙", "topics": ["拉新"]}
    content["pairs"] = [new, content["pairs"][1] | {"heading": "乙改", "topics": ["KPI"]}]
    pending.hand_in(article, content, by=writer.user)
    response = writer.get(change_url(article))
    form, formset = response.context["adminform"].form, response.context["inline_admin_formsets"][0].formset
    shown = [(card["heading"].value(), card["position"].value(), topics_of(card)) for card in formset.forms]
    assert form["title"].value() == "新"
    assert shown == [("甲", 1, []), ("乙改", 2, ["KPI"]), ("丙", 1, ["拉新"])]
    assert Article.objects.get().title == "旧"
    assert headings(article) == ["甲", "乙"]


def topics_of(card) -> list[str]:
    return [topic.name for topic in card["topics"].value() or []]


def test_going_on_compares_with_what_readers_see(writer):
    article = make_article(title="旧", summary="旧")
    hand_in(article, writer.user, title="新")
    hidden = opened(writer, article)
    writer.post(change_url(article), saved_data(article, title="新", summary="新") | hidden)
    said = PendingRevision.objects.get().content["article"]
    assert (said["title"], said["summary"]) == ("新", "新")
    assert Article.objects.get().title == "旧"


def test_a_revision_of_another_is_never_written_over_unseen(writer, admin_user):
    article = make_article(title="旧")
    hand_in(article, admin_user, title="别人的")
    response = writer.post(change_url(article), saved_data(article, title="我的"))
    assert response.status_code == 409
    assert "<del>别人的</del>" in response.content.decode()
    assert PendingRevision.objects.get().content["article"]["title"] == "别人的"


def test_a_revision_handed_in_meanwhile_makes_a_form_outdated(writer, admin_user):
    article = make_article(title="旧")
    hidden = opened(writer, article)
    hand_in(article, admin_user, title="别人的")
    assert writer.post(change_url(article), saved_data(article, title="我的") | hidden).status_code == 409


def test_who_publishes_saves_the_revision_in_one_go(admin_client, django_user_model):
    article = make_article(title="旧")
    hand_in(article, django_user_model.objects.create_user("xiaolin"), title="新")
    hidden = opened(admin_client, article, "?pending=1")
    admin_client.post(change_url(article), saved_data(article, title="新而好") | hidden)
    assert Article.objects.get().title == "新而好"
    assert notes(article)[-1] == ("xiaolin", "换题")
    assert not PendingRevision.objects.exists()


def test_who_publishes_edits_what_readers_see_beside_a_revision(admin_client, django_user_model):
    article = make_article(title="旧")
    hand_in(article, django_user_model.objects.create_user("xiaolin"), title="新")
    page = admin_client.get(change_url(article)).content.decode()
    assert "A revision waits to be adopted" in page and 'name="_pend"' not in page
    save(admin_client, article, summary="线上改的")
    assert (Article.objects.get().title, PendingRevision.objects.count()) == ("旧", 1)


def test_a_pair_that_the_revision_drops_is_ticked_for_deletion(admin_client, admin_user):
    article = make_article(pairs=[{"heading": "甲"}, {"heading": "乙"}])
    content = revisions.snapshot(article)
    content["pairs"].pop(0)
    pending.hand_in(article, content, by=admin_user)
    formset = admin_client.get(f"{change_url(article)}?pending=1").context["inline_admin_formsets"][0].formset
    assert [bool(card["DELETE"].value()) for card in formset.forms] == [True, False]


def test_going_back_on_a_live_article_is_a_revision_for_who_may_not_publish(writer, admin_user):
    article = make_article(title="旧")
    with revisions.recorded([article], by=admin_user):
        Article.objects.update(title="新")
    path = "versions/1/restore/"
    writer.post(f"{LIST}{article.pk}/{path}", seen(writer, article, path))
    assert Article.objects.get().title == "新"
    assert PendingRevision.objects.get().content["article"]["title"] == "旧"


@pytest.mark.parametrize("is_own, answer", [(True, 302), (False, 403)])
def test_a_revision_is_taken_back_by_its_author(writer, admin_user, is_own, answer):
    article = make_article()
    hand_in(article, writer.user if is_own else admin_user, title="新")
    assert writer.post(f"{LIST}{article.pk}/pending/take-back/").status_code == answer
    assert PendingRevision.objects.exists() != is_own


@pytest.mark.parametrize("path", ["adopt", "send-back"])
def test_who_may_not_publish_decides_nothing(writer, path):
    article = make_article()
    hand_in(article, writer.user, title="新")
    assert writer.post(f"{LIST}{article.pk}/pending/{path}/", {"reply": "好"}).status_code == 403


def test_revisions_are_marked_and_filtered_in_the_list(admin_client, admin_user):
    waits, sent_back, _other = make_article(title="待"), make_article(title="退"), make_article(title="别")
    hand_in(waits, admin_user, title="新")
    pending.send_back(hand_in(sent_back, admin_user, title="新"), by=admin_user, reply="再想")
    listed = {
        value: [article.title for article in admin_client.get(LIST, {"revision": value}).context["cl"].result_list]
        for value in ("waiting", "returned")
    }
    assert listed == {"waiting": ["待"], "returned": ["退"]}
    assert admin_client.get(LIST).content.decode().count("revision to be adopted") == 1


def test_a_form_with_errors_keeps_what_was_typed(writer):
    article = make_article()
    page = writer.post(change_url(article), saved_data(article, title="", revision_note="为什么改")).content.decode()
    assert 'value="为什么改"' in page
    assert not PendingRevision.objects.exists()
    assert QAPair.objects.count() == 1

"""Signing in: how often it may fail, and how long what it opens stays open."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.limits import client_address
from accounts.models import SignInFailure
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def fail(sign_in, times, **options):
    return [sign_in(password="wrong", **options).status_code for _time in range(times)]


def test_after_five_failures_the_right_password_is_refused_too(editor, sign_in):
    assert fail(sign_in, 6) == [200, 200, 200, 200, 200, 429]
    response = sign_in()
    assert response.status_code == 429
    assert 890 <= int(response["Retry-After"]) <= 900
    assert "失败次数太多，请 15 分钟后再试。" in response.content.decode()


def test_the_name_is_let_in_elsewhere_meanwhile_and_others_are_let_in_here(editor, sign_in, django_user_model):
    django_user_model.objects.create_user("other", password=PASSWORD, is_staff=True)
    fail(sign_in, 6)
    assert sign_in(address="192.0.2.2").status_code == 302
    assert sign_in("other", via=Client()).status_code == 302


def test_the_wait_is_over_after_a_quarter_of_an_hour(editor, sign_in):
    fail(sign_in, 5)
    SignInFailure.objects.update(at=timezone.now() - timedelta(minutes=15))
    assert sign_in().status_code == 302
    assert not SignInFailure.objects.exists()


def test_four_failures_cost_nothing_and_are_forgotten_by_the_right_password(editor, sign_in):
    fail(sign_in, 4)
    assert sign_in().status_code == 302
    assert fail(sign_in, 4, via=Client()) == [200] * 4


def test_one_address_may_fail_twenty_times_whatever_the_names(editor, sign_in):
    assert [sign_in(f"name{number}", "wrong").status_code for number in range(21)] == [200] * 20 + [429]
    assert sign_in().status_code == 429
    assert sign_in(address="2001:db8::1").status_code == 302


def test_names_differing_in_case_or_width_alone_count_as_one(sign_in):
    names = ["Editor", "EDITOR", "editor", "ｅｄｉｔｏｒ", "eDitor"]
    assert [sign_in(name, "wrong").status_code for name in [*names, "editor"]] == [200] * 5 + [429]


def test_waiting_is_not_made_longer_by_trying(sign_in):
    fail(sign_in, 9)
    assert SignInFailure.objects.count() == 5


def test_old_failures_do_not_pile_up(sign_in):
    fail(sign_in, 3)
    SignInFailure.objects.update(at=timezone.now() - timedelta(minutes=16))
    fail(sign_in, 1)
    assert SignInFailure.objects.count() == 1


def test_what_was_typed_as_a_name_is_not_kept(sign_in):
    sign_in("my password", "wrong")
    assert re.fullmatch(r"[0-9a-f]{64}", SignInFailure.objects.get().name)


def test_the_log_has_one_line_for_each_failure_whatever_was_typed(sign_in, caplog):
    sign_in("a\nb\x1b[31m", "wrong")
    assert [record.getMessage() for record in caplog.records if record.name == "accounts"] == [
        r"Sign-in failed: 'a\nb\x1b[31m' from 192.0.2.1"
    ]


@pytest.mark.parametrize(
    "trusted, forwarded, address",
    [
        (False, "198.51.100.7", "192.0.2.1"),
        (True, "198.51.100.7", "198.51.100.7"),
        (True, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (True, "", "192.0.2.1"),
        (True, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (True, "<script>", ""),
    ],
)
def test_only_what_a_trusted_proxy_added_last_tells_the_address(rf, settings, trusted, forwarded, address):
    settings.TRUST_PROXY = trusted
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(rf.get("/", REMOTE_ADDR="192.0.2.1", headers=headers)) == address


def test_a_faked_header_does_not_escape_the_limit(sign_in):
    answers = [sign_in(password="wrong", **{"X-Forwarded-For": f"192.0.2.{number}"}) for number in range(6)]
    assert [response.status_code for response in answers] == [200] * 5 + [429]


def key(client) -> str:
    return client.cookies["sessionid"].value


def opens(client) -> bool:
    return client.get("/admin/password_change/").status_code == 200


def test_signing_in_begins_a_new_session(editor, sign_in, client):
    client.get("/admin/login/")
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    sign_in()
    assert key(client) != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_signing_out_ends_the_session(editor, sign_in, client):
    sign_in()
    stolen = Client()
    stolen.cookies["sessionid"] = key(client)
    assert opens(stolen)
    client.post("/admin/logout/")
    assert not opens(stolen)


def test_a_new_password_ends_the_other_sessions(editor, sign_in, client):
    other = Client()
    sign_in(via=other)
    sign_in()
    new = {"old_password": PASSWORD, "new_password1": "another phrase 7", "new_password2": "another phrase 7"}
    assert client.post("/admin/password_change/", new).status_code == 302
    assert (opens(client), opens(other)) == (True, False)


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_who_is_deactivated_or_no_editor_any_more_is_out_at_once(editor, sign_in, client, field):
    sign_in()
    assert opens(client)
    setattr(editor, field, False)
    editor.save()
    assert not opens(client)


def test_a_session_lasts_twelve_hours_in_a_cookie_no_script_reads(editor, sign_in, client):
    cookie = sign_in().cookies["sessionid"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (43200, True, "Lax", "/")


def test_expired_sessions_are_cleared_when_somebody_signs_in(editor, sign_in, client):
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))
    sign_in()
    assert not Session.objects.filter(session_key="old").exists()


@pytest.mark.parametrize("password", ["short", "elevenchars", "123456789012", "password1234"])
def test_weak_passwords_are_refused(editor, sign_in, client, password):
    sign_in()
    new = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    assert client.post("/admin/password_change/", new).status_code == 200
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_a_new_password_takes_the_old_one(editor, sign_in, client):
    sign_in()
    new = {"old_password": "wrong", "new_password1": "another phrase 7", "new_password2": "another phrase 7"}
    assert client.post("/admin/password_change/", new).status_code == 200
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


@pytest.mark.parametrize(
    "password", [" blanks around it ", "全是汉字也可以作密码用", "ÄÖÜ ß 💥 long enough", "x" * 200]
)
def test_a_password_counts_exactly_as_it_was_typed(editor, sign_in, password):
    editor.set_password(password)
    editor.save()
    assert [sign_in(password=typed).status_code for typed in (f"{password} ", password.swapcase() + "x")] == [200, 200]
    assert sign_in(password=password).status_code == 302


def test_the_field_of_the_password_is_masked_and_known_to_password_managers(client):
    page = client.get("/admin/login/").content.decode()
    assert re.search('<input type="password" name="password" autocomplete="current-password"', page)

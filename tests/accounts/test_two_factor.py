"""The second step: off until a person turns it on, and then nothing opens without it."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import two_factor
from accounts.models import SignInFailure
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

PAGE = "/admin/two-factor/"


def code_of(device, steps: int = 0) -> str:
    """Return what the app shows, or showed or will show some steps of half a minute away."""
    return f"{totp(device.bin_key, t0=-steps * 30):06d}"


def wrong_code(device) -> str:
    right = {code_of(device, steps) for steps in (-1, 0, 1)}
    return next(code for code in (f"{number:06d}" for number in range(4)) if code not in right)


@pytest.fixture
def app(editor):
    """Turn the second step on; the recovery codes lie in app.recovery_codes."""
    device = two_factor.begin(editor)
    device.recovery_codes = two_factor.turn_on(device, code_of(device))
    device.refresh_from_db()
    # So that the code of now can be used once more.
    TOTPDevice.objects.update(last_t=-1)
    return device


def enter(client, code, **more):
    return client.post("/admin/login/?next=/admin/password_change/", {"code": code, **more}, REMOTE_ADDR="192.0.2.1")


def opens(client) -> bool:
    return client.get("/admin/password_change/").status_code == 200


def test_a_person_turns_it_on_with_password_and_first_code(editor, sign_in, client):
    sign_in()
    assert client.post(PAGE, {"act": "begin"}).status_code == 302
    device = TOTPDevice.objects.get()
    page = client.get(PAGE).content.decode()
    assert two_factor.secret(device) in page
    assert "data:image/svg+xml" in page
    response = client.post(PAGE, {"act": "on", "password": PASSWORD, "code": code_of(device)})
    codes = response.context["recovery_codes"]
    assert len(set(codes)) == 10
    assert all(code in response.content.decode() for code in codes)
    assert "no-store" in response["Cache-Control"]
    assert not any(code in client.get(PAGE).content.decode() for code in codes)
    assert opens(client)


def test_nothing_of_a_recovery_code_is_stored(app):
    assert not set(app.recovery_codes) & set(StaticToken.objects.values_list("token", flat=True))


@pytest.mark.parametrize("password, is_right", [("wrong", True), (PASSWORD, False)])
def test_it_stays_off_without_the_password_or_the_first_code(editor, sign_in, client, password, is_right):
    sign_in()
    client.post(PAGE, {"act": "begin"})
    device = TOTPDevice.objects.get()
    code = code_of(device) if is_right else wrong_code(device)
    response = client.post(PAGE, {"act": "on", "password": password, "code": code})
    assert "密码或验证码不对。" in response.content.decode()
    assert two_factor.app_of(editor) is None


def test_turning_it_on_ends_the_other_sessions(editor, sign_in, client):
    other = Client()
    sign_in(via=other)
    sign_in()
    client.post(PAGE, {"act": "begin"})
    client.post(PAGE, {"act": "on", "password": PASSWORD, "code": code_of(TOTPDevice.objects.get())})
    assert (opens(client), opens(other)) == (True, False)


def test_the_password_alone_opens_nothing(app, sign_in, client):
    sign_in()
    for address in ("/admin/", "/admin/articles/article/", "/admin/password_change/", PAGE):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, f"/admin/login/?next={address}")
    assert "输入验证码" in client.get("/admin/login/").content.decode()


def test_the_code_opens_the_desk_under_a_new_session_key(app, sign_in, client):
    sign_in()
    before = client.session.session_key
    response = enter(client, code_of(app))
    assert (response.status_code, response["Location"]) == (302, "/admin/password_change/")
    assert opens(client)
    assert client.session.session_key != before


def test_the_code_step_leads_to_no_other_site(app, sign_in, client):
    sign_in()
    response = client.post("/admin/login/?next=https://evil.example/", {"code": code_of(app)})
    assert response["Location"] == "/admin/"


def test_a_code_is_taken_once(app, sign_in, client):
    code = code_of(app)
    other = Client()
    sign_in()
    sign_in(via=other)
    enter(client, code)
    enter(other, code)
    assert (opens(client), opens(other)) == (True, False)


@pytest.mark.parametrize("typed", [str, str.upper, lambda code: f" {code[:5]}-{code[5:]} "])
def test_a_recovery_code_is_taken_once_however_it_is_spelled(app, sign_in, client, typed):
    code = typed(app.recovery_codes[0])
    other = Client()
    sign_in()
    sign_in(via=other)
    enter(client, code)
    enter(other, code)
    assert (opens(client), opens(other)) == (True, False)
    assert two_factor.recovery_codes_left(app.user) == 9


def test_five_wrong_codes_have_to_wait_and_a_new_sign_in_does_not_help(app, sign_in, client):
    sign_in()
    wrong = wrong_code(app)
    assert [enter(client, wrong).status_code for _time in range(6)] == [200] * 5 + [429]
    assert SignInFailure.objects.count() == 5
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert enter(client, code_of(app)).status_code == 429
    assert sign_in(via=Client()).status_code == 429


@pytest.mark.parametrize("code", ["", " ", "0", "-1", "x" * 41, "１２３４５６７", "\x00", "١٢٣٤٥٦", "💥", "²²"])
def test_odd_codes_are_refused_calmly(app, sign_in, client, code):
    sign_in()
    assert enter(client, code).status_code == 200
    assert not opens(client)


def test_whoever_waits_for_the_code_can_leave(app, sign_in, client):
    sign_in()
    assert enter(client, "", leave="1")["Location"] == "/admin/login/"
    assert "密码" in client.get("/admin/login/").content.decode()


def test_new_recovery_codes_end_the_old_ones(app, sign_in, client):
    sign_in()
    enter(client, code_of(app))
    response = client.post(PAGE, {"act": "renew", "password": PASSWORD})
    assert not set(response.context["recovery_codes"]) & set(app.recovery_codes)
    assert two_factor.passed(app.user, app.recovery_codes[0]) is None
    assert two_factor.recovery_codes_left(app.user) == 10


@pytest.mark.parametrize("act", ["renew", "off"])
def test_changes_take_the_password(app, sign_in, client, act):
    sign_in()
    enter(client, code_of(app))
    assert "密码不对。" in client.post(PAGE, {"act": act, "password": "wrong"}).content.decode()
    assert two_factor.app_of(app.user) == app
    assert two_factor.recovery_codes_left(app.user) == 10


def test_it_is_turned_off_with_the_password(app, sign_in, client):
    sign_in()
    enter(client, code_of(app))
    assert client.post(PAGE, {"act": "off", "password": PASSWORD}).status_code == 302
    assert two_factor.app_of(app.user) is None
    assert opens(client)
    again = Client()
    sign_in(via=again)
    assert opens(again)


def test_a_reset_frees_who_waits_for_the_code(app, sign_in, client):
    sign_in()
    call_command("reset_two_factor", "editor")
    assert client.get("/admin/login/")["Location"] == "/admin/"
    assert opens(client)


@pytest.mark.parametrize("name, problem", [("nobody", "没有用户 nobody。"), ("editor", "editor 没有开启两步验证。")])
def test_the_command_says_what_it_cannot_reset(editor, name, problem):
    with pytest.raises(CommandError, match=problem):
        call_command("reset_two_factor", name)


class TestWhereAllMustHaveIt:
    @pytest.fixture(autouse=True)
    def demanded(self, settings):
        settings.REQUIRE_TWO_FACTOR = True

    def test_who_has_none_is_led_to_setting_it_up(self, editor, sign_in, client):
        sign_in()
        assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
        assert client.get("/admin/login/?next=/admin/")["Location"] == PAGE
        assert "本站要求" in client.get(PAGE).content.decode()

    def test_setting_it_up_opens_the_desk(self, editor, sign_in, client):
        sign_in()
        client.post(PAGE, {"act": "begin"})
        device = TOTPDevice.objects.get()
        client.post(PAGE, {"act": "on", "password": PASSWORD, "code": code_of(device)})
        assert opens(client)

    def test_it_cannot_be_turned_off(self, app, sign_in, client):
        sign_in()
        enter(client, code_of(app))
        assert client.post(PAGE, {"act": "off", "password": PASSWORD}).status_code == 403
        assert two_factor.app_of(app.user) == app

    def test_a_reset_ends_what_the_app_opened(self, app, sign_in, client):
        sign_in()
        enter(client, code_of(app))
        assert opens(client)
        two_factor.turn_off(app.user)
        assert not opens(client)

    def test_who_would_not_set_it_up_can_leave(self, editor, sign_in, client):
        sign_in()
        client.post(PAGE, {"act": "leave"})
        assert client.get(PAGE).status_code == 302


class TestResetByAnAdministrator:
    def post(self, client, user):
        form = {"action": "reset_two_factor", "_selected_action": user.pk}
        return client.post("/admin/auth/user/", form, follow=True)

    def test_a_superuser_resets_it_for_who_lost_the_phone(self, app, client, admin_user):
        client.force_login(admin_user)
        page = self.post(client, app.user).content.decode()
        assert "已为 1 位用户重置两步验证。" in page
        assert two_factor.app_of(app.user) is None
        history = client.get(f"/admin/auth/user/{app.user.pk}/history/").content.decode()
        assert "重置了两步验证。" in history

    def test_nobody_else_does(self, app, client, django_user_model):
        keeper = django_user_model.objects.create_user("keeper", is_staff=True)
        keeper.user_permissions.set(Permission.objects.filter(content_type__app_label="auth"))
        client.force_login(keeper)
        self.post(client, app.user)
        assert two_factor.app_of(app.user) == app

    def test_the_list_tells_who_uses_it(self, app, client, admin_user):
        client.force_login(admin_user)
        rows = client.get("/admin/auth/user/").context["cl"].result_list
        assert {row.username: row.has_two_factor for row in rows} == {"admin": False, "editor": True}

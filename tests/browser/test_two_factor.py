"""Two-factor sign-in as an editor meets it, from turning it on to signing in with a recovery code."""

import pytest
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "a long pass phrase"


@pytest.fixture
def editor(django_user_model, transactional_db):
    return django_user_model.objects.create_user("editor", password=PASSWORD, is_staff=True)


def sign_in(page):
    page.goto("/admin/login/")
    page.get_by_label("用户名").fill("editor")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def set_up(page):
    page.get_by_role("link", name="两步验证").click()
    page.get_by_role("button", name="开始设置").click()


def turn_on(page) -> str:
    """Turn it on and return a recovery code."""
    page.get_by_label("您的密码").fill(PASSWORD)
    page.get_by_label("验证码").fill(f"{totp(TOTPDevice.objects.get().bin_key):06d}")
    page.get_by_role("button", name="开启").click()
    return page.locator(".recovery-codes code").first.inner_text()


def test_an_editor_turns_it_on_and_signs_in_with_a_recovery_code(page, editor):
    sign_in(page)
    set_up(page)
    code = turn_on(page)
    page.get_by_role("link", name="我已保存好").click()
    page.get_by_role("button", name="注销").click()
    sign_in(page)
    page.get_by_label("验证码").fill(code)
    page.get_by_role("button", name="继续").click()
    page.get_by_role("link", name="两步验证").click()
    assert "恢复码还剩 9 个" in page.locator(".lede").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_are_accessible_and_fit_a_phone(open_page, editor, axe, scheme):
    with open_page(viewport={"width": 375, "height": 740}, color_scheme=scheme) as page:
        sign_in(page)
        found = []

        def look():
            found.extend(axe(page))
            assert page.evaluate("document.documentElement.scrollWidth") <= 375

        page.get_by_role("link", name="两步验证").click()
        look()
        page.get_by_role("button", name="开始设置").click()
        look()
        turn_on(page)
        look()
        page.goto("/admin/two-factor/")
        look()
        page.get_by_role("button", name="注销").click()
        sign_in(page)
        look()
        assert found == []

"""Scheduling and the trash, in real Chromium."""

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.test_admin import LIST, change_url, content, sign_in
from tests.factories import make_article

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("content")]
__all__ = ["content"]


def test_the_button_says_that_a_time_to_come_schedules(page):
    article = make_article(status="draft", published_at=None)
    sign_in(page, change_url(article))
    button = page.locator("[name=_publish]")
    expect(button).to_have_value("保存并发布")
    page.fill("#id_published_at_0", "2099-01-01")
    page.fill("#id_published_at_1", "08:00")
    expect(button).to_have_value("保存并定时发布")
    button.click()
    page.wait_for_url(f"**{LIST}")
    assert Article.objects.get().is_scheduled


def test_an_article_goes_to_the_trash_and_comes_back(page):
    article = make_article(title="丢错了")
    sign_in(page, change_url(article))
    page.click(".linkbutton.danger")
    expect(page.locator(".messagelist")).to_contain_text("已移到回收站")
    page.goto(f"{LIST}?status=trashed")
    page.click("text=丢错了")
    page.get_by_role("button", name="恢复").click()
    page.wait_for_url(f"**{change_url(article)}")
    assert Article.objects.get().status == "draft"

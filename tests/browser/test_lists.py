"""The list of articles in a browser: many retagged after a look, filters kept as a view, on desktop and phone."""

import pytest
from playwright.sync_api import expect

from articles.models import QAPair, SavedView
from tests.browser.test_admin import LIST, faults, sign_in
from tests.factories import make_article, make_column, make_topic

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def content(django_user_model):
    django_user_model.objects.create_superuser("bianji", password="xie-xin-de-ren")
    column = make_column(title="运营信箱")
    make_topic("招聘", aliases=["招人"])
    for number in range(53):
        make_article(column=column, title=f"绩效之{number}", slug=f"a{number}", topics=["KPI"])
    make_article(column=column, title="别的", slug="other")


def test_everything_under_a_filter_is_retagged_after_a_look(page):
    sign_in(page, LIST)
    page.fill(".topic-filter [name=topic]", "KPI")
    page.click(".topic-filter button")
    page.check("#action-toggle")
    page.locator(".actions .question a").click()
    page.select_option("[name=action]", label="加话题…")
    page.click("[name=index]")
    expect(page.locator("h1")).to_have_text("加话题")
    page.locator("#id_bulk-given").fill("招人")
    page.get_by_role("button", name="查看变动").click()
    expect(page.locator(".bulk-group h2")).to_have_text("53 篇将变动")
    expect(page.locator(".bulk-group")).to_contain_text("另有 33 篇")
    confirm = page.get_by_role("button", name="加话题 (53)")
    confirm.click()
    expect(page.locator(".errornote")).to_contain_text("请输入数字 53 确认")
    assert not QAPair.objects.filter(tagged__tag__name="招聘").exists()
    page.fill("#typed", "53")
    confirm.click()
    expect(page.locator(".messagelist")).to_contain_text("53 篇文章：加话题：招聘。")
    assert QAPair.objects.filter(tagged__tag__name="招聘").count() == 53
    assert "topic=KPI" in page.url


def test_filters_are_kept_as_a_view_and_taken_up_again(page):
    sign_in(page, f"{LIST}?topic=-KPI")
    page.get_by_text("把当前筛选存为视图").click()
    page.fill("#view-name", "没有 KPI")
    page.locator(".save-view button").click()
    expect(page.locator(".saved-views [aria-current]")).to_have_text("没有 KPI")
    page.goto(LIST)
    page.get_by_role("link", name="没有 KPI").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.get_by_role("link", name="管理视图").click()
    page.get_by_label("删除").check()
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".messagelist")).to_contain_text("视图已保存。")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_no_fault_is_found_and_nothing_sticks_out(open_page, django_user_model, theme, width):
    user = django_user_model.objects.get()
    SavedView.objects.create(user=user, name="KPI", query="topic=KPI")
    with open_page(viewport={"width": width, "height": 800}, color_scheme=theme) as page:
        sign_in(page, f"{LIST}?tagging=none")
        assert faults(page) == []
        page.goto(f"{LIST}views/")
        assert faults(page) == []
        page.goto(LIST)
        page.locator("[name=_selected_action]").first.check()
        page.select_option("[name=action]", label="换话题…")
        page.click("[name=index]")
        page.locator("#id_bulk-given").fill("招聘")
        page.get_by_role("button", name="查看变动").click()
        expect(page.locator(".bulk-confirm")).to_be_visible()
        assert faults(page) == []

"""The editors' desk in real Chromium: writing, ordering, previewing, publishing; with the keyboard and without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Article, QAPair
from tests.browser.conftest import AXE_OPTIONS
from tests.factories import make_article, make_column, make_topic

pytestmark = pytest.mark.django_db(transaction=True)

LIST, ADD = "/admin/articles/article/", "/admin/articles/article/add/"


@pytest.fixture(autouse=True)
def content(django_user_model):
    django_user_model.objects.create_superuser("bianji", password="xie-xin-de-ren")
    make_column(title="运营信箱")
    make_topic("淘宝客", aliases=["淘客"])
    make_topic("淘宝直播")


def sign_in(page, then: str = "/admin/") -> None:
    page.goto(f"/admin/login/?next={then}")
    page.fill("#id_username", "bianji")
    page.fill("#id_password", "xie-xin-de-ren")
    page.click("[type=submit]")
    page.wait_for_url(f"**{then}")


def change_url(article) -> str:
    return f"{LIST}{article.pk}/change/"


def card(page, number: int):
    return page.locator("[data-card]").nth(number - 1)


def fill_card(page, number: int, **fields) -> None:
    for name, value in fields.items():
        card(page, number).locator(f"[name$='-{name}']").fill(value)


def titles_in_order(page) -> list[str]:
    return page.locator("[data-title]").all_text_contents()


def test_writing_previewing_and_publishing_an_article(page):
    sign_in(page, ADD)
    page.fill("#id_title", "第一次带团队")
    page.select_option("#id_column", label="运营信箱")
    fill_card(page, 1, heading="怎么开口", question="编辑你好：\n我不敢布置任务。", answer="先聊，再**布置**。")
    page.click("[data-add]")
    fill_card(page, 2, heading="怎么考核", question="定多少合适？", topics="淘客、考核")
    page.click("[name=_continue]")
    page.wait_for_url("**/change/")
    assert titles_in_order(page) == ["怎么开口", "怎么考核"]
    expect(card(page, 2).locator("[name$='-topics']")).to_have_value("淘宝客、考核")
    with page.expect_popup() as popup:
        page.click(".previewlink")
    expect(popup.value.locator("main")).to_contain_text("先聊，再布置。")
    popup.value.close()
    page.click("[name=_publish]")
    expect(card(page, 2).locator(".errorlist")).to_be_visible()
    fill_card(page, 2, answer="看去年。")
    page.click("[name=_publish]")
    page.wait_for_url("**/article/")
    page.goto(Article.objects.published().get().get_absolute_url())
    expect(page.locator("#q2")).to_contain_text("看去年。")


def test_cards_are_ordered_by_arrows_and_removed(page):
    article = make_article(pairs=[{"heading": "甲"}, {"heading": "乙"}])
    sign_in(page, change_url(article))
    page.click("[data-add]")
    fill_card(page, 3, heading="丙", question="问丙", answer="答丙")
    card(page, 3).locator("[data-move=up]").click()
    card(page, 2).locator("[data-move=up]").press("Enter")
    assert titles_in_order(page) == ["丙", "甲", "乙"]
    expect(card(page, 1).locator("[data-move=up]")).to_be_disabled()
    card(page, 2).locator("[name$='-DELETE']").check()
    expect(card(page, 2).locator("[name$='-answer']")).to_be_hidden()
    page.click("[name=_save]")
    page.wait_for_url("**/article/")
    assert list(article.pairs.order_by("position").values_list("heading", "position", "number")) == [
        ("丙", 1, 3),
        ("乙", 2, 2),
    ]


def test_the_tools_change_the_answer_and_can_be_undone(page):
    article = make_article(pairs=[{"answer": "第一行,好\n第二行"}])
    sign_in(page, change_url(article))
    box = page.locator("textarea[data-answer]")
    tools = page.locator(".tools").last
    expect(tools.locator(".count")).to_have_text("8 字")
    tools.locator("[data-tool=widen]").click()
    expect(box).to_have_value("第一行，好\n第二行")
    select_all(box)
    page.click("[data-tool=numbers]")
    expect(box).to_have_value("1. 第一行，好\n2. 第二行")
    select_all(box)
    page.click("[data-tool=quote]")
    expect(box).to_have_value("> 1. 第一行，好\n> 2. 第二行")
    box.press("Control+z")
    expect(box).to_have_value("1. 第一行，好\n2. 第二行")
    select_all(box)
    page.click("[data-tool=bold]")
    expect(box).to_have_value("**1. 第一行，好\n2. 第二行**")


def select_all(box) -> None:
    box.focus()
    box.press("Control+a")


def test_the_preview_shows_unsaved_text_and_runs_nothing(page):
    sign_in(page, ADD)
    fill_card(page, 1, answer="**粗** <script>document.title='x'</script>\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |")
    page.click("[data-view=preview]")
    shown = page.frame_locator("iframe.preview").locator("main")
    expect(shown.locator("strong")).to_have_text("粗")
    expect(shown.locator("td")).to_have_text(["1", "2"])
    expect(page.locator("textarea[data-answer]")).to_be_hidden()
    page.click("[data-view=text]")
    expect(page.locator("textarea[data-answer]")).to_be_visible()
    assert not QAPair.objects.exists()


def test_topics_are_completed_by_keyboard(page):
    sign_in(page, ADD)
    box = card(page, 1).locator("[data-topics]")
    box.press_sequentially("考核、淘客")
    option = page.locator(".offers [role=option]")
    expect(option).to_have_count(1)
    expect(option).to_contain_text("淘宝客淘客")
    box.press("ArrowDown")
    expect(option.first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(box).to_have_value("考核、淘宝客、")
    box.press_sequentially("淘")
    expect(option).to_have_count(2)
    box.press("ArrowUp")
    box.press("Escape")
    expect(option).to_have_count(0)
    box.press("Enter")
    expect(box).to_have_value("考核、淘宝客、淘、")
    assert page.url.endswith(ADD)


def test_topics_are_completed_by_mouse_in_the_middle(page):
    sign_in(page, ADD)
    box = card(page, 1).locator("[data-topics]")
    box.fill("淘、考核")
    box.evaluate("box => box.setSelectionRange(1, 1)")
    box.press_sequentially("宝直")
    expect(page.locator(".offers [role=option]")).to_have_count(1)
    page.locator(".offers [role=option]").click()
    expect(box).to_have_value("淘宝直播、考核")


def test_nothing_is_asked_while_an_input_method_composes(page):
    sign_in(page, ADD)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "suggest-topics" in request.url else None)
    box = card(page, 1).locator("[data-topics]")
    box.focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "tao", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(300)
    assert asked == []
    keyboard.send("Input.insertText", {"text": "淘"})
    expect(page.locator(".offers [role=option]")).to_have_count(2)
    assert len(asked) == 1


def test_everything_saves_without_script(open_page):
    article = make_article(pairs=[{"heading": "甲"}, {"heading": "乙"}])
    with open_page(java_script_enabled=False) as page:
        sign_in(page, change_url(article))
        fill_card(page, 2, position="1", topics="淘客；考核")
        page.click("[name=_save]")
    assert list(article.pairs.order_by("position").values_list("heading", flat=True)) == ["乙", "甲"]
    assert [topic.name for topic in article.pairs.get(heading="乙").topics.all()] == ["淘宝客", "考核"]


SCREENS = {
    "list": lambda article: LIST,
    "add": lambda article: ADD,
    "change": change_url,
    "history": lambda article: f"{LIST}{article.pk}/history/",
    "delete": lambda article: f"{LIST}{article.pk}/delete/",
    "topics": lambda article: "/admin/articles/topic/",
    "topic": lambda article: f"/admin/articles/topic/{article.pairs.first().topics.first().pk}/change/",
    "column": lambda article: f"/admin/articles/column/{article.column_id}/change/",
    "index": lambda article: "/admin/",
    "password": lambda article: "/admin/password_change/",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_every_screen_is_accessible_and_fits(open_page, scheme, device):
    article = make_article(pairs=2, topics=["淘宝客"])
    # As tall as the longest form, so that the save bar covers nothing.
    width = {"desktop": 1280, "phone": 390}[device]
    with open_page(color_scheme=scheme, viewport={"width": width, "height": 3000}) as page:
        page.goto("/admin/login/")
        found = {"login": faults(page)}
        sign_in(page)
        for name, address in SCREENS.items():
            page.goto(address(article))
            found[name] = faults(page)
    assert {name: problems for name, problems in found.items() if problems} == {}


def faults(page) -> list[str]:
    # Without preload: axe-core would rebuild Django's imported style sheets inline, which the policy refuses.
    violations = Axe().run(page, options=AXE_OPTIONS | {"preload": False}).response["violations"]
    problems = [f"{rule['id']}: {' | '.join(node['html'] for node in rule['nodes'])}" for rule in violations]
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*problems, f"{sideways} px wider than the window"] if sideways > 0 else problems

"""The frame in a real browser, on the living pages: keys, look, dialogs, the sticky line, narrow screens, large text."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.acceptance.conftest import CHROMIUM, FLAGS

DESIGN = ["/design/", "/design/board/", "/design/person/", "/design/own/", "/design/day/"]


@pytest.fixture
def visit(browser: Browser, server: str):
    """`visit("/design/board/", width=320)`: a page whose console stays silent (a refused script or style would speak)."""
    contexts, said = [], []

    def go(path: str, width: int = 1280, height: int = 800, **options) -> Page:
        context = browser.new_context(
            base_url=server, viewport={"width": width, "height": height}, locale="sv-SE", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda e: said.append(str(e)))
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not said


def sideways(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("path", DESIGN)
@pytest.mark.parametrize("width", [320, 390, 640, 760, 1024, 1280, 1920])
def test_no_page_scrolls_sideways(visit, path, width):
    assert sideways(visit(path, width)) <= 0


@pytest.fixture(scope="module")
def large_text(playwright) -> Iterator[Browser]:
    """A browser whose reader has set the text to twice the size."""
    started = playwright.chromium.launch(
        executable_path=CHROMIUM, args=[*FLAGS, "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"]
    )
    yield started
    started.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", DESIGN)
def test_text_twice_as_large_loses_nothing(large_text, server, path, width):
    context = large_text.new_context(base_url=server, viewport={"width": width, "height": 800}, locale="sv-SE")
    page = context.new_page()
    page.goto(path)
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 34
    assert sideways(page) <= 0
    cut = page.evaluate(
        """() => [...document.querySelectorAll('main .button, .kept, .band *, .first *, .flags *')]
            .filter(e => e.offsetParent && getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth + 2)
            .map(e => `${e.className || e.tagName}: ${e.textContent.trim().slice(0, 40)}`)"""
    )
    context.close()
    assert not cut


def test_next_step_and_help_stand_in_the_first_screen_of_a_small_phone(visit):
    page = visit("/design/own/", 320, 844)
    bar = page.locator(".bottombar").bounding_box()
    for part in (".band", ".help", ".danger-line"):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= bar["y"], part


@pytest.mark.parametrize("path", ["/design/own/", "/design/day/"])
def test_what_is_pressed_on_the_phone_is_large_enough(visit, path):
    page = visit(path, 390, 844)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.button, .help, .bottombar a, .situation-list a, .danger-line a')]
            .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.textContent.trim())"""
    )
    assert not small


def test_keys_move_open_search_and_explain(visit):
    page = visit("/design/board/")
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_text("Nästa steg försenat")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(":focus")).to_have_text("I dag utan ansvarig")
    page.keyboard.press("4")
    expect(page.locator(":focus")).to_have_text("Utan gemensam plan")
    page.keyboard.press("/")
    expect(page.locator(":focus")).to_have_attribute("name", "q")
    page.keyboard.type("jjk")
    expect(page.locator("#find")).to_have_value("jjk")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    dialog = page.locator("#keys")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("upp och ner")
    dialog.get_by_label("Enkla tangenter är på").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("1")
    assert page.evaluate("document.activeElement.dataset.key") is None


def test_the_look_is_chosen_and_kept(visit):
    page = visit("/design/", color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(17, 23, 20)"
    page.locator("main").get_by_role("button", name="Ljust").click()
    assert page.evaluate(ground) == "rgb(247, 243, 234)"
    page.goto("/design/person/")
    assert page.evaluate(ground) == "rgb(247, 243, 234)"


def test_a_dialog_takes_the_focus_and_gives_it_back(visit):
    page = visit("/design/")
    opener = page.get_by_role("button", name="Öppna dialogen")
    opener.click()
    expect(page.locator("#demo-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#demo-dialog")).to_be_hidden()
    expect(opener).to_be_focused()


def test_what_reaches_others_is_asked_first(visit):
    page = visit("/design/")
    page.get_by_role("button", name="Fråga först").click()
    expect(page.locator("#confirm")).to_contain_text("får besked")
    page.get_by_role("button", name="Nej, gå tillbaka").click()
    expect(page.locator("#confirm")).to_be_hidden()


def test_who_it_is_about_stays_in_sight(visit):
    page = visit("/design/person/", 1280, 600)
    line = page.locator("[data-person-line]")
    expect(line).to_be_hidden()
    page.mouse.wheel(0, 900)
    expect(line).to_be_visible()
    expect(line).to_contain_text("Gunvor Ekdahl")
    expect(line).to_contain_text("warfarin")


def test_the_way_back_leads_to_the_same_row(visit):
    page = visit("/design/board/", 1280, 500)
    for _ in range(8):
        page.keyboard.press("j")
    row = page.locator(":focus").inner_text()
    page.goto("/design/person/")
    page.locator("a[data-back]").click()
    page.wait_for_url("**/design/board/")
    expect(page.locator(":focus")).to_have_text(row)
    assert page.evaluate("scrollY") > 0


def test_why_opens_in_place_by_keyboard(visit):
    page = visit("/design/person/")
    why = page.locator(".band .why")
    why.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(why.locator(".why-body")).to_be_visible()


def test_rows_that_are_chosen_are_counted(visit):
    page = visit("/design/")
    say = page.locator("[data-picked]")
    expect(say).to_have_text("1 vald av 38")
    page.get_by_label("Välj alla").check()
    expect(say).to_have_text("4 valda av 38")


def test_without_script_everything_can_be_read(browser, server):
    context = browser.new_context(base_url=server, java_script_enabled=False, locale="sv-SE")
    page = context.new_page()
    page.goto("/design/person/")
    expect(page.get_by_role("heading", name="Gunvor Ekdahl")).to_be_visible()
    page.locator(".band .why summary").click()
    expect(page.locator(".band .why-body")).to_be_visible()
    context.close()


def test_no_voice_on_the_device_no_button_to_read_aloud(visit):
    page = visit("/design/own/", 390, 844)
    local = page.evaluate("speechSynthesis.getVoices().some(v => v.localService && v.lang.startsWith('sv'))")
    expect(page.locator("[data-read]")).to_be_visible(visible=local)

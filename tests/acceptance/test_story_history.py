"""A plan with a memory: what has changed, back and back again, and two who write at once, with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.conftest import serving
from tests.acceptance.test_story_gunvor import open_gunvor


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of its own: what this story changes in Gunvor's plan, no other story meets."""
    with serving(tmp_path_factory.mktemp("story")) as address:
        yield address


GOAL = "Jag vill ta mig ut på trappan själv."


def test_1_the_nurse_reads_what_has_changed_and_goes_back_and_back_again(open_as, demo_login):
    page = open_as(demo_login("nurse"))
    open_gunvor(page)
    page.get_by_role("link", name="Vad har ändrats?").click()
    page.get_by_role("link", name="Från början").click()
    expect(page.get_by_text("Hemtjänsten Heby kommer nu två gånger i veckan (förr en gång)")).to_be_visible()
    expect(page.get_by_text("Såret vätskade mer än förbandet tog.")).to_be_visible()
    row = page.locator("li", has_text="Omläggning av bensåret").filter(has_text="varannan dag")
    row.get_by_role("link", name="Återställ").click()
    expect(page.get_by_text("Nu måndag och torsdag (förr varannan dag)")).to_be_visible()
    page.get_by_label("Varför?").fill("Såret är lugnare igen.")
    page.get_by_role("button", name="Återställ det valda").click()
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_text("som innan").first).to_be_visible()
    page.get_by_role("link", name="Alla ändringar").click()
    expect(page.get_by_text("Såret är lugnare igen.").first).to_be_visible()
    expect(page.get_by_text("Ångrade återställningen").first).to_be_visible()


def _goal(page: Page) -> None:
    open_gunvor(page)
    page.locator("li", has_text=GOAL).get_by_role("link", name="Ändra").click()


def test_2_two_write_in_one_text_and_both_are_kept_with_the_keyboard_alone(open_as, demo_login):
    nurse, coordinator = open_as(demo_login("nurse")), open_as(demo_login("coordinator"))
    _goal(nurse)
    _goal(coordinator)
    field = "Så vet vi att det går åt rätt håll"
    said = nurse.get_by_label(field).input_value()
    nurse.get_by_label(field).fill(f"{said} Sune är med.")
    nurse.get_by_role("button", name="Spara").click()
    coordinator.get_by_label(field).fill(f"Nästan alltid: {said}")
    coordinator.get_by_role("button", name="Spara").click()
    expect(coordinator.get_by_role("heading", name="Två skrev samtidigt")).to_be_visible()
    coordinator.locator("input[value=mine]").focus()
    coordinator.keyboard.press("Space")
    coordinator.keyboard.press("ArrowDown")
    coordinator.keyboard.press("ArrowDown")
    expect(coordinator.get_by_label("Bådas ändringar i samma text")).to_be_checked()
    while coordinator.evaluate("!document.activeElement.matches('button.button-primary')"):
        coordinator.keyboard.press("Tab")
    coordinator.keyboard.press("Enter")
    expect(coordinator.get_by_text(f"Nästan alltid: {said} Sune är med.")).to_be_visible()


def test_3_gunvor_reads_in_plain_words_what_has_changed(open_as):
    page = open_as("gunvor", phone=True)
    page.goto("/my/plan/changes/?days=30")
    expect(page.get_by_role("heading", name="Det här har ändrats")).to_be_visible()
    expect(page.get_by_text("Hemtjänsten Heby kommer nu två gånger i veckan (förr en gång)")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_4_a_hand_over_is_answered_thing_by_thing(open_as, demo_login):
    page = open_as(demo_login("coordinator"))
    page.goto("/handovers/")
    page.get_by_role("link", name="Marie Engvall").click()
    expect(page.get_by_text("har ansvaret tills svaret kommer")).to_be_visible()
    for group in page.get_by_label("Vi tar inte över").all():
        group.check()
    for reason in page.get_by_label("Varför inte?").all():
        reason.fill("Annika fortsätter.")
    page.get_by_role("button", name="Lämna svaret").click()
    expect(page.get_by_text("Avböjd").first).to_be_visible()

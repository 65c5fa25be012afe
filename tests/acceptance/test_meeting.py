"""A meeting about Gunvor's plan, from the call to a decision that somebody else reads, in real browsers.

One story in order, on one server: each step goes on where the one before left off. The coordinator calls, the nurse
answers for her unit, the person on her phone, two write at once, a decision becomes an action in the plan.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.hours import workday

MADE = "Nya glödlampor på trappan"
TALK = "Jag vill prata om hissen till källaren"


# Both texts stand under the second item.
BOTH = """() => ["Hissen stannar", "går ner med Sune"].every(
    (text) => document.querySelectorAll("[data-note]")[1].value.includes(text))"""


@pytest.fixture(autouse=True)
def patient():
    """Several browsers on one machine: a page may take its time."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


DAY = workday(9)


def open_gunvor(page: Page) -> None:
    page.locator("input[type=search]:visible").first.fill("gunvor ekd")
    page.locator("#found").get_by_role("link", name="Gunvor Ekdahl").first.click()
    expect(page.get_by_role("heading", level=1, name="Gunvor Ekdahl")).to_be_visible()


def open_meeting(page: Page) -> None:
    """From her page: the meeting that this story called, told by its clock."""
    open_gunvor(page)
    page.get_by_role("link", name="09.15–10.15").click()


def open_own_meeting(page: Page) -> None:
    page.goto("/my/meetings/")
    page.get_by_role("link", name="09.15–10.15").click()


def test_1_what_is_missing_is_said_and_then_the_coordinator_calls(open_as, demo_login):
    page = open_as(demo_login("coordinator"))
    open_gunvor(page)
    page.get_by_role("link", name="Kalla till möte").click()
    page.get_by_label("Uppföljningsmöte").check()
    page.get_by_label("Sune Ekdahl").check()
    page.get_by_label("Hemsjukvården Heby").first.check()
    page.get_by_label("Dag", exact=True).fill(DAY.isoformat())
    page.get_by_label("Klockan").fill("09:15")
    expect(page.locator("#fit")).to_contain_text("Tider som passar")
    page.get_by_role("button", name="Skicka kallelsen").click()
    expect(page.locator("[role=alert]").first).to_contain_text("Skriv var ni ses")
    expect(page.get_by_label("Klockan")).to_have_value("09:15")
    page.get_by_label("Var ni ses").fill("Hemma vid köksbordet")
    page.get_by_role("button", name="Skicka kallelsen").click()
    expect(page.get_by_text("Kallelsen är skickad")).to_be_visible()
    expect(page.get_by_text("Vad är viktigt för Gunvor?").first).to_be_visible()


def test_2_the_nurse_answers_for_her_unit_and_says_who_comes(open_as, demo_login):
    page = open_as(demo_login("nurse"))
    page.goto("/meetings/?show=waiting")
    page.locator("tr", has_text="09.15–10.15").get_by_role("link").click()
    expect(page.get_by_text("Du svarar för Hemsjukvården Heby.")).to_be_visible()
    page.get_by_label("Kommer", exact=True).check()
    page.get_by_label("Vem kommer?").select_option(label="Ida Wallin, sjuksköterska")
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_text("Tack, svaret är skickat.")).to_be_visible()
    expect(page.locator("aside").get_by_text("Ida Wallin").first).to_be_visible()


def test_3_gunvor_answers_on_her_phone_and_says_what_she_wants_to_talk_about(open_as):
    page = open_as("gunvor", phone=True)
    open_own_meeting(page)
    expect(page.get_by_role("button", name="Jag kommer")).to_be_in_viewport()
    page.get_by_role("button", name="Jag kommer").click()
    expect(page.get_by_role("heading", name="Ditt svar: kommer")).to_be_visible()
    page.get_by_label("Jag vill prata om …").fill(TALK)
    page.get_by_role("button", name="Lägg till").click()
    expect(page.get_by_text(TALK).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_4_two_write_at_once_and_a_decision_is_in_the_plan(open_as, demo_login):
    maria, ida = open_as(demo_login("coordinator")), open_as(demo_login("nurse"), phone=True)
    open_meeting(maria)
    expect(maria.get_by_text(TALK).first).to_be_visible()
    maria.get_by_role("button", name="Börja mötet").click()
    maria.get_by_role("button", name="Ja, gör det").click()
    maria.wait_for_url("**/minutes/")
    ida.goto(maria.url)
    mine, hers = maria.locator("[data-note]").nth(1), ida.locator("[data-note]").nth(1)
    mine.fill("Hissen stannar vid första våningen.")
    hers.fill("Gunvor går ner med Sune.")
    expect(maria.locator("[data-status]")).to_have_text("Sparat")
    expect(ida.locator("[data-status]")).to_have_text("Sparat")
    for browser in (maria, ida):
        browser.wait_for_function(BOTH, timeout=25_000)
    maria.locator("[data-decide]").nth(1).click()
    dialog = maria.locator("#decide")
    dialog.get_by_label("Vad ska göras?").fill(MADE)
    dialog.get_by_label("Vem gör det?").select_option(label="Heby vårdcentral")
    dialog.get_by_label("Vilken dag?").fill(DAY.isoformat())
    dialog.get_by_role("button", name="Lägg i planen").click()
    expect(dialog).to_be_hidden()
    expect(maria.locator("#decided")).to_contain_text(MADE)
    open_gunvor(ida)
    ida.get_by_role("link", name="Alla").first.click()
    expect(ida.get_by_role("link", name=MADE).first).to_be_visible()


def test_5_the_end_is_read_by_gunvor_and_sune_and_corrected_beside_itself(open_as, demo_login):
    page = open_as(demo_login("coordinator"))
    page.goto("/meetings/?show=coming")
    page.locator("tr", has_text="09.15–10.15").get_by_role("link").click()
    page.get_by_role("link", name="Avsluta mötet").click()
    assert MADE in page.get_by_label("Det här kom vi fram till").input_value()
    page.get_by_label("Vad sade personen om det?").fill("Då vågar jag gå ner.")
    page.get_by_role("button", name="Avsluta, och låt dem läsa").click()
    expect(page.get_by_text("Mötet är avslutat.").first).to_be_visible()
    page.get_by_label("Rättelse").fill("Lamporna sitter i trapphuset.")
    page.get_by_role("button", name="Skriv rättelsen").click()
    for who in ("gunvor", "sune"):
        own = open_as(who, phone=True)
        open_own_meeting(own)
        for text in (MADE, "Då vågar jag gå ner.", "Lamporna sitter i trapphuset."):
            expect(own.get_by_text(text).first).to_be_visible()


def test_6_somebody_elsewhere_finds_nothing(open_as):
    page = open_as("rebecka.alm")
    page.goto("/meetings/?show=past")
    assert "Ekdahl" not in page.inner_text("main")

"""A dialogue in a room, in five browsers at once: one who leads and four phones, one of which loses its net and comes back."""

import pytest
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 390, "height": 844}
NAME = "Det goda mötet hemma"
LOST = "Skrivet utan nät: vi behöver en fast kontakt"


@pytest.fixture(autouse=True)
def patient():
    """Five browsers on one machine: a page may take its time."""
    expect.set_options(timeout=45_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def phones(browser: Browser, server: str):
    contexts = [browser.new_context(base_url=server, viewport=PHONE, locale="sv-SE") for _n in range(4)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.set_default_timeout(45_000)
    yield pages
    for context in contexts:
        context.close()


def press(page: Page, event: str) -> None:
    with page.expect_navigation():
        page.locator(f"button[name=event][value={event}]").click()


def come_in(page: Page, code: str) -> None:
    page.goto("/r/")
    page.get_by_label("Kod").fill(code.lower())
    page.get_by_role("button", name="Kom in").click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    page.get_by_role("button", name="Kom in").click()
    expect(page.get_by_role("heading", name="Du är med")).to_be_visible()


def think(page: Page, text: str) -> None:
    page.get_by_label("Skriv det du tänker").fill(text)
    page.locator("form[data-send=own] button").click()


def test_a_dialogue_with_five_browsers(open_as, demo_login, phones):
    lead = open_as(demo_login("nurse"))
    lead.set_default_timeout(45_000)
    lead.goto("/dialogue/rooms/new/")
    lead.get_by_label("Vad dialogen handlar om").fill(NAME)
    lead.get_by_role("button", name="Öppna rummet").click()
    code = lead.locator(".room-code").inner_text()
    wall = lead.context.new_page()
    wall.goto(lead.url.replace("/lead/", "/screen/"))
    expect(wall.locator(".wall-big")).to_have_text(code)

    for page in phones:
        come_in(page, code)
    expect(wall.get_by_text("4 personer är här")).to_be_visible()
    lead.reload()
    lead.locator("[name=number]").fill("2")
    press(lead, "form")
    for page in phones:
        expect(page.get_by_role("heading", name="Du är i grupp")).to_be_visible()
    press(lead, "draw")
    for page in phones:
        expect(page.locator(".room-front")).to_be_visible()

    # What is typed is not lost when others write, nor by a reload; what is hidden is hidden.
    phones[0].get_by_label("Skriv det du tänker").fill("Halvskriven tanke")
    think(phones[1], "Den andras tanke")
    expect(phones[1].locator(".room-own p")).to_have_text("Den andras tanke")
    phones[0].reload()
    expect(phones[0].get_by_label("Skriv det du tänker")).to_have_value("Halvskriven tanke")
    phones[0].locator("form[data-send=own] button").click()
    expect(lead.get_by_text("Den andras tanke")).to_have_count(0)

    # One loses its net in the middle, writes on, and is there again as if nothing had happened.
    phones[3].context.set_offline(True)
    think(phones[3], LOST)
    expect(phones[3].get_by_text("Väntar på nätet")).to_be_visible()
    press(lead, "reveal")
    for page in phones[:3]:
        expect(page.get_by_role("heading", name="Läs vad ni har tänkt")).to_be_visible()
    phones[3].context.set_offline(False)
    expect(phones[3].get_by_role("heading", name="Läs vad ni har tänkt")).to_be_visible()
    expect(phones[3].locator("[data-part=table]").get_by_text(LOST)).to_be_visible()
    expect(phones[3].get_by_text("Väntar på nätet")).to_have_count(0)

    press(lead, "talk")
    expect(phones[2].get_by_role("heading", name="Samtala")).to_be_visible()
    phones[2].locator("label:has(input[value=more])").click()
    phones[2].get_by_label("Det vi kommit fram till").fill("Sitta ner en stund")
    phones[2].get_by_role("button", name="Lägg till").click()
    for page in phones:
        page.locator("label:has(input[name=value][value='4'])").click()
        expect(page.locator(".room-said")).to_be_visible()

    # Whoever leads reloads and goes on; then everybody sees the result.
    lead.reload()
    press(lead, "report")
    expect(wall.get_by_text("Sitta ner en stund")).to_be_visible()
    expect(wall.get_by_text("Samsyn, 4 svar")).to_be_visible()
    for page in phones:
        expect(page.get_by_role("heading", name="Berätta för alla")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    lead.locator("button[name=event][value=close]").click()
    with lead.expect_navigation():
        lead.get_by_role("button", name="Ja, gör det").click()
    for page in phones:
        expect(page.get_by_role("heading", name="Tack för i dag")).to_be_visible()
    lead.get_by_role("link", name="Det som sagts").click()
    for text in ("Den andras tanke", "Halvskriven tanke", LOST, "Sitta ner en stund"):
        expect(lead.get_by_text(text)).to_have_count(1)

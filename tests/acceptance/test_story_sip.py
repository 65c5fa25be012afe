"""A coordinated plan from the call to the approved plan, in five browsers: hospital, care centre, municipality, Gunvor, her daughter.

One story in order on a server of its own. One of them says no to an action, two write in the same note at once, the person
says yes in the end, and the plan is opened on paper in every layout.
"""

import io
import re
from collections.abc import Iterator
from types import SimpleNamespace

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.conftest import serving
from tests.acceptance.hours import workday
from tests.acceptance.test_story_gunvor import open_gunvor

WARD = "Avdelning 5, ortopedi och geriatrik"
TIME = "13.10–14.10"
ACTION = "Blodprov före nästa besök"
NO = "Vi har ingen provtagning den dagen."
YES = "Ja, så här ska planen vara"
LAYOUTS = ("ordinary", "large", "easy", "fridge", "card")
BOTH = """() => ["skrivs ut utan trappor", "handtag vid sängen"].every(
    (text) => document.querySelectorAll("[data-note]")[1].value.includes(text))"""


@pytest.fixture(autouse=True)
def patient() -> Iterator[None]:
    """Five browsers on one machine: a page may take its time."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("sip")) as address:
        yield address


@pytest.fixture
def five(open_as, county) -> SimpleNamespace:
    """The five browsers, each logged in."""
    return SimpleNamespace(
        care_centre=open_as("maria.lovgren", at=county),
        hospital=open_as("rebecka.alm", at=county),
        municipality=open_as("ida.wallin", at=county),
        gunvor=open_as("gunvor", phone=True, at=county),
        daughter=open_as("annelie", phone=True, at=county),
    )


def open_called(page: Page, own: bool = False) -> None:
    page.goto("/my/meetings/" if own else "/meetings/?show=coming")
    rows = page if own else page.locator("tr", has_text=TIME)
    rows.get_by_role("link", name=TIME if own else re.compile(".")).first.click()


def test_1_the_ward_becomes_a_party_as_gunvor_says_and_all_five_are_called(five):
    page = five.care_centre
    open_gunvor(page)
    page.get_by_role("link", name="Parter och vad som sades").click()
    page.get_by_label("Enhet", exact=True).select_option(label=WARD)
    page.get_by_label("Vad sade personen?").fill("De får veta hur jag har det hemma, innan jag åker.")
    page.get_by_label("Vem sade det?").fill("Gunvor Ekdahl")
    page.get_by_role("button", name="Lägg till").click()
    open_gunvor(page)
    page.get_by_role("link", name="Kalla till möte").click()
    page.get_by_label("SIP").check()
    for who in ("Annelie Ekdahl Brandt", "Hemsjukvården Heby", WARD):
        page.get_by_label(who).first.check()
    page.get_by_label("Dag", exact=True).fill(workday(6).isoformat())
    page.get_by_label("Klockan").fill("13:10")
    page.get_by_label("Var ni ses").fill("Avdelning 5, samtalsrummet")
    page.get_by_role("button", name="Skicka kallelsen").click()
    expect(page.get_by_text("Kallelsen är skickad")).to_be_visible()


def test_2_each_answers_in_a_browser_of_the_own(five):
    for page, unit in ((five.hospital, WARD), (five.municipality, "Hemsjukvården Heby")):
        page.goto("/meetings/?show=waiting")
        page.locator("tr", has_text=TIME).get_by_role("link").first.click()
        expect(page.get_by_text(f"Du svarar för {unit}.")).to_be_visible()
        page.get_by_label("Kommer", exact=True).check()
        page.get_by_role("button", name="Skicka svaret").click()
        expect(page.get_by_text("Tack, svaret är skickat.")).to_be_visible()
    for page in (five.gunvor, five.daughter):
        open_called(page, own=True)
        page.get_by_role("button", name="Jag kommer").click()
        expect(page.get_by_role("heading", name="Ditt svar: kommer")).to_be_visible()


def test_3_two_write_at_once_and_the_municipality_says_no_to_an_action(five):
    maria, rebecka, ida = five.care_centre, five.hospital, five.municipality
    open_called(maria)
    maria.get_by_role("button", name="Börja mötet").click()
    maria.get_by_role("button", name="Ja, gör det").click()
    maria.wait_for_url("**/minutes/")
    rebecka.goto(maria.url)
    maria.locator("[data-note]").nth(1).fill("Gunvor skrivs ut utan trappor de första dagarna.")
    rebecka.locator("[data-note]").nth(1).fill("Hon behöver handtag vid sängen.")
    for browser in (maria, rebecka):
        expect(browser.locator("[data-status]")).to_have_text("Sparat")
        browser.wait_for_function(BOTH, timeout=30_000)
    maria.locator("[data-decide]").nth(1).click()
    dialog = maria.locator("#decide")
    dialog.get_by_label("Vad ska göras?").fill(ACTION)
    dialog.get_by_label("Vem gör det?").select_option(label="Hemsjukvården Heby")
    dialog.get_by_label("Vilken dag?").fill(workday(8).isoformat())
    dialog.get_by_role("button", name="Lägg i planen").click()
    expect(dialog).to_be_hidden()
    ida.goto("/asks/")
    ida.locator("li", has_text=ACTION).get_by_role("link", name="Nej").click()
    ida.get_by_label("Varför?").fill(NO)
    ida.get_by_role("button", name="Nej, vi kan inte").click()
    for reader in (maria, rebecka):
        open_gunvor(reader)
        reader.get_by_role("link", name="Alla").first.click()
        expect(reader.get_by_text(NO).first).to_be_visible()


def test_4_asked_again_the_ward_takes_it_and_the_meeting_ends(five):
    maria, rebecka = five.care_centre, five.hospital
    open_gunvor(maria)
    maria.get_by_role("link", name="Alla").first.click()
    maria.get_by_role("link", name=ACTION).first.click()
    maria.get_by_role("link", name=re.compile("Fråga en (annan )?enhet")).first.click()
    maria.get_by_label("Vilken enhet får frågan?").select_option(label=WARD)
    maria.get_by_role("button", name="Ställ frågan").click()
    rebecka.goto("/asks/")
    rebecka.locator("li", has_text=ACTION).get_by_role("button", name="Ja, vi tar den").click()
    open_called(maria)
    maria.get_by_role("link", name="Avsluta mötet").click()
    maria.get_by_label("Vad sade personen om det?").fill("Då vet jag vem som tar proverna.")
    maria.get_by_role("button", name="Avsluta, och låt dem läsa").click()
    expect(maria.get_by_text("Mötet är avslutat.").first).to_be_visible()
    for own in (five.gunvor, five.daughter):
        open_called(own, own=True)
        expect(own.get_by_text("Då vet jag vem som tar proverna.").first).to_be_visible()


def test_5_gunvor_says_yes_and_the_others_see_an_approved_plan(five):
    five.daughter.goto("/my/agreement/")
    expect(five.daughter.get_by_role("button", name=YES)).to_have_count(0)
    five.gunvor.goto("/my/agreement/")
    five.gunvor.get_by_role("button", name=YES).click()
    expect(five.gunvor.get_by_text("Du sade ja till planen").first).to_be_visible()
    for page in (five.care_centre, five.hospital, five.municipality):
        open_gunvor(page)
        expect(page.get_by_role("heading", name="Planen är godkänd")).to_be_visible()
    five.daughter.goto("/my/agreement/")
    expect(five.daughter.get_by_text(re.compile("sade ja till planen")).first).to_be_visible()


def test_6_the_plan_on_paper_opens_in_every_layout(five):
    page = five.gunvor
    for layout in LAYOUTS:
        answer = page.request.get(f"/my/print/?layout={layout}")
        assert answer.headers["content-type"] == "application/pdf", layout
        with pikepdf.open(io.BytesIO(answer.body())) as pdf:
            assert len(pdf.pages) >= 1
            assert "/StructTreeRoot" in pdf.Root, f"{layout} is tagged for screen readers"

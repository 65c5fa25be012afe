"""The person blocks; the nurse of another provider sees that something exists and asks for lifting; the person reads who looked.

Issue *Access*, Show 3: Gunvor, her nurse at the municipality and her doctor at the region, each in a browser of their own.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.conftest import serving
from tests.acceptance.test_story_gunvor import open_gunvor

DANGER = "Gunvor är förvirrad och har ramlat. Vi behöver veta vad som är ordinerat."


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own: the story blocks what other stories read."""
    with serving(tmp_path_factory.mktemp("records")) as address:
        yield address


def open_records(page: Page) -> None:
    open_gunvor(page)
    page.get_by_role("link", name="Vad vi har skrivit").click()
    expect(page.get_by_role("heading", name="Journal", exact=True)).to_be_visible()


def test_1_the_nurse_reads_her_own_and_sees_that_there_is_more(open_as, county):
    page = open_as("ida.wallin", at=county)
    open_records(page)
    expect(page.get_by_role("link", name="Omläggning av bensåret")).to_be_visible()
    expect(page.get_by_text("Andra vårdgivare har skrivit om personen.")).to_be_visible()
    expect(page.get_by_text("Hjärtat och vätskan")).to_have_count(0)
    expect(page.get_by_text("Morgonbesök")).to_have_count(0)


def test_2_with_gunvors_yes_and_a_reason_she_reads_the_doctors(open_as, county):
    page = open_as("ida.wallin", at=county)
    open_records(page)
    page.get_by_role("link", name="Läs vad andra har skrivit").click()
    page.get_by_role("button", name="Personen har fått veta det här").click()
    page.get_by_label("Varför behövs uppgifterna nu?").fill(
        "Benen är mer svullna, jag behöver se vad som är sagt om dosen."
    )
    page.get_by_label("Vad personen sade").fill("Ja, läs du, så slipper jag berätta allt igen.")
    page.get_by_label("I vilken form").select_option("spoken")
    page.get_by_role("button", name="Läs", exact=True).click()
    expect(page.get_by_role("link", name="Hjärtat och vätskan")).to_be_visible()


def test_3_gunvor_blocks_her_region_on_her_phone(open_as, county):
    page = open_as("gunvor", phone=True, at=county)
    page.goto("/my/records/reading/")
    expect(page.get_by_text("Benen är mer svullna").first).to_be_visible()
    page.locator("li", has_text="Region Mälarbygden").get_by_role("button", name="Spärra för andra").click()
    expect(page.get_by_text("spärrat för andra").first).to_be_visible()


def test_4_the_nurse_sees_that_it_is_blocked_and_asks_in_an_emergency(open_as, county):
    page = open_as("ida.wallin", at=county)
    open_records(page)
    expect(page.get_by_text("Hjärtat och vätskan")).to_have_count(0)
    expect(page.get_by_text("Personen har spärrat uppgifter hos en annan vårdgivare.")).to_be_visible()
    page.get_by_role("link", name="Fara: be dem häva spärren").click()
    page.get_by_label("Vad är det för fara?").fill(DANGER)
    page.get_by_role("button", name="Fråga", exact=True).click()
    expect(page.get_by_text("Region Mälarbygden").first).to_be_visible()
    expect(page.get_by_text("Hjärtat och vätskan")).to_have_count(0)


def test_5_the_doctor_lifts_and_the_nurse_reads(open_as, county):
    doctor = open_as("behrouz.karimi", at=county)
    doctor.goto("/records/lifts/")
    doctor.get_by_role("link", name="Gunvor Ekdahl").click()
    expect(doctor.get_by_text(DANGER)).to_be_visible()
    doctor.get_by_label("Häv spärren").check()
    doctor.get_by_label("Svar i ord").fill("Hon är trygg med det, och ni behöver veta.")
    doctor.get_by_role("button", name="Svara").click()
    nurse = open_as("ida.wallin", at=county)
    open_records(nurse)
    expect(nurse.get_by_role("link", name="Hjärtat och vätskan")).to_be_visible()


def test_6_gunvor_reads_who_looked_and_what_was_asked(open_as, county):
    page = open_as("gunvor", phone=True, at=county)
    page.goto("/my/records/reading/")
    expect(page.get_by_text(DANGER).first).to_be_visible()
    expect(page.get_by_text("Spärren är hävd").first).to_be_visible()
    page.get_by_role("link", name="Allt som har lästs om dig").click()
    expect(page.get_by_text("läste vad andra vårdgivare har skrivit om dig").first).to_be_visible()
    expect(page.get_by_text("bad om att en spärr hävs, vid fara").first).to_be_visible()

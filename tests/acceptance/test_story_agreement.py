"""An agreement that holds, walked by four people: a unit says no, the person says yes, the plan changes, and all see it."""

import pytest
from playwright.sync_api import expect

from tests.acceptance.conftest import serving
from tests.acceptance.test_story_gunvor import open_gunvor


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of its own: what this story changes in Gunvor's plan, no other story meets."""
    with serving(tmp_path_factory.mktemp("story")) as address:
        yield address


NO = "Vi är inte där på måndagar längre."


def test_1_the_asked_nurse_says_no_and_must_say_why(open_as, demo_login):
    page = open_as(demo_login("nurse"))
    page.get_by_role("link", name="Frågor").first.click()
    row = page.locator("li", has_text="Blodtryck stående")
    row.get_by_role("link", name="Nej").click()
    expect(page.get_by_role("heading", name="Kan Hemsjukvården Heby ta den här insatsen?")).to_be_visible()
    page.get_by_role("button", name="Nej, vi kan inte").click()
    expect(page.get_by_text("Skriv varför ni säger nej.").first).to_be_visible()
    page.get_by_label("Varför?").fill(NO)
    page.get_by_role("button", name="Nej, vi kan inte").click()
    expect(page.get_by_text(f"Hemsjukvården Heby har sagt nej: {NO}").first).to_be_visible()


def test_2_gunvor_sees_the_no_and_what_changed_and_says_yes_on_her_phone(open_as, demo_login):
    page = open_as("gunvor", phone=True)
    page.get_by_role("link", name="Min plan").click()
    expect(page.get_by_text("Den har ändrats sedan dess.")).to_be_in_viewport()
    expect(page.get_by_text(f"har sagt nej: {NO}").first).to_be_attached()
    page.get_by_role("link", name="Se vad som ändrats och svara").click()
    expect(page.get_by_text("Nytt: Blodtryck stående")).to_be_visible()
    page.get_by_role("button", name="Ja, så här ska planen vara").click()
    expect(page.get_by_text("Du sade ja till planen").first).to_be_visible()
    expect(page.get_by_role("button", name="Ja, så här ska planen vara")).to_have_count(0)


def test_3_a_change_after_her_yes_shows_beside_the_plan(open_as, demo_login):
    page = open_as(demo_login("nurse"))
    open_gunvor(page)
    expect(page.get_by_role("heading", name="Planen är godkänd")).to_be_visible()
    page.locator("#goals").locator("xpath=ancestor::section").get_by_role("link", name="Ändra").first.click()
    page.get_by_label("Så vet vi").fill("Julafton hemma, utan en enda natt på sjukhus.")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("heading", name="Ändrad sedan godkännandet")).to_be_visible()
    page.get_by_role("link", name="Hela överenskommelsen").click()
    expect(page.get_by_text("Planen är ändrad på 1 ställe sedan den godkändes.").first).to_be_visible()


def test_4_her_husband_writes_in_his_part_and_she_stops_showing_it(open_as, demo_login):
    page = open_as("sune", phone=True)
    page.get_by_role("link", name="Min plan").click()
    page.get_by_role("link", name="Skriv i din del").click()
    page.locator("textarea[name=words]").fill("Jag sov fyra timmar i natt.")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Jag sov fyra timmar i natt.").first).to_be_visible()
    mine = open_as("gunvor", phone=True)
    mine.goto(f"{page.url.partition('/my/')[0]}/my/agreement/")
    mine.get_by_role("button", name="Sluta visa det").click()
    expect(mine.get_by_role("button", name="Visa det för dem som är med")).to_be_visible()
    nurse = open_as(demo_login("nurse"))
    open_gunvor(nurse)
    expect(nurse.get_by_text("Jag sov fyra timmar i natt.")).to_have_count(0)


def test_5_gunvor_takes_her_consent_back_and_gives_it_again(open_as, demo_login):
    page = open_as("gunvor", phone=True)
    page.get_by_role("link", name="Min plan").click()
    page.get_by_role("link", name="Se vad som ändrats och svara").click()
    page.get_by_text("Ta tillbaka samtycket till hela planen").click()
    page.get_by_role("button", name="Ta tillbaka samtycket").click()
    expect(page.get_by_text("Ingen enhet läser planen.").first).to_be_visible()
    nurse = open_as(demo_login("nurse"))
    open_gunvor(nurse)
    expect(nurse.get_by_role("heading", name="Samtycket till planen är tillbakataget")).to_be_visible()
    page.get_by_label("Hemsjukvården Heby").check()
    page.get_by_role("button", name="Ja, jag vill ha en gemensam plan").click()
    open_gunvor(nurse)
    expect(nurse.get_by_role("heading", name="Insatser")).to_be_visible()

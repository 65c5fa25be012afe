"""A coordinator is called away in the middle of a goal; hours later she presses save. What she wrote is there when she is back."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.acceptance.conftest import serving
from tests.acceptance.hours import offset, played_at
from tests.acceptance.test_story_gunvor import open_gunvor
from tests.tools.postgres import free_port

WORDS = "Gå till torget på lördag och handla själv"
AWAY = timedelta(hours=11)  # longer than a session of the demo lives without its reader


def test_a_form_that_was_sent_after_the_session_had_ended(open_as, tmp_path_factory):
    var, port = tmp_path_factory.mktemp("unsent"), free_port()
    with serving(var, port) as address:
        page = open_as("maria.lovgren", at=address)
        open_gunvor(page)
        goal = page.locator("a[href*='/goals/']").first.get_attribute("href")
        page.goto(goal)
        page.locator("[name=words]").fill(WORDS)
    with serving(var, port, SAMBAND_CLOCK_OFFSET=offset(played_at() + AWAY)):
        page.locator("form:has([name=words])").get_by_role("button", name="Spara").click()
        expect(page.get_by_text("Det du skickade är inte sparat.").first).to_be_visible()
        page.locator("details").evaluate_all("all => all.forEach(d => { d.open = true })")
        page.locator("form:has(input[name=user][value='maria.lovgren']) button").first.click()
        expect(page.get_by_role("heading", name="Det du skickade är inte sparat")).to_be_visible()
        expect(page.get_by_text(WORDS)).to_be_visible()
        page.screenshot(path=var / "unsent.png")
        page.get_by_role("button", name="Skicka på nytt").click()
        page.goto(goal)
        expect(page.locator("[name=words]")).to_have_value(WORDS)
        page.goto("/unsent/")
        expect(page.get_by_text(WORDS)).to_have_count(0)

"""A coordinator is called away in the middle of a goal; hours later she presses save. What she wrote is there when she is back."""

import os
import subprocess
import sys

from playwright.sync_api import expect

from tests.acceptance.conftest import serving
from tests.acceptance.test_story_gunvor import open_gunvor
from tests.tools.postgres import free_port

WORDS = "Gå till torget på lördag och handla själv"
# A session's age is by the machine's own time, which no setting moves: while the server is down, each is made older.
ELEVEN_HOURS_LATER = """
from django.contrib.sessions.models import Session
from samband.core.sessions import SEEN, STARTED
for row in Session.objects.all():
    store = Session.get_session_store_class()(row.session_key)
    if STARTED in store:
        store.update({STARTED: store[STARTED] - 39600, SEEN: store[SEEN] - 39600})
        store.save()
"""


def later(var) -> None:
    env = {**os.environ, "SAMBAND_MODE": "demo", "SAMBAND_VAR": str(var)}
    subprocess.run([sys.executable, "-m", "samband", "shell", "-v0", "-c", ELEVEN_HOURS_LATER], env=env, check=True)


def test_a_form_that_was_sent_after_the_session_had_ended(open_as, tmp_path_factory):
    var, port = tmp_path_factory.mktemp("unsent"), free_port()
    with serving(var, port) as address:
        page = open_as("maria.lovgren", at=address)
        open_gunvor(page)
        page.locator("a[href$='/goals/new/']").first.click()
        page.locator("[name=words]").fill(WORDS)
    later(var)
    with serving(var, port):
        page.locator("form:has([name=words])").get_by_role("button", name="Spara").click()
        expect(page.get_by_text("Det du skickade är inte sparat.").first).to_be_visible()
        page.locator("details").evaluate_all("all => all.forEach(d => { d.open = true })")
        page.locator("form:has(input[name=user][value='maria.lovgren']) button").first.click()
        expect(page.get_by_role("heading", name="Det du skickade är inte sparat")).to_be_visible()
        expect(page.get_by_text(WORDS)).to_be_visible()
        page.screenshot(path=var / "unsent.png")
        page.get_by_role("button", name="Skicka på nytt").click()
        expect(page.get_by_text("Målet är sparat.").first).to_be_visible()
        expect(page.get_by_text(WORDS).first).to_be_visible()
        page.goto("/unsent/")
        expect(page.get_by_text(WORDS)).to_have_count(0)

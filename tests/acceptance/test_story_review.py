"""The reviewer finds the neighbour, documents the check, changes her mind; the person reads that the log was reviewed (A2, A15)."""

import shutil

import pytest
from playwright.sync_api import expect

from tests.acceptance.test_axe import problems
from tests.tools import axe

ASKED, FOUND = "Enhetschefen på vårdcentralen", "Har ingen uppgift hos personen. Anmält till verksamhetschefen."


def test_A2_the_reviewer_finds_the_neighbour_and_documents_the_check(open_as):
    page = open_as("peter.skoog")
    expect(page.get_by_role("heading", name="Granskning av loggen")).to_be_visible()
    page.get_by_role("link", name="Granne", exact=True).click()
    page.locator("a[data-item]").first.click()
    expect(page.get_by_text("Läsaren bor ungefär 20 meter från personen.")).to_be_visible()
    page.get_by_label("Frågat chefen eller medarbetaren").check()
    page.get_by_label("Vem frågade du").fill(ASKED)
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text(ASKED)).to_be_visible()
    page.get_by_label("Läsningen var befogad").check()
    page.get_by_label("Vad kom du fram till?").fill("Besök samma dag.")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("heading", name="Avslutad")).to_be_visible()
    page.get_by_text("Ångra det senaste").click()
    page.get_by_label("Varför?").fill("Besöket gällde en annan person.")
    page.get_by_role("button", name="Ångra", exact=True).click()
    page.get_by_label("Läsningen var inte befogad").check()
    page.get_by_label("Vem frågade du").fill("Verksamhetschefen")
    page.get_by_label("Vad kom du fram till?").fill(FOUND)
    page.get_by_role("button", name="Spara").click()
    for words in ("Besök samma dag.", "Besöket gällde en annan person.", FOUND):
        expect(page.get_by_text(words)).to_be_visible()


@pytest.mark.skipif(shutil.which("npm") is None, reason="axe needs npm: apt-get install npm")
def test_axe_finds_nothing_serious_where_the_reviewer_works(open_as):
    page, found = open_as("peter.skoog"), []
    page.goto("/review/checks/")
    page.locator("a[data-item]").first.click()
    for path in ("the page of a check", "/review/log/"):
        if path.startswith("/"):
            page.goto(path)
        page.evaluate(axe.script())
        found += problems(page, path)
    assert not found, "\n".join(found)

"""The coordinator's morning: she watches somebody from a list, keeps a view, and prints the sheet on one A4."""

import io
import re

import pikepdf
from playwright.sync_api import expect


def test_she_watches_keeps_a_view_and_prints_one_sheet(open_as):
    page = open_as("maria.lovgren")
    page.goto("/board/no-contact/")
    first = page.locator("tbody tr").first
    name = first.locator("th a").inner_text()
    first.locator("input[name=pick]").check()
    page.get_by_role("button", name="Bevaka").click()
    expect(page.get_by_text("Du bevakar en person till")).to_be_visible()
    page.goto("/board/")
    page.get_by_role("link", name="Bevakade 1").click()
    expect(page.get_by_text(re.compile("^(1 av 1|0 av 1) person"))).to_be_visible()

    page.goto("/board/views/")
    page.get_by_label("Namn", exact=True).fill("Min grupp")
    page.get_by_role("button", name="Spara vyn").click()
    expect(page.get_by_text("Vyn Min grupp är sparad")).to_be_visible()
    page.goto("/board/?area=")
    page.locator("#choose-view").click()
    page.get_by_role("link", name="Min grupp").click()
    expect(page.get_by_role("link", name="Bevakade 1")).to_have_attribute("aria-current", "true")

    page.goto("/board/morning/?area=")
    expect(page.get_by_role("heading", name="Ska lösas i dag")).to_be_visible()
    expect(page.get_by_text(name).first).to_be_visible()
    with pikepdf.open(io.BytesIO(page.pdf(format="A4"))) as sheet:
        assert len(sheet.pages) == 1

"""The planner's day: she lets Samband plan the municipality, moves a visit by hand, asks why, and publishes."""

import re

from playwright.sync_api import Page, expect


def tomorrow(page: Page) -> None:
    """A day that nobody has planned, as a draft with the best plan of ten seconds."""
    page.goto("/visits/")
    page.get_by_role("link", name="Dagen efter").click()
    page.get_by_role("button", name=re.compile("^(Gör ett|Nytt) utkast")).click()
    page.get_by_label("Hur länge").select_option("10")
    page.get_by_role("button", name="Sök bättre plan").click()
    expect(page.get_by_role("button", name="Stoppa")).to_be_visible()
    expect(page.get_by_role("button", name="Sök bättre plan")).to_be_visible(timeout=90_000)
    page.reload()


def test_she_plans_the_municipality_and_publishes(open_as):
    page = open_as("ulrika.sjoberg")
    tomorrow(page)
    chart = page.locator("#desk-scroll")
    assert chart.locator("[data-visit]").count() > 20
    visit = chart.locator("[data-visit].is-own:not(.is-joint)").nth(3)
    key, part = visit.get_attribute("data-visit"), visit.get_attribute("data-part")
    mine = chart.locator(f"[data-visit='{key}'][data-part='{part}']")
    was = mine.get_attribute("title")

    mine.focus()
    page.keyboard.press("ArrowRight")
    expect(mine).not_to_have_attribute("title", was)
    said = page.locator("#desk-said")
    expect(said).to_have_text(re.compile(r"\.$"))
    expect(mine).to_be_focused()
    page.keyboard.press("u")
    expect(mine).to_have_attribute("title", was)

    mine.focus()
    page.keyboard.press("v")
    expect(page.get_by_role("heading", name=re.compile("^Varför .+, [0-9.]+\\?$"))).to_be_visible(timeout=60_000)

    page.get_by_role("button", name=re.compile("^Publicera, berör")).click()
    page.locator("[data-confirm-yes]").click()
    expect(page.get_by_text(re.compile("^Planen är publicerad"))).to_be_visible()

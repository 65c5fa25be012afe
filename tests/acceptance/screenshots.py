"""`make pictures`: the pictures of the handbook and the README, taken from the demo county in a real browser.

Run as a program: `python -m tests.acceptance.screenshots`. A start of its own, so that nothing on the machine is touched.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Browser, Page, sync_playwright

from tests.web.servers import ROOT, Server, serving

PICTURES = ROOT / "docs" / "handbook" / "pictures"
DESKTOP, PHONE = (1440, 1000), (390, 844)


def person_id(server: Server, given: str, family: str) -> UUID:
    """The id that the demo county gave to somebody."""
    with sqlite3.connect(server.var / "samband.sqlite3") as base:
        query = "SELECT public_id FROM people_person WHERE given_name = ? AND family_name = ?"
        return UUID(base.execute(query, (given, family)).fetchone()[0])


@contextmanager
def logged_in(browser: Browser, server: Server, user: str, size: tuple[int, int], dark: bool = False) -> Iterator[Page]:
    """A page of `user`'s, through the demo log-in."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale="sv-SE",
        device_scale_factor=1.5 if size == PHONE else 1,
    )
    page = context.new_page()
    page.goto(f"{server.address}/login/")
    for closed in page.query_selector_all("details"):
        closed.evaluate("d => { d.open = true }")
    page.locator(f'input[name=user][value="{user}"] ~ button').first.click()
    page.wait_for_load_state()
    yield page
    context.close()


def take(page: Page, address: str, name: str, full: bool = False) -> None:
    reply = page.goto(address)
    assert reply is not None
    assert reply.status == 200, f"{address}: {reply.status}"
    page.wait_for_load_state("networkidle")  # what a page fetches after itself
    page.screenshot(path=str(PICTURES / f"{name}.png"), full_page=full)
    sys.stdout.write(f"{name}.png\n")


def meetings(browser: Browser, server: Server) -> None:
    """A call on the phone, the meeting, and its minutes while they are written (the last begins the meeting)."""
    with logged_in(browser, server, "gunvor", PHONE) as page:
        page.goto(f"{server.address}/my/meetings/")
        mine = page.locator(".meet-own-list a").first.get_attribute("href")
        take(page, f"{server.address}{mine}", "meeting-phone")
    with logged_in(browser, server, "maria.lovgren", DESKTOP) as page:
        page.goto(f"{server.address}/meetings/")
        address = page.locator("tr", has_text="Ekdahl").get_by_role("link").first.get_attribute("href")
        take(page, f"{server.address}{address}", "meeting")
        page.get_by_role("button", name="Börja mötet").click()
        page.get_by_role("button", name="Ja, gör det").click()
        page.wait_for_url("**/minutes/")
        note = page.locator("[data-note]").nth(1)
        note.fill("Rampen saltas av Sune. Hemtjänsten följer med ut på tisdagar och fredagar, efter duschen.")
        page.locator("[data-status]", has_text="Sparat").wait_for()
        take(page, page.url, "minutes")


def history(browser: Browser, server: Server) -> None:
    """What has changed in a plan, and the way back."""
    person = f"{server.address}/persons/{person_id(server, 'Gunvor', 'Ekdahl')}"
    with logged_in(browser, server, "ida.wallin", DESKTOP) as page:
        take(page, f"{person}/compare/?from=1", "compare")
        take(page, f"{person}/restore/2/", "restore")


def templates(browser: Browser, server: Server) -> None:
    """A template is used; an administrator publishes the next version; it is answered in the plan (this writes in the plan)."""
    person = f"{server.address}/persons/{person_id(server, 'Gunvor', 'Ekdahl')}"
    with logged_in(browser, server, "ida.wallin", DESKTOP) as page:
        page.goto(f"{person}/library/")
        page.get_by_role("link", name="Hjärtsvikt").first.click()
        page.wait_for_load_state()
        used = page.url
        take(page, used, "template")
        page.get_by_role("button", name="Lägg till i planen").click()
        page.wait_for_load_state()
    with logged_in(browser, server, "monica.ryd", DESKTOP) as page:
        page.goto(f"{server.address}/library/{used.rstrip('/').rpartition('/')[2]}/draft/")
        draft = page.url
        page.get_by_role("link", name="Ändra Väga sig").first.click()
        page.locator("[name=detail]").fill("Före frukost, efter toalettbesök. Skriv upp vikten i boken vid vågen.")
        page.locator("main button.button-primary").first.click()
        page.goto(draft)
        page.locator("[name=note]").fill("Boken vid vågen nämns.")
        page.get_by_role("button", name="Ge ut versionen").click()
        page.wait_for_load_state()
    with logged_in(browser, server, "ida.wallin", DESKTOP) as page:
        take(page, f"{used}newer/", "template-newer")


def desk(browser: Browser, server: Server) -> None:
    """The planner's day after a search of ten seconds, with a visit chosen and explained."""
    with logged_in(browser, server, "ulrika.sjoberg", DESKTOP) as page:
        page.goto(f"{server.address}/visits/")
        page.get_by_role("button", name="Gör ett utkast").or_(page.get_by_role("button", name="Nytt utkast")).click()
        page.get_by_label("Hur länge").select_option("10")
        page.get_by_role("button", name="Sök bättre plan").click()
        page.get_by_role("button", name="Sök bättre plan").wait_for(timeout=90_000)
        page.reload()
        page.locator("#desk-scroll [data-visit].is-joint.is-own").first.click()
        page.locator("#desk-why").wait_for(timeout=60_000)
        page.screenshot(path=str(PICTURES / "desk.png"))
        sys.stdout.write("desk.png\n")


def learning(browser: Browser, server: Server) -> None:
    """What the regions have said, the common routines, and the dialogue's start page."""
    with logged_in(browser, server, "kerstin.palm", DESKTOP) as page:
        take(page, f"{server.address}/regions/", "regions")
        take(page, f"{server.address}/regions/themes/", "regions-themes")
        take(page, f"{server.address}/dialogue/", "dialogue")
        page.goto(f"{server.address}/guidelines/")
        address = page.locator("main a[href^='/guidelines/']:not([href$='/new/'])").nth(1).get_attribute("href")
        take(page, f"{server.address}/guidelines/", "routines")
        take(page, f"{server.address}{address}", "routine")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var, serving(Path(var)) as server, sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        gunvor = person_id(server, "Gunvor", "Ekdahl")
        with logged_in(browser, server, "maria.lovgren", DESKTOP) as page:
            take(page, f"{server.address}/board/", "board")
            take(page, f"{server.address}/cases/", "cases")
            take(page, f"{server.address}/coverage/", "coverage")
        with logged_in(browser, server, "monica.ryd", DESKTOP) as page:
            page.goto(f"{server.address}/rotas/")
            page.locator("details.choose > summary").click()
            page.get_by_role("link", name="Heby", exact=True).first.click()
            rota = page.get_by_role("link", name="Läkarjour väst, kväll").get_attribute("href")
            take(page, f"{server.address}{rota}", "rota")
        with logged_in(browser, server, "ida.wallin", DESKTOP) as page:
            take(page, f"{server.address}/persons/{gunvor}/", "person")
            take(page, f"{server.address}/inbox/", "inbox")
            take(page, f"{server.address}/inbox/settings/", "notices-settings", full=True)
            take(page, f"{server.address}/persons/{gunvor}/agreement/", "agreement")
        with logged_in(browser, server, "sune", PHONE) as page:
            take(page, f"{server.address}/my/", "own-phone")
            take(page, f"{server.address}/my/ask/", "ask-phone")
            take(page, f"{server.address}/my/inbox/", "my-inbox-phone")
        with logged_in(browser, server, "gunvor", PHONE) as page:
            take(page, f"{server.address}/my/situations/", "situations-phone")
            take(page, f"{server.address}/my/agreement/", "agreement-phone")
        meetings(browser, server)
        history(browser, server)
        templates(browser, server)
        desk(browser, server)
        learning(browser, server)
        browser.close()


if __name__ == "__main__":
    main()

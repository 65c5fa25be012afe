"""Somebody new has no card yet: a link, a password and a passkey, and from then on the finger alone (A16)."""

import re

from playwright.sync_api import Browser, Page

PASSWORD = "fyra gröna ord i rad"
# A virtual authenticator: as a laptop with a fingerprint reader, whose owner says yes.
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def with_key(page: Page):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    return devtools, key


def a_link_for(boss: Page, hsa_id: str) -> str:
    """The administrator ties an account to somebody who has none, and gets the link."""
    boss.goto("/accounts/new/")
    boss.locator("input[name=kind][value=staff]").check()
    boss.locator("input[name=hsa_id]").fill(hsa_id)
    boss.locator("[name=reason]").fill("Ny, har inget kort än")
    boss.locator("main form button").last.click()
    boss.locator("[name=reason]").fill("Visade legitimation")
    boss.get_by_role("button", name="Ge lokal inloggning").click()
    return boss.locator(".people-link").inner_text()


def without_account(boss: Page) -> str:
    """The HSA-id of somebody on the staff who cannot log in yet."""
    from samband.demo.logins import LOGINS

    known = {login.username for login in LOGINS}
    boss.goto("/staff/")
    for row in boss.locator("table tbody tr").all_inner_texts():
        family, given = re.match(r"\s*([^,\t\n]+), ([^\t\n]+)", row).groups()
        plain = f"{given}.{family}".lower().translate(str.maketrans("åäöé ", "aaoe-"))
        if plain not in known and (found := re.search(r"SE\d{10}-\S+", row)):
            return found[0]
    raise AssertionError("everybody has an account")


def test_a_new_nurse_gets_in_with_a_passkey(open_as, server: str, browser: Browser):
    boss = open_as("monica.ryd")
    hsa_id = without_account(boss)
    path = a_link_for(boss, hsa_id).partition("/login/")[2]

    home = server.replace("127.0.0.1", "localhost")  # passkeys belong to a name, not to a number
    context = browser.new_context(base_url=home, locale="sv-SE")
    try:
        page = context.new_page()
        devtools, key = with_key(page)
        page.goto(f"/login/{path}")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=again]").fill(PASSWORD)
        page.get_by_role("button", name="Spara lösenordet").click()
        page.get_by_text("Lägg till en andra faktor").wait_for()
        page.goto("/day/")
        assert "/day/" not in page.url, "a password alone opens nothing"
        page.goto("/security/")
        page.locator("[name=name]").fill("Jobbdatorn")
        page.get_by_role("button", name="Lägg till nyckel").click()
        page.get_by_role("heading", name="Dina reservkoder").wait_for()
        assert page.locator(".web-recovery li").count() == 10
        assert len(devtools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]) == 1
        page.goto("/security/")
        assert "Jobbdatorn" in page.locator("main").inner_text()
        page.get_by_role("button", name="Logga ut", exact=True).last.click()
        page.wait_for_url("**/login/")
        page.get_by_role("button", name="Logga in med nyckel").click()
        page.wait_for_url(lambda url: "/login/" not in url)
        page.goto("/security/")
        assert "Du är inloggad med nyckel" in page.locator("main").inner_text()
        # A key that does not know its owner: nobody gets in.
        page.get_by_role("button", name="Logga ut", exact=True).last.click()
        page.wait_for_url("**/login/")
        devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
        page.get_by_role("button", name="Logga in med nyckel").click()
        page.locator("[data-passkey-error]").first.wait_for()
        assert page.url.endswith("/login/")
    finally:
        context.close()

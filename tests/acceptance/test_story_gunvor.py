"""The plan of Gunvor, 79, walked by five people: coordinator, home nurse, GP, herself and her husband.

One story in order, on one server: what one of them writes, the next one reads.
"""

import re

from playwright.sync_api import Page, expect

MOVED = "21:15"
WORDS = "Jag vill bo kvar med Sune. Och jag vill själv bestämma när jag lägger mig."


def open_gunvor(page: Page) -> None:
    """By search, as staff do: the name typed in the top bar, the first hit opened."""
    page.locator("input[type=search]:visible").first.fill("gunvor ekd")
    page.locator("#found").get_by_role("link", name="Gunvor Ekdahl").first.click()
    expect(page.get_by_role("heading", level=1, name="Gunvor Ekdahl")).to_be_visible()


def open_action(page: Page, title: str) -> None:
    """From her page: all actions, then the one."""
    open_gunvor(page)
    page.get_by_role("link", name="Alla").first.click()
    page.get_by_role("link", name=title).first.click()


def test_1_the_coordinator_opens_a_number_and_comes_back_to_the_same_place(open_as, demo_login):
    page = open_as(demo_login("coordinator"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Läget")
    page.get_by_role("link", name="Öppna alla").first.click()
    first = page.locator("main table tbody tr a").first
    name = first.inner_text()
    board_list = page.url
    first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name.split()[0].strip(","))
    page.go_back()
    assert page.url == board_list


def test_2_the_coordinator_writes_a_situation_into_gunvors_plan(open_as, demo_login):
    page = open_as(demo_login("coordinator"))
    open_gunvor(page)
    page.get_by_role("link", name="Ny situation").click()
    page.get_by_label("Om …").fill("Om strömmen går i natt")
    page.get_by_label("Så gör jag").fill("Tänd ficklampan vid sängen. Tryck på larmet.")
    page.get_by_label("Ring först").select_option(label="Nattpatrullen Heby")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Om strömmen går i natt").first).to_be_visible()


def test_3_what_is_missing_is_said_before_anything_is_saved(open_as, demo_login):
    page = open_as(demo_login("coordinator"))
    open_gunvor(page)
    page.get_by_role("link", name="Ny situation").click()
    page.get_by_label("Om …").fill("Om ingen svarar")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".error-summary, [role=alert]").first).to_be_visible()
    expect(page.get_by_label("Om …")).to_have_value("Om ingen svarar")


def test_4_the_home_nurse_moves_her_own_action_and_says_why(open_as, demo_login):
    page = open_as(demo_login("nurse"))
    open_action(page, "Kvällsläkemedel och blodsocker")
    page.get_by_role("link", name="Ändra").first.click()
    page.get_by_label("Tidigast").fill("20:45")
    page.get_by_label(re.compile("^Senast")).fill(MOVED)
    page.get_by_label("Varför ändras det?").fill("Gunvor ser på nyheterna till nio.")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Alla ändringar").click()
    expect(page.get_by_text("Gunvor ser på nyheterna till nio.").first).to_be_visible()
    expect(page.get_by_text("20.45").first).to_be_visible()


def test_5_the_gp_reads_in_one_screen_and_proposes_to_the_unit_that_has_the_action(open_as, demo_login):
    page = open_as(demo_login("physician"))
    open_gunvor(page)
    expect(page.get_by_text("Nästa steg").first).to_be_in_viewport()
    expect(page.get_by_text("Läkaren kommer hem").first).to_be_in_viewport()
    page.get_by_role("link", name="Alla").first.click()
    page.get_by_role("link", name="Kvällsläkemedel och blodsocker").first.click()
    expect(page.get_by_role("link", name="Ändra", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Föreslå en ändring").click()
    page.get_by_label("Vad föreslår du, och varför?").fill("Ta blodsockret en gång till klockan 23 den här veckan.")
    page.get_by_role("button", name="Lämna förslaget").click()
    expect(page.get_by_text("Ta blodsockret en gång till").first).to_be_visible()


def test_6_the_nurse_answers_the_proposal(open_as, demo_login):
    page = open_as(demo_login("nurse"))
    open_gunvor(page)
    proposals = page.locator("section", has_text="förslag")
    expect(proposals.get_by_text("Ta blodsockret en gång till").first).to_be_visible()
    before = page.get_by_role("button", name="Godta").count()
    page.get_by_role("button", name="Godta").first.click()
    expect(page.get_by_role("button", name="Godta")).to_have_count(before - 1)


def test_7_gunvor_sees_next_step_and_help_in_one_screen_and_writes_her_own_words(open_as, demo_login):
    page = open_as("gunvor", phone=True)
    for text in ("Nästa steg", "Vi behöver hjälp"):
        expect(page.get_by_text(text).first).to_be_in_viewport()
    expect(page.get_by_role("link", name="Ring 112")).to_be_in_viewport()
    expect(page.get_by_text("Om strömmen går i natt").first).to_be_attached()
    page.get_by_role("link", name="Min plan").click()
    page.get_by_role("link", name="Ändra vad som är viktigt").click()
    page.locator("textarea[name=words]").fill(WORDS)
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("själv bestämma när jag lägger mig").first).to_be_visible()


def test_8_her_husband_reads_what_she_shares_and_cannot_write_her_words(open_as, demo_login):
    page = open_as("sune", phone=True)
    expect(page.get_by_text("Nästa steg").first).to_be_in_viewport()
    page.get_by_role("link", name="Min plan").or_(page.get_by_role("link", name="Planen")).first.click()
    expect(page.get_by_text("själv bestämma när jag lägger mig").first).to_be_visible()
    expect(page.get_by_role("link", name="Ändra vad som är viktigt")).to_have_count(0)
    assert page.goto("/my/words/").status in (403, 404)
    assert page.goto("/my/log/").status in (403, 404)


def test_9_gunvor_sees_who_has_read(open_as, demo_login):
    page = open_as("gunvor", phone=True)
    page.goto("/my/log/")
    expect(page.get_by_text("Ida Wallin").first).to_be_visible()
    expect(page.get_by_text("Behrouz Karimi").first).to_be_visible()


def test_10_a_nurse_elsewhere_does_not_find_her(open_as, demo_login):
    page = open_as("rebecka.alm")
    page.locator("input[type=search]:visible").first.fill("gunvor ekd")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ingen").first).to_be_visible()
    assert "Ekdahl" not in page.inner_text("body")

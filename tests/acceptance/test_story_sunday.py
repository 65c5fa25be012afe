"""Sunday 21.30: the husband needs help; the nurse on call has it, hands over to the doctor on call; on Monday the board knows.

The server stands on a Sunday evening by its clock's offset, and is started anew on the same database on Monday morning.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.conftest import serving
from tests.acceptance.hours import SWEDEN, offset

SUBJECT = "Gunvor är yr och vill inte dricka"
WORDS = "Hon reste sig och fick sätta sig igen. Hon är vaken och pratar. Jag är orolig för natten."
PROMISE = "10:15"


def sunday_evening() -> datetime:
    """The coming Sunday at 21.25, so that five minutes of the story are left."""
    now = datetime.now(SWEDEN)
    day = now.date() + timedelta(days=(6 - now.weekday()) % 7)
    return datetime(day.year, day.month, day.day, 21, 25, tzinfo=SWEDEN)


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sunday")


@pytest.fixture(scope="module")
def sunday(var: Path) -> Iterator[str]:
    with serving(var, SAMBAND_CLOCK_OFFSET=offset(sunday_evening())) as address:
        yield address


def open_case(page: Page) -> None:
    page.goto("/cases/")
    page.get_by_role("link", name=SUBJECT).first.click()
    expect(page.get_by_role("heading", level=1, name=SUBJECT)).to_be_visible()


def test_1_the_husband_presses_help_and_the_nurse_on_call_has_it(open_as, sunday):
    page = open_as("sune", phone=True, at=sunday)
    button = page.get_by_role("link", name=re.compile("behöver hjälp")).first
    expect(button).to_contain_text("svarar nu")
    assert (button.get_attribute("href") or "").startswith("tel:")
    page.get_by_role("link", name="Hjälp", exact=True).last.click()
    expect(page.get_by_text("Jonas Ekstrand").first).to_be_visible()
    expect(page.get_by_role("link", name="112").first).to_be_visible()
    page.get_by_role("link", name="Skriv i stället").click()
    page.get_by_label("Vad gäller det?").fill(SUBJECT)
    page.get_by_label("Att någon kommer hem").check()
    page.get_by_label("Nu, det kan inte vänta").check()
    page.get_by_label("Berätta mer").fill(WORDS)
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_text("Hemsjukvården Heby har det nu").first).to_be_visible()


def test_2_the_nurse_takes_it_and_hands_over_to_the_doctor_on_call(open_as, sunday):
    page = open_as("jonas.ekstrand", phone=True, at=sunday)
    open_case(page)
    expect(page.get_by_text(WORDS.split(".")[0]).first).to_be_visible()
    page.get_by_role("button", name="Jag tar det").click()
    page.get_by_label("Skriv till den som frågar").or_(page.locator("#reply_text")).first.fill(
        "Jag är hos er om en kvart. Låt henne sitta kvar."
    )
    page.get_by_role("button", name="Skicka svaret").click()
    page.locator("select[name=unit]").select_option(label="Mobila närvårdsteamet väst")
    page.locator("form:has(select[name=unit]) [name=text]").fill("Lågt blodtryck i kväll. Behöver du ändra läkemedlen?")
    page.get_by_role("button", name="Lämna över").click()
    expect(page.get_by_text("På väg till Mobila närvårdsteamet väst").first).to_be_visible()


def test_3_the_doctor_on_call_receives_answers_and_promises(open_as, sunday):
    page = open_as("niklas.storm", phone=True, at=sunday)
    open_case(page)
    page.get_by_role("button", name="Ta emot").click()
    page.locator("#reply_text").fill("Hoppa över kvällens blodtryckstablett. Vi hör av oss i morgon förmiddag.")
    page.get_by_role("button", name="Skicka svaret").click()
    monday = sunday_evening() + timedelta(days=1)
    page.locator("input[name=at]").fill(f"{monday:%Y-%m-%d}T{PROMISE}")
    page.get_by_role("button", name="Lova tiden").click()
    page.locator("select[name=unit]").select_option(label="Hemsjukvården Heby")
    page.locator("form:has(select[name=unit]) [name=text]").fill("Ta ett nytt tryck i morgon och ring mig.")
    page.get_by_role("button", name="Lämna över").click()
    expect(page.get_by_text("På väg till Hemsjukvården Heby").first).to_be_visible()


def test_4_the_nurse_receives_it_back_with_the_promise(open_as, sunday):
    page = open_as("jonas.ekstrand", phone=True, at=sunday)
    open_case(page)
    page.get_by_role("button", name="Ta emot").click()
    expect(page.get_by_text("10.15").first).to_be_visible()


def test_5_the_husband_sees_where_it_stands_and_what_was_answered(open_as, sunday):
    page = open_as("sune", phone=True, at=sunday)
    page.goto("/my/cases/")
    page.get_by_role("link", name=SUBJECT).click()
    for said in ("Jag är hos er om en kvart", "Hoppa över kvällens", "10.15"):
        expect(page.get_by_text(said).first).to_be_visible()
    expect(page.get_by_text("Behöver du ändra läkemedlen")).to_have_count(0)


def test_6_on_monday_morning_the_case_is_on_the_board(open_as, sunday, var):
    monday = sunday_evening() + timedelta(hours=10, minutes=5)
    with serving(var, SAMBAND_CLOCK_OFFSET=offset(monday)) as address:
        page = open_as("maria.lovgren", at=address)
        # The board has room for six, the most pressing; the whole list is one step away.
        page.get_by_role("link", name="Alla ärenden").first.click()
        case = page.get_by_role("link", name=SUBJECT).first
        expect(case).to_be_visible()
        expect(page.get_by_text("10.15").first).to_be_visible()
        case.click()
        expect(page.get_by_text("Jonas Ekstrand").first).to_be_visible()

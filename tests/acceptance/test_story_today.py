"""A day that changes: at 10.05 a nurse is sick, the proposal is accepted, a colleague's phone shows the visit, she does it, and
the person sees who comes.

The server stands at 10.05 by its clock's offset. The day is published when it has started.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.conftest import ROOT, serving
from tests.acceptance.hours import SWEDEN, offset

# Gunvor is visited by Ida at 10.40; Jonas works the same hours and may take it. Nobody else has a shift.
# The worker's first turn makes the visits of two weeks; what is made here is made after it.
MAKE = """
from datetime import time, timedelta
from time import sleep
from samband.core.models import Heartbeat
for _turn in range(120):
    if any("resources.horizon" in row.detail for row in Heartbeat.objects.all()):
        break
    sleep(1)
from samband.core import clock
from samband.people.models import Assignment, Person
from samband.resources.models import DayPlan, Placement, Pool, PoolUnit, Visit, VisitPart, WorkShift
today, nursing = clock.today(), Assignment.objects.get(staff__user__username="ida.wallin", unit__kind="home_nursing").unit
pool = Pool.objects.get(members__unit=nursing)
low, high = clock.day_bounds(today)
WorkShift.objects.filter(starts_at__lt=high, ends_at__gt=low).update(removed_at=clock.now())
Visit.objects.filter(day=today).update(status="gone")
def at(hours, minutes=0):
    return clock.at(today, time(hours, minutes))
shifts = {}
for name in ("ida.wallin", "jonas.ekstrand"):
    who = Assignment.objects.get(staff__user__username=name, unit=nursing)
    shifts[name] = WorkShift.objects.create(assignment=who, starts_at=at(7), ends_at=at(16))
person = Person.objects.get(user__username="gunvor")
visit = Visit.objects.create(key="story", person=person, unit=nursing, area=person.area, day=today, window_from=at(10, 30),
                             window_to=at(11, 30), priority=5)
part = VisitPart.objects.create(visit=visit, number=1, unit=nursing, competence="nurse", minutes=20)
plan = DayPlan.objects.create(pool=pool, day=today, number=1, status="published", published_at=clock.now())
Placement.objects.create(plan=plan, part=part, shift=shifts["ida.wallin"], order=0, starts_at=at(10, 50), ends_at=at(11, 10), travel=6)
"""


def five_past_ten() -> datetime:
    return datetime.now(SWEDEN).replace(hour=10, minute=5, second=0, microsecond=0)


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    var: Path = tmp_path_factory.mktemp("today")
    env = {
        **os.environ,
        "SAMBAND_VAR": str(var),
        "SAMBAND_MODE": "demo",
        "SAMBAND_CLOCK_OFFSET": offset(five_past_ten()),
    }
    env.pop("DATABASE_URL", None)
    with serving(var, SAMBAND_CLOCK_OFFSET=offset(five_past_ten())) as address:
        shell = [sys.executable, "-m", "samband", "shell", "-v0"]
        subprocess.run(shell, env=env, cwd=ROOT, input=MAKE, text=True, check=True)
        yield address


def see_my_day(page: Page) -> None:
    page.goto("/visits/mine/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_1_the_nurse_has_the_visit_and_the_person_knows_it(open_as, morning):
    page = open_as("ida.wallin", phone=True, at=morning)
    see_my_day(page)
    expect(page.get_by_role("heading", name="Gunvor Ekdahl")).to_be_visible()
    own = open_as("gunvor", phone=True, at=morning)
    own.goto("/my/")
    expect(own.get_by_text(re.compile("^Ida Wallin, ")).first).to_be_visible()


def test_2_she_is_sick_and_the_planner_accepts_the_proposal(open_as, morning):
    page = open_as("ulrika.sjoberg", at=morning)
    page.goto("/visits/happenings/")
    page.get_by_role("link", name="Något har hänt").first.click()
    page.get_by_label("Någon blev sjuk").check()
    page.get_by_label("Vem är det?").select_option(
        label=page.locator("#id_assignment option", has_text="Ida Wallin").first.inner_text()
    )
    page.get_by_role("button", name="Visa ett förslag").click()
    expect(page.get_by_role("heading", level=1, name="Någon blev sjuk: Ida Wallin")).to_be_visible()
    expect(page.get_by_text("Jonas Ekstrand").first).to_be_visible()
    expect(page.get_by_text("Gunvor Ekdahl").first).to_be_visible()
    page.get_by_role("button", name="Godta och publicera").click()
    expect(page.get_by_text(re.compile("Publicerat. 1 person")).first).to_be_visible()


def test_3_the_colleague_has_it_on_her_phone_and_does_it(open_as, morning):
    page = open_as("jonas.ekstrand", phone=True, at=morning)
    see_my_day(page)
    expect(page.get_by_role("heading", name="Gunvor Ekdahl")).to_be_visible()
    own = open_as("gunvor", phone=True, at=morning)
    own.goto("/my/")
    expect(own.get_by_text(re.compile("^Jonas Ekstrand, ")).first).to_be_visible()
    expect(own.get_by_text("Någon annan kommer än det först var tänkt").first).to_be_visible()
    expect(own.get_by_text("Ny tid")).to_have_count(0)
    page.get_by_role("button", name="Jag är framme").click()
    expect(page.get_by_text("Framme sedan")).to_be_visible()
    page.get_by_role("button", name="Klart", exact=True).click()
    expect(page.get_by_text("Alla dina besök i dag är klara")).to_be_visible()
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_text("Framme sedan")).to_be_visible()
    page.get_by_role("button", name="Klart", exact=True).click()
    expect(page.get_by_text("Alla dina besök i dag är klara")).to_be_visible()


def test_4_the_sick_nurse_has_nothing_left_and_the_person_sees_that_it_is_done(open_as, morning):
    page = open_as("ida.wallin", phone=True, at=morning)
    see_my_day(page)
    expect(page.get_by_text("Inga besök är planerade för dig i dag")).to_be_visible()
    own = open_as("gunvor", phone=True, at=morning)
    own.goto("/my/")
    own.get_by_text(re.compile("(saker är klara|sak är klar)")).first.click()
    expect(own.get_by_text(re.compile("Jonas Ekstrand, ")).first).to_be_visible()

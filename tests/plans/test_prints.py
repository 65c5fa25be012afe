"""The plan on paper: every layout with a long plan, its tags read back, and who may have it."""

import io
import os
import re
from datetime import date, time, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.urls import reverse

from samband.core import clock
from samband.core.models import AuditEvent
from samband.people.models import ContactRole, OpeningHours, Person
from samband.plans.models import Action, CarePlan, FollowUp, Goal, Situation
from samband.plans.prints import LAYOUTS, pdf
from samband.plans.prints.content import content
from tests.worlds import agree

DAY = date(2026, 11, 23)
NOW = clock.at(DAY, time(9, 12))
COMPOUND = "Läkemedelsgenomgångssamordningsansvarig"
LONG = "Hjälp till att ta strumporna på morgonen innan frukosten. Se efter om benen är svullna. " * 57
ARABIC = "أريد أن أبقى في البيت مع زوجي."
ICONS = ["drop", "pill", "scale", "cutlery", "sock", "walk", "leaf", "bandage", "tooth", "flask", "phone", "people"]
EVIL = "#panic() $x$ <b> \\ \" ] } *stark* @ref `kod` /* // "


@pytest.fixture(autouse=True)
def _stand_still():
    with clock.frozen(NOW):
        yield


def furnish(world, text: str = "Se efter om benen är svullna.") -> None:
    """An ordinary plan; with a long text a very long one."""
    plan, nursing, centre = world.plan, world.units["nursing"], world.units["centre"]
    nursing.always_open = True
    nursing.save()
    for weekday in range(5):
        OpeningHours.objects.create(unit=centre, weekday=weekday, opens=time(8), closes=time(17))
    CarePlan.objects.filter(pk=plan.pk).update(
        words="Jag vill bo kvar hemma med Sune.\nOch orka gå ut med hunden varje dag. Zxq", words_at=NOW,
        words_note="Alice Test skrev ner vid köksbordet", situation=text, strengths="Maken är hemma. Huset är på ett plan.",
        needs=text,
    )  # fmt: skip
    plan.refresh_from_db()
    world.person.flags.create(kind="warning", text="Tål inte penicillin", icon="warning")
    world.person.flags.create(kind="info", text="Hör bäst på höger öra", icon="ear")
    ContactRole.objects.create(person=world.person, kind="care_contact", assignment=world.things["alice"])
    for number in range(40 if len(text) > 100 else 7):
        Action.objects.create(
            plan=plan, title=[f"{COMPOUND} {number}", "Väga sig", "Ta insulin", "Stödstrumpor på"][number % 4], detail=text,
            icon=ICONS[number % 12], unit=[nursing, centre][number % 2], rrule="FREQ=WEEKLY;BYDAY=MO,TH",
            time_from=time(7 + number % 12), why="Vikten säger om vätskan ökar." if number == 1 else "",
        )  # fmt: skip
    Action.objects.create(
        plan=plan, title="Hembesök av läkare och sjuksköterska", unit=nursing, assignment=world.things["alice"],
        milestone=True, starts_on=DAY + timedelta(days=2), time_from=time(13), why="Andningen är sämre än förra veckan.",
    )  # fmt: skip
    Action.objects.create(plan=plan, title="Promenad till brevlådan", by="person", rrule="FREQ=DAILY", icon="walk")
    Goal.objects.create(plan=plan, words=ARABIC, know_how=text)
    Situation.objects.create(
        plan=plan, trigger="Om jag går upp två kilo på tre dagar", steps_person="1. Ring hemsjukvården.\n2. Ta extra tablett.\n3. Väg dig i morgon.",
        steps_relative="Hjälp till att väga.", steps_staff=text, icon="p-scale", call_unit=nursing, then_unit=centre,
    )  # fmt: skip
    Situation.objects.create(
        plan=plan, trigger="Om jag inte får luft", steps_person="Sitt upp.\nRing 112.", icon="p-lungs", emergency=True,
        ongoing_since=NOW,
    )  # fmt: skip
    FollowUp.objects.create(plan=plan, due_on=DAY + timedelta(days=14), responsible=world.things["alice"])


def made(world, layout: str, who: str = "alice") -> bytes:
    found = pdf(layout, content(world.person, world.plan, world.actor(who), layout))
    if home := os.environ.get("SAMBAND_LOOK"):
        Path(home, f"{os.environ.get('SAMBAND_LOOK_AS', 'x')}-{layout}.pdf").write_bytes(found)
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_ordinary_plan(world, layout):
    furnish(world)
    made(world, layout)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_long_plan(world, layout):
    furnish(world, LONG)
    made(world, layout)

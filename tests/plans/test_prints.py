"""The plan on paper: every layout with a long plan, its tags read back, and who may have it."""

import io
import os
import random
import re
from datetime import date, time, timedelta
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.long_plans import lengthen
from samband.core import clock
from samband.core.models import AuditEvent
from samband.people.models import ContactRole, OpeningHours
from samband.plans.models import Action, CarePlan, FollowUp, Goal, Situation
from samband.plans.prints import LAYOUTS, calls, pdf
from samband.plans.prints.content import content
from samband.plans.services import lifecycle
from tests.worlds import agree

DAY = date(2026, 11, 23)
NOW = clock.at(DAY, time(9, 12))
COMPOUND = "Läkemedelsgenomgångssamordningsansvarig"
LONG = "Hjälp till att ta strumporna på morgonen innan frukosten. Se efter om benen är svullna. " * 57
ARABIC = "أريد أن أبقى في البيت مع زوجي."
ICONS = ["drop", "pill", "scale", "cutlery", "sock", "walk", "leaf", "bandage", "tooth", "flask", "phone", "people"]
EVIL = '#panic() $x$ <b> \\ " ] } *stark* @ref `kod` /* // '


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
        plan=plan, trigger="Om jag går upp två kilo på tre dagar",
        steps_person="1. Ring hemsjukvården.\n2. Ta extra tablett.\n3. Väg dig i morgon.",
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


def roles(node, found: list | None = None) -> list:
    """The structure tree walked: every element's kind, in the order it is read."""
    found = [] if found is None else found
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found.append(kid)
            roles(kid, found)
    return found


def read(data: bytes) -> tuple[pikepdf.Pdf, list]:
    found = pikepdf.open(io.BytesIO(data))
    return found, roles(found.Root.StructTreeRoot)


def text_of(data: bytes, home: Path) -> str:
    """The text as a reader gets it; poppler where it is installed."""
    import shutil
    import subprocess

    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not here to read the text of a PDF")
    (home / "x.pdf").write_bytes(data)
    return subprocess.run(
        ["pdftotext", "-layout", home / "x.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize("long", [False, True], ids=["ordinary plan", "long plan"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_tagged(world, layout, long):
    furnish(world, LONG if long else "Se efter om benen är svullna.")
    document, tags = read(made(world, layout))
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang).startswith("sv")
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as meta:
        assert meta["dc:title"]
        assert str(meta["pdfuaid:part"]) == "1"
        assert "Testsson" not in meta["dc:title"]
    kinds = [str(tag.S) for tag in tags]
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H[1-6]", kind)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    figures = [tag for tag in tags if tag.S == "/Figure"]
    assert all(str(tag.get("/Alt", "")).strip() for tag in figures)
    assert figures or layout == "card"
    if layout in ("fridge", "card"):
        assert len(document.pages) == 1


def test_text_from_the_right_says_so(world):
    furnish(world)
    document, tags = read(made(world, "ordinary"))
    said = {str(tag.get("/Lang", "")) for tag in tags}
    for page in document.pages:
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
                said.add(str(operands[1].get("/Lang", "")))
    assert "ar" in said


def test_what_was_written_is_text_and_nothing_else(world, tmp_path):
    furnish(world, EVIL * 3)
    Action.objects.create(plan=world.plan, title=EVIL, by="person", detail="x" * 5000, rrule="FREQ=DAILY")
    for layout in LAYOUTS:
        made(world, layout)
    assert "#panic()" in text_of(made(world, "ordinary"), tmp_path)


def test_a_protected_person_has_no_address_and_no_number(world, tmp_path):
    world.person.relatives.update(lives_with=True, phone="070-174 06 06")
    world.person.protection = "skyddad_folkbokforing"
    world.person.save()
    furnish(world, "Bor på Testgatan  1. Ring 070 174 06 05 eller +46701740606.")
    for layout in LAYOUTS:
        found = text_of(made(world, layout), tmp_path).replace(" ", "").replace("\u2011", "-").replace("\n", "")
        assert "Testgatan" not in found
        assert not re.search(r"17-?4-?06-?0[56]", found), layout
        assert "0980" in found.replace("-", "")


def test_an_open_person_has_the_address_on_the_door(world, tmp_path):
    furnish(world)
    assert "Testgatan 1" in text_of(made(world, "fridge"), tmp_path)


def address(world, layout: str = "ordinary") -> str:
    return f"{reverse('plans:print', args=[world.person.public_id])}?layout={layout}"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_staff_print_and_it_is_entered(world, layout):
    furnish(world)
    answer = world.client("alice").get(address(world, layout))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert "Testsson" not in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    event = AuditEvent.objects.get(action="plan.print")
    assert (event.view, event.rule) == (f"plans:print:{layout}", "P2")
    assert [row.person_id for row in event.subjects.all()] == [world.person.pk]


def test_the_person_and_those_she_shares_with_print(world):
    for who in ("self", "husband"):
        answer = world.client(who).get(
            reverse("plans:my_print"), {"layout": "fridge"}, headers={"accept-language": "en"}
        )
        assert answer.status_code == 200
        assert str(read(answer.content)[0].Root.Lang).startswith("en")
    assert world.client("silent_son").get(reverse("plans:my_print")).status_code in (302, 403, 404)


def test_nobody_else_prints(world):
    for who in ("bob", "stranger", "teacher", "administrator", "reviewer", "strange_person", "anonymous"):
        assert world.client(who).get(address(world)).status_code in (302, 403, 404), who
    assert not AuditEvent.objects.filter(action="plan.print").exists()
    assert world.client("alice").get(address(world, "poster")).status_code == 404


def test_a_party_outside_care_gets_its_part(world, tmp_path):
    furnish(world)
    agree(world.person, world.units["school"])
    Action.objects.create(
        plan=world.plan,
        title="Skolmat utan gluten",
        unit=world.units["school"],
        shared_outside=True,
        rrule="FREQ=DAILY",
    )
    client = world.client("teacher")
    answer = client.get(address(world))
    found = text_of(answer.content, tmp_path)
    assert "Skolmat utan gluten" in found
    for hidden in ("Insulin", "penicillin", "19470312", "bo kvar hemma", "Sätt dig"):
        assert hidden not in found
    assert client.get(address(world, "fridge")).status_code == 404
    assert client.get(address(world, "card")).status_code == 404


@pytest.mark.parametrize("layout", ["ordinary", "large", "easy"])
def test_a_plan_that_rests_says_so_first_and_since_when(world, layout, tmp_path):
    furnish(world)
    lifecycle.pause(world.actor("alice"), world.plan, "På sjukhus till dess.", DAY + timedelta(days=20))
    world.plan.refresh_from_db()
    with clock.frozen(NOW + timedelta(days=11)):
        sheet = made(world, layout)
    found = " ".join(text_of(sheet, tmp_path).split())
    assert "Planen vilar sedan 23 november Insatserna görs inte förrän den tas upp igen. Den ska tas" in found
    assert "upp igen 13 december. Vem man ringer, och vad man gör om något händer, gäller som förut." in found
    assert "På sjukhus till dess." in found
    assert found.index("Planen vilar") < found.index("Stödstrumpor")
    assert "Det som väntar" not in found
    assert "Väga sig vilar" in found
    document, tags = read(sheet)
    assert [str(tag.S) for tag in tags].count("/H1") >= 2, document
    with clock.frozen(NOW + timedelta(days=21)):
        assert "skulle tas upp igen 13 december" in " ".join(text_of(made(world, layout), tmp_path).split())


def test_a_party_outside_care_reads_that_it_rests_and_not_why(world, tmp_path):
    furnish(world)
    agree(world.person, world.units["school"])
    lifecycle.pause(world.actor("alice"), world.plan, "På sjukhus till dess.", DAY + timedelta(days=7), itself=True)
    found = text_of(world.client("teacher").get(address(world)).content, tmp_path)
    assert "Planen vilar sedan 23 november" in found
    assert "gälla av sig själv 30 november" in found
    assert "sjukhus" not in found
    assert "Vem man ringer" not in found


def test_a_plan_in_force_says_nothing_of_rest(world, tmp_path):
    furnish(world)
    assert "vilar" not in text_of(made(world, "ordinary"), tmp_path)


def test_the_page_says_since_when_it_rests(world):
    lifecycle.pause(world.actor("alice"), world.plan, "På sjukhus till dess.", DAY + timedelta(days=20))
    with clock.frozen(NOW + timedelta(days=11)):
        page = world.client("alice").get(reverse("plans:person", args=[world.person.public_id])).content.decode()
        assert page.count("Sedan 23 november.") == 2  # the band and, beside the plan, how it stands
        assert "Sedan 23 november." in world.client("self").get(reverse("web:my_plan")).content.decode()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_paper_asks_the_same_number_of_questions_however_long_the_plan_is(world, layout):
    furnish(world)
    actor = world.actor("alice")
    with CaptureQueriesContext(connection) as few:
        content(world.person, world.plan, actor, layout)
    lengthen(world.plan, [world.units["nursing"], world.units["centre"]], random.Random(1))
    with CaptureQueriesContext(connection) as many:
        content(world.person, world.plan, actor, layout)
    assert len(many) == len(few) <= 32


def test_whom_to_call_never_meets_the_parties_of_everybody_else(world):
    """In a county every relation of a unit would meet every party of it: the paper took a minute."""
    furnish(world)
    with CaptureQueriesContext(connection) as asked:
        found = calls.around(world.person)
    assert [unit["name"] for unit in found] == ["Hemsjukvården", "Vårdcentralen"]
    assert not any('JOIN "access_' in query["sql"] for query in asked)


def test_the_sheet_is_one_page_however_much_there_is(world):
    furnish(world, LONG)
    for number in range(12):
        Situation.objects.create(
            plan=world.plan, trigger=f"Om {COMPOUND.lower()} {number} " * 4, steps_person=f"{LONG}\n{LONG}\n{LONG}\n{LONG}\n{LONG}",
            call_unit=world.units["nursing"], then_unit=world.units["centre"],
        )  # fmt: skip
    assert len(read(made(world, "fridge"))[0].pages) == 1

"""Worksheets of the demo county: two years' sittings that are closed, one that is open, some outcomes. Twice adds nothing."""

import random
from datetime import timedelta

from samband.core import clock
from samband.dialogue.models import (
    NextStep,
    Outcome,
    Participation,
    Sheet,
    SheetStatement,
    Sitting,
    StatementAnswer,
)
from samband.dialogue.services import sheets_shipped
from samband.people.models import Assignment, Unit
from samband.people.models.staff import current

SLUG = "forbattringskunskap"
SAID_TODAY = (
    "Vi gör det ibland, men ingen håller i det.",
    "Det står i planen. Jag har inte sett någon följa upp det.",
    "Hos oss fungerar det för att två eldsjälar orkar.",
)
SAID_WANTED = (
    "En stund i månaden när vi ser på siffrorna tillsammans.",
    "Att kommunen är med från början.",
    "Att någon har det på sitt schema.",
)
STEPS = (
    "Ta upp det på måndagens möte och fråga vem som vill pröva.",
    "Be kommunens samordnare om en halvtimme.",
    "Mäta hur många som får frågan om levnadsvanor i två veckor.",
)
CAME = (
    ("insight", "Vi mäter mycket men tittar sällan på det tillsammans.", ""),
    ("idea", "En gemensam tavla för vårdcentralen och hemsjukvården, tio minuter varje fredag.", "open"),
    ("commitment", "Samordnaren bjuder in kommunens hemtjänst till nästa planeringsdag.", "due"),
)


def load() -> None:
    """After the county is in place, where no sheet has been used yet."""
    sheets_shipped.load()
    if Sitting.objects.exists():
        return
    sheet = Sheet.objects.get(slug=SLUG)
    year = clock.today().year
    for back, lift in ((3, 0.0), (1, 0.5)):
        _closed(sheet, year - back, lift)
    version = sheet.versions.get(number=1)
    Sitting.objects.create(
        version=version, year=year, period="hösten", opened_by="Samband", closes_on=clock.today() + timedelta(days=14)
    )


def _closed(sheet: Sheet, year: int, lift: float) -> None:
    rng = random.Random(f"{sheet.slug}:{year}")
    version = sheet.versions.get(number=1)
    sitting = Sitting.objects.create(
        version=version, year=year, period="hösten", opened_by="Samband", status=Sitting.Status.CLOSED,
        closed_at=clock.now() - timedelta(days=365 * (clock.today().year - year)),
    )  # fmt: skip
    asked = list(version.statements.all())
    for assignment in _answering(rng):
        _answer(sitting, assignment, asked, rng, lift)
    if lift:
        _came(sitting)


def _answering(rng: random.Random) -> list[Assignment]:
    """One assignment of each who is asked, two dozen at most."""
    rows = Assignment.objects.filter(current()).exclude(role="outside").select_related("unit").order_by("staff", "pk")
    each = list({row.staff_id: row for row in rows}.values())
    return rng.sample(each, min(24, len(each)))


def _answer(
    sitting: Sitting, assignment: Assignment, asked: list[SheetStatement], rng: random.Random, lift: float
) -> None:
    whose = Participation.objects.create(
        sitting=sitting,
        staff_id=assignment.staff_id,
        organization_id=assignment.unit.organization_id,
        role=assignment.role,
    )
    answers = []
    for number, statement in enumerate(asked):
        today = min(5, max(1, round(rng.gauss(2.2 + number % 4 * 0.4 + lift, 0.8))))
        wanted = min(5, max(today, round(rng.gauss(4.2, 0.6))))
        speaks = rng.random() < 0.12
        answers.append(
            StatementAnswer(
                participation=whose,
                statement=statement,
                today=today,
                wanted=wanted,
                texts_shared=speaks,
                today_text=rng.choice(SAID_TODAY) if speaks else "",
                wanted_text=rng.choice(SAID_WANTED) if speaks else "",
            )
        )
    StatementAnswer.objects.bulk_create(answers)
    if lift and rng.random() < 0.5:
        shared = rng.choice(("", "unsigned", "signed"))
        NextStep.objects.create(
            sitting=sitting, statement=rng.choice(asked), staff_id=assignment.staff_id, unit=assignment.unit,
            text=rng.choice(STEPS), shared=shared, status="done" if rng.random() < 0.4 else "open",
        )  # fmt: skip


def _came(sitting: Sitting) -> None:
    unit = Unit.objects.filter(kind="care_center").order_by("sort_name").first() or Unit.objects.get()
    for kind, text, state in CAME:
        Outcome.objects.create(
            kind=kind, text=text, unit=unit, origin_kind="sheet", origin=sitting.public_id, origin_name=str(sitting),
            theme="Samarbete på hemmaplan", due_on=clock.today() + timedelta(days=6) if state == "due" else None,
        )  # fmt: skip

"""A sheet of three statements in the small world, used once; and members of staff who answer it."""

from typing import Any

from samband.core import clock
from samband.core.policy import Actor
from samband.dialogue.models import NextStep, Outcome, Sheet, SheetVersion, Sitting
from samband.dialogue.services import sheets_shipped
from samband.dialogue.services.sheets_answering import Given, mine, save
from samband.people.models import Assignment, Unit
from samband.people.services.actors import acting
from tests.worlds import World, _staff

ROWS = [
    {"key": "plan", "group": "Styrning", "text": "Vi har en plan."},
    {"key": "tid", "group": "Styrning", "text": "Vi har tid."},
    {"key": "ihop", "group": "Samarbete", "text": "Vi arbetar ihop."},
]
SECRET = "Qvzprx"  # stands in every private step


def a_sheet(name: str = "Provblad") -> Sheet:
    sheet, new = Sheet.objects.get_or_create(slug=name.lower(), defaults={"name": name})
    if new:
        version = SheetVersion.objects.create(sheet=sheet, number=1, status="published", published_at=clock.now())
        sheets_shipped.put(version, ROWS)
    return sheet


def a_sitting(sheet: Sheet | None = None, year: int = 2026, **more: Any) -> Sitting:
    version = (sheet or a_sheet()).versions.get(number=1)
    return Sitting.objects.create(version=version, year=year, opened_by="Test", **more)


def with_leader(world: World) -> World:
    """A leader works at the care centre."""
    if "leader" not in world.users:
        _staff(world.users, "leader", world.units["centre"], "leader")
    return world


def member(world: World, unit: Unit, role: str = "nurse") -> Actor:
    """One more member of staff, as she acts."""
    name = f"more{Assignment.objects.count()}"
    return acting(_staff(world.users, name, unit, role))


def answered(actor: Actor, sitting: Sitting, **given: Given) -> None:
    whose, _given = mine(actor, sitting)
    save(actor, sitting, given, whose.lock if whose else 0)


def fill(world: World, sitting: Sitting, number: int = 6, today: int = 2, wanted: int = 4) -> list[Actor]:
    """Nurses of home nursing who all say the same about the plan."""
    actors = [member(world, world.units["nursing"]) for _ in range(number)]
    for actor in actors:
        answered(actor, sitting, plan=Given(today=today, wanted=wanted))
    return actors


def a_step(world: World, name: str = "alice", sitting: Sitting | None = None, **more: Any) -> NextStep:
    """A private step of hers."""
    sitting = sitting or Sitting.objects.first() or a_sitting()
    actor = world.actor(name)
    statement = sitting.version.statements.first()
    values = {"text": f"Fråga chefen {SECRET}", "unit_id": actor.unit_id, **more}
    return NextStep.objects.get_or_create(
        sitting=sitting, statement=statement, staff_id=actor.staff_id, defaults=values
    )[0]


def things(world: World) -> dict[str, Any]:
    """What the addresses of worksheets and outcomes stand for, made once."""
    sitting = Sitting.objects.first() or a_sitting()
    unit = world.units["nursing"]
    outcome = Outcome.objects.first() or Outcome.objects.create(
        kind="idea", text="Pröva", unit=unit, origin_kind="sheet", origin=sitting.public_id, origin_name=str(sitting)
    )
    return {
        "sheet": sitting.version.sheet,
        "sitting": sitting,
        "nextstep": a_step(world, sitting=sitting),
        "outcome": outcome,
    }

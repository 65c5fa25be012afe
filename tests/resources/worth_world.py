"""A pool with visits and staff of two organisations, and reports in every state, for tests of worth."""

from datetime import time

from samband.people.models import Organization
from samband.resources.models import Loan, Pool, PoolUnit, Visit, VisitPart, WorthReport
from samband.resources.services import worth
from samband.resources.services.worth import Wish
from tests.resources.days import DAY, Days, at
from tests.worlds import World, make_person


def a_visit(days: Days, number: int, unit: str, hour: int, competence: str = "nurse", **more) -> Visit:
    """One visit to a person of her own (or `person`), with a part for each unit of `also`."""
    person = more.pop("person", None) or make_person("Person", "Test", 700 + number, days.world.area)
    also = more.pop("also", ())
    visit = Visit.objects.create(
        key=f"k{number}",
        person=person,
        unit=days.unit(unit),
        day=DAY,
        window_from=at(hour),
        window_to=at(hour, 30),
        **more,
    )
    for n, (name, kind) in enumerate([(unit, competence), *also]):
        VisitPart.objects.create(visit=visit, number=n + 1, unit=days.unit(name), competence=kind, minutes=20)
    return visit


def busy(days: Days) -> Days:
    """The nursing has more visits at nine than it has nurses; the centre has a nurse to lend and a doctor in the evening."""
    days.worker("Nils", "nursing", "nurse")
    days.worker("Cia", "centre", "nurse")
    days.worker("Doris", "centre", "physician", (8, 20))
    for number in range(5):
        a_visit(days, number, "nursing", 9)
    a_visit(days, 10, "centre", 11)
    a_visit(days, 11, "centre", 18, "physician")
    a_visit(days, 12, "nursing", 14, also=[("centre", "physician")], sync="simultaneous")
    for unit in ("nursing", "centre"):
        Loan.objects.create(
            pool=days.pool, unit=days.unit(unit), time_from=time(7), time_to=time(22), starts_on="2026-01-01"
        )
    return days


def parties(days: Days) -> list[int]:
    return sorted({days.unit(name).organization_id for name in ("nursing", "centre")})


def a_wish(days: Days, **more) -> Wish:
    return Wish(
        **{
            "pool": days.pool,
            "parties": parties(days),
            "first": DAY,
            "last": DAY,
            "seconds": 1,
            "seeds": (1, 2),
            **more,
        }
    )


def asked(days: Days, **more) -> WorthReport:
    return worth.ask(days.world.actor("coordinator"), a_wish(days, **more))


def done(days: Days, **more) -> WorthReport:
    """A report that is worked through, with few iterations."""
    report = asked(days, **more)
    while worth.work(report, processes=1, iterations=200):
        report.refresh_from_db()
    report.refresh_from_db()
    return report


def organization(days: Days, unit: str) -> Organization:
    return days.unit(unit).organization


def a_report(world: World) -> WorthReport:
    """A report that is done, of a pool with the world's nursing; the same one when asked again."""
    if found := WorthReport.objects.first():
        return found
    pool = Pool.objects.first() or Pool.objects.create(name="Poolen")
    PoolUnit.objects.get_or_create(pool=pool, unit=world.units["nursing"])
    return WorthReport.objects.create(pool=pool, first=DAY, last=DAY, parties=[], seeds=[1], state="failed")

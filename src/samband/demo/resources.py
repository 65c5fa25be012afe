"""Pools, teams, shifts, competences, delegations and terms of the demo county. Loading twice adds nothing."""

from datetime import date, timedelta
from typing import Any

from samband.core import clock
from samband.core.ids import parse_identity
from samband.demo import source
from samband.demo.county import County
from samband.demo.moments import day, moment, of_day
from samband.demo.shifts import book
from samband.people.models import Area, Organization, Person, Unit
from samband.plans.models import Action
from samband.resources.models import (
    ActionTerms,
    Competence,
    Delegation,
    Loan,
    Pool,
    PoolUnit,
    Team,
    TeamMember,
    Tie,
    WorkProfile,
    WorkShift,
)

HOME = (Unit.Kind.HOME_NURSING, Unit.Kind.HOME_HELP, Unit.Kind.CARE_CENTER)
OUTSIDE_POOLS = (Organization.Kind.OUTSIDE, Organization.Kind.DENTAL)


def load(county: County) -> None:
    """Who works when, and who plans together; where there is no pool yet."""
    if Pool.objects.exists():
        return
    data = source.resources()
    since = clock.today() - timedelta(days=300)
    for row in data["pools"]:
        _pool(row, county, since)
    _other_municipalities(county, since, data["loans_elsewhere"])
    teams = {row["name"]: _team(row, county, since) for row in data["teams"]}
    shifts: list[WorkShift] = []
    for row in data["staff"]:
        _member(row, county, since)
        who, team = county.assignment(row["who"], row["unit"]), teams.get(row.get("team", ""))
        shifts += book(who, row["pattern"], data["passes"], team)
    WorkShift.objects.bulk_create(shifts)
    for row in data["delegations"]:
        _delegation(row, county)
    for row in data["ties"]:
        _tie(row, county)


def _pool(row: dict[str, Any], county: County, since: date) -> None:
    pool = Pool.objects.create(name=row["name"])
    pool.areas.set([county.areas[key] for key in row["areas"]])
    PoolUnit.objects.bulk_create(
        PoolUnit(pool=pool, unit=county.units[key], starts_on=since) for key in row["units"]
    )  # fmt: skip
    for item in row["loans"]:
        loan = _loan(pool, county.units[item["unit"]], item, since)
        loan.areas.set([county.areas[key] for key in item.get("areas", [])])


def _loan(pool: Pool, unit: Unit, item: dict[str, Any], since: date) -> Loan:
    return Loan.objects.create(
        pool=pool, unit=unit, hours=item.get("hours"), weekdays=item.get("days", "0123456"),
        time_from=of_day(item.get("from")), time_to=of_day(item.get("to")), competences=item.get("competences", []),
        starts_on=since, note=item.get("note", ""),
    )  # fmt: skip


def _other_municipalities(county: County, since: date, terms: dict[str, dict[str, Any]]) -> None:
    """Each of the others plans its home care as one day too: what is needed to plan a county at once."""
    taken = set(PoolUnit.objects.values_list("unit_id", flat=True))
    for area in county.areas.values():
        units = [u for u in county.units.values() if u.kind in HOME and u.pk not in taken and _in(u, area)]
        if area.kind != Area.Kind.MUNICIPALITY or not units or Pool.objects.filter(name=area.name).exists():
            continue
        pool = Pool.objects.create(name=area.name)
        pool.areas.set([area])
        PoolUnit.objects.bulk_create(PoolUnit(pool=pool, unit=unit, starts_on=since) for unit in units)
        # Where one organization has them all nobody lends to another.
        if len({unit.organization_id for unit in units}) > 1:
            for unit in units:
                _loan(pool, unit, terms[unit.kind], since)


def _in(unit: Unit, area: Area) -> bool:
    return unit.area is not None and area.pk in (unit.area_id, unit.area.parent_id)


def _team(row: dict[str, Any], county: County, since: date) -> Team:
    team = Team.objects.create(name=row["name"], kind=row["kind"], unit=county.units[row["unit"]])
    for who in row["members"]:
        TeamMember.objects.create(team=team, assignment=county.assignment(who), starts_on=since)
    return team


def _member(row: dict[str, Any], county: County, since: date) -> None:
    assignment = county.assignment(row["who"], row["unit"])
    WorkProfile.objects.create(
        assignment=assignment, means=row.get("means", "car"), languages=row.get("languages", [])
    )  # fmt: skip
    for kind in row.get("competences", []):
        Competence.objects.create(assignment=assignment, kind=kind, starts_on=since)


def _delegation(row: dict[str, Any], county: County) -> None:
    Delegation.objects.create(
        assignment=county.assignment(row["to"]), act=row["act"], given_by=county.assignment(row["by"]),
        starts_on=day(row["from"]), ends_on=day(row["until"]),
        withdrawn_at=moment(row["withdrawn"]) if "withdrawn" in row else None,
    )  # fmt: skip


def _person(key: str) -> Person | None:
    number = next(row["number"] for row in source.persons() if row["key"] == key)
    return Person.objects.filter(identity_number=parse_identity(number).number).first()


def _tie(row: dict[str, Any], county: County) -> None:
    if person := _person(row["person"]):
        Tie.objects.create(
            person=person, staff=county.assignment(row["staff"]).staff, kind=row["kind"], reason=row["reason"],
            unit=county.units[row["unit"]],
        )  # fmt: skip


def terms() -> int:
    """What planning must know of the actions, once all persons are there; those that have terms keep them."""
    known = set(ActionTerms.objects.values_list("action_id", flat=True))
    made = []
    for row in source.resources()["terms"]:
        facts = {key: value for key, value in row.items() if key not in ("person", "title")}
        rows = Action.objects.filter(title=row["title"], by=Action.By.UNIT)
        if "person" in row:
            rows = rows.filter(plan__person=_person(row["person"]))
        for pk in rows.values_list("pk", flat=True):
            if pk not in known:
                known.add(pk)
                made.append(ActionTerms(action_id=pk, **facts))
    ActionTerms.objects.bulk_create(made, batch_size=1000)
    return len(made)

"""Rotas, absences and cases of the demo county. Loading twice adds nothing; the holes are meant."""

from datetime import date, timedelta
from typing import Any

import yaml

from samband.contact.models import Absence, Case, CaseEvent, Rota, RotaRule, RotaShift
from samband.contact.services import cases, coverage
from samband.core import clock
from samband.demo.county import County
from samband.demo.moments import moment, of_day
from samband.demo.source import DATA
from samband.people.models import Person, Relative


def load(county: County) -> None:
    """All of it, where there is none yet."""
    if Rota.objects.exists():
        return
    data = yaml.load(
        (DATA / "contact.yaml").read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    for row in data["rotas"]:
        _rota(row, county)
    for row in data["absences"]:
        _absence(row, county)
    for row in data["cases"]:
        _case(row, county)
    coverage.take_snapshot()


def _rota(row: dict[str, Any], county: County) -> None:
    municipalities = [area for area in county.areas.values() if area.kind == "municipality"]
    areas = municipalities if row["areas"] == "all" else [county.areas[key] for key in row["areas"]]
    rota = Rota.objects.create(
        unit=county.units[row["unit"]], name=row["name"], need=row["need"], number=row.get("number", ""),
        by_hours=row.get("hours", False), order=row["order"],
    )  # fmt: skip
    rota.areas.set(areas)
    for item in row.get("rules", []):
        RotaRule.objects.create(
            rota=rota, weekdays=item["days"], opens=of_day(item["from"]), closes=of_day(item["to"]),
            assignment=county.assignment(item["who"]) if "who" in item else None, starts_on=clock.today() - timedelta(days=60),
        )  # fmt: skip
    monday = clock.today() - timedelta(days=clock.today().weekday() + 7)
    for week in range(row.get("weeks", 0) + 3):
        for item in row.get("shifts", []):
            for day in item["days"]:
                _shift(rota, monday + timedelta(weeks=week, days=day), item, week, county)


def _shift(rota: Rota, day: date, item: dict[str, Any], week: int, county: County) -> None:
    starts, ends = clock.at(day, of_day(item["from"])), clock.at(day, of_day(item["to"]))
    if ends <= starts:
        ends = clock.at(day + timedelta(days=1), of_day(item["to"]))
    who = item["who"][(week + day.weekday()) % len(item["who"])]
    RotaShift.objects.create(rota=rota, starts_at=starts, ends_at=ends, assignment=county.assignment(who))


def _absence(row: dict[str, Any], county: County) -> None:
    Absence.objects.create(
        assignment=county.assignment(row["who"], row["unit"]), starts_at=moment(*row["from"]), ends_at=moment(*row["to"]),
        substitute=county.assignment(row["substitute"], row["unit"]) if "substitute" in row else None,
    )  # fmt: skip


def _who(pair: list[str] | None, county: County):
    return county.assignment(*pair) if pair else None


def _person(key: str | None) -> Person | None:
    from samband.core.ids import parse_identity
    from samband.demo import source

    row = next((row for row in source.persons() if row["key"] == key), None)
    return Person.objects.filter(identity_number=parse_identity(row["number"]).number).first() if row else None


def _ago(minutes: int):
    return clock.now() - timedelta(minutes=minutes)


def _case(row: dict[str, Any], county: County) -> None:
    person = _person(row.get("person"))
    near = Relative.objects.filter(person=person, user__username=row["relative"]).first() if "relative" in row else None
    staff = _who(row.get("staff"), county)
    kind = "relative" if near else "staff" if staff else "person" if person else "caller"
    unit, minutes = row.get("handed", (None, 0))
    case = Case(
        subject=row["subject"], body=row.get("body", ""), need=row["need"], urgency=row["urgency"], reach=row["reach"],
        phone=row.get("phone", ""), language=row.get("language", "sv"), sender_kind=kind, sender_name=row.get("sender", ""),
        sender_relative=near, sender_staff=staff, person=person, about=row.get("about", ""),
        circumstance=row.get("circumstance", ""), area=county.areas[row["area"]] if "area" in row else person.area if person else None,
        unit=county.units[row["unit"]], owner=_who(row.get("owner"), county), opened_at=_ago(row["opened"]),
        promised_at=_ago(-row["promised"]) if "promised" in row else None, handed_unit=county.units[unit] if unit else None,
        handed_at=_ago(minutes) if unit else None, closed_at=_ago(row["closed"]) if "closed" in row else None,
        closed_how=row.get("how", ""),
    )  # fmt: skip
    case.due_at = cases.escalation.due(cases.state_of(case))
    case.save()
    CaseEvent.objects.create(case=case, kind="opened", at=case.opened_at, unit=case.unit, name=_sender(case))
    for item in row.get("events", []):
        by = county.assignment(*item["by"])
        at, text = _ago(item["ago"]), item.get("text", "")
        if item["kind"] == "promised" and case.promised_at:
            text = case.promised_at.isoformat()
        CaseEvent.objects.create(
            case=case, kind=item["kind"], at=at, name=by.staff.full_name, label=str(by), assignment=by,
            unit=county.units[item["to"]] if "to" in item else None, text=text,
        )  # fmt: skip


def _sender(case: Case) -> str:
    if case.sender_relative:
        return case.sender_relative.full_name
    if case.sender_staff:
        return case.sender_staff.staff.full_name
    return case.person.full_name if case.person else case.sender_name

"""Today and the week: who has what, and when."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from samband.access.models import Party
from samband.core import clock, text
from samband.people.models import Person
from samband.plans.models import Action, OccurrenceState
from samband.plans.services.occurrences import Occurrence
from samband.plans.services.page.band import occurrence_url
from samband.ui import hours

Status = OccurrenceState.Status
OWN, NOBODY = "own", "nobody"
UNTIMED = 1  # what has no hour stands in the forenoon


def owner_of(action: Action) -> str:
    """The row of the grid that an action stands in."""
    if action.by == Action.By.UNIT:
        return f"unit-{action.unit_id}"
    return NOBODY if action.by == Action.By.NOBODY else OWN


def cell(occurrence: Occurrence) -> dict[str, Any]:
    """An occurrence as the grid draws it."""
    action = occurrence.action
    start = clock.local(occurrence.starts)
    keys = [owner_of(action)]
    keys += [key for p in action.participants.all() if (key := f"unit-{p.unit_id}") not in keys]
    shown: dict[str, Any] = {
        "at": None if occurrence.all_day else start.time(),
        "part": UNTIMED,
        "clock": "" if occurrence.all_day else text.clock_time(occurrence.starts),
        "title": action.title,
        "icon": action.icon or ICONS.get(action.by, "calendar"),
        "url": occurrence_url(occurrence),
        "note": _note(occurrence),
        **({"owners": keys[:2]} if len(keys) > 1 else {"owner": keys[0]}),
    }
    return {**shown, **_state(occurrence)}


ICONS: dict[str, str] = {Action.By.PERSON: "person", Action.By.RELATIVE: "people", Action.By.NOBODY: "question"}


def _note(occurrence: Occurrence) -> str:
    action = occurrence.action
    if occurrence.status == Status.DONE:
        who = occurrence.done_by.split(" ")[0] if occurrence.done_by else ""
        at = text.clock_time(occurrence.at) if occurrence.at else ""
        return ", ".join(filter(None, [f"{_('klart')} {at}".strip(), who]))
    if occurrence.status in (Status.NOT_DONE, Status.CANCELLED):
        return occurrence.note
    names = [p.assignment.staff.full_name if p.assignment else p.unit.name for p in action.participants.all()]
    if occurrence.assignment:
        names.insert(0, occurrence.assignment.staff.full_name)
    elif action.by == Action.By.RELATIVE and action.relative:
        names.insert(0, f"{action.relative.given_name}, {action.relative.relation}")
    return ", ".join(names) or action.place


def _state(occurrence: Occurrence) -> dict[str, str]:
    """Done, not done, called off, nobody has it, moved, or passed without a mark: shape and word."""
    marks: dict[str, dict[str, str]] = {
        Status.DONE: {"state": "done"},
        Status.NOT_DONE: {"mark": "warn", "mark_word": _("inte gjort")},
        Status.CANCELLED: {"state": "done", "mark": "unknown", "mark_word": _("inställt")},
    }
    if occurrence.status in marks:
        return marks[occurrence.status]
    if occurrence.nobody:
        return {"state": "undone", "mark": "act", "mark_word": _("ingen ansvarig")}
    late = occurrence.due < clock.now()
    if late and occurrence.action.milestone:
        return {"state": "late", "mark": "act", "mark_word": text.spoken_delta(occurrence.due)}
    if late:
        return {"mark": "unknown", "mark_word": _("inte markerat")}
    return {"mark": "warn", "mark_word": _("flyttat")} if occurrence.moved else {}


def owners(person: Person, actions: Iterable[Action], parties: Iterable[Party]) -> list[dict]:
    """The rows of the grid: the person's own first, then each unit, then what nobody has."""
    rows: dict[str, dict] = {}
    relatives: list[str] = []
    for action in actions:
        key = owner_of(action)
        if action.by == Action.By.RELATIVE and action.relative and action.relative.given_name not in relatives:
            relatives.append(action.relative.given_name)
        if key == OWN:
            rows.setdefault(key, {"key": key, "note": _("egenvård")})
        elif key == NOBODY:
            rows.setdefault(key, {"key": key, "name": _("Ingen än"), "note": _("behöver någon som tar det")})
        for unit in (
            action.unit if action.by == Action.By.UNIT else None,
            *(p.unit for p in action.participants.all()),
        ):
            _unit_row(rows, unit)
    for party in parties:
        if party.withdrawn_at is None:
            _unit_row(rows, party.unit)
        elif f"unit-{party.unit_id}" in rows:
            rows[f"unit-{party.unit_id}"]["note"] = _("inte längre part i planen")
    if OWN in rows:
        rows[OWN]["name"] = f" {_('och')} ".join([person.given_name, *relatives[:2]])
    order = {OWN: 0, NOBODY: 2}
    return sorted(rows.values(), key=lambda r: (order.get(r["key"], 1), r["name"]))


def _unit_row(rows: dict[str, dict], unit: Any) -> None:
    if unit is not None:
        key = f"unit-{unit.pk}"
        rows.setdefault(key, {"key": key, "name": unit.name, "note": unit.organization.name})


def today_grid(
    person: Person, occurrences: list[Occurrence], actions: list[Action], parties: list[Party]
) -> hours.Hours:
    """Today by who has it and by part of the day, in the order of the day; those with nothing today on one line."""
    cells = [cell(o) for o in occurrences]
    first: dict[str, int] = {}
    for place, item in enumerate(cells):
        for key in item.get("owners", [item.get("owner")]):
            first.setdefault(key, place)
    rows = owners(person, actions, parties)
    busy = [row for row in rows if row["key"] in first]
    busy.sort(key=lambda row: (row["key"] != OWN, row["key"] == NOBODY, first[row["key"]]))
    idle = [row["name"] for row in rows if row["key"] not in first]
    if idle and busy:
        said = _("Inget i dag: %(units)s.") % {"units": ", ".join(idle)}
        busy.append({"key": "idle", "name": _("Övriga"), "empty": said})
    return hours.layout(busy or rows, cells, clock.local_now().time())


def week(occurrences: list[Occurrence], first: date) -> dict[str, Any]:
    """The week: what comes every day said once, the rest day by day."""
    by_action: dict[int, list[Occurrence]] = {}
    for found in occurrences:
        by_action.setdefault(found.action.pk, []).append(found)
    same = {
        pk
        for pk, rows in by_action.items()
        if len({o.day for o in rows}) == 7 and not any(o.moved or o.nobody for o in rows)
    }
    daily = [cell(o) for o in occurrences if o.action.pk in same and o.day == first]
    days = []
    for away in range(7):
        day = first + timedelta(days=away)
        rows = [cell(o) for o in occurrences if o.day == day and o.action.pk not in same]
        name = _("i dag") if day == clock.today() else text.weekday(day)
        days.append({"day": day, "name": name.capitalize(), "date": text.short_date(day), "actions": rows})
    return {"daily": daily, "days": days}

"""A generated person's plan out of her profile of needs, with gaps at the rates that a county has."""

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from samband.core import clock
from samband.demo.generator.care import unit_of
from samband.demo.generator.persons import Made
from samband.demo.generator.places import Places
from samband.demo.generator.rows import Rows
from samband.demo.moments import of_day, workday
from samband.demo.plans import OTHERS_DO_IT, PLACES
from samband.people.models import Assignment, Person, Relative, Unit
from samband.plans.models import Action, CarePlan, FollowUp, Goal, OccurrenceState, PlanEvent, Situation
from samband.plans.rules import series
from samband.plans.services.occurrences import next_day

NO_PLAN, DRAFT, LATE_STEP, LATE_FOLLOW_UP, UNASSIGNED, NOBODY, NAMELESS = 0.05, 0.02, 0.08, 0.08, 0.02, 0.005, 0.08
HAPPENED = (
    ("Hem från sjukhuset", "Hemsjukvården tog emot samma dag."),
    ("Planen sågs över", "Målen står kvar."),
    ("Ny i hemtjänsten", "Första veckan gick bra."),
    ("Föll hemma", "Inga skador, rollatorn byttes."),
    ("Läkemedel ändrat", "Listan hemma är bytt."),
)


def plan(
    rows: Rows,
    person: Person,
    made: Made,
    units: dict[str, Unit],
    near: list[Relative],
    places: Places,
    rng: random.Random,
    today: date,
) -> None:
    """The plan and its parts, or nothing for those who should have one and have not."""
    if rng.random() < NO_PLAN:
        return
    profile = made.profile
    begun = today - timedelta(days=7 * rng.randrange(2, 40))
    creator = places.staff(next(iter(units.values())), "nurse", rng)
    row = CarePlan(
        person=person,
        status="draft" if rng.random() < DRAFT else "active",
        words=rng.choice(profile["words"]),
        words_note=_written(profile, creator),
        words_at=clock.at(begun, of_day("13:00")),
        situation=rng.choice(profile["situation"]),
        strengths=rng.choice(profile["strengths"]),
        needs=rng.choice(profile["needs"]),
        starts_on=begun,
        created_by=creator,
    )
    rows.plans.append(row)
    rows.goals.extend(Goal(plan=row, words=words, know_how=how) for words, how in profile["goals"])
    chosen = [item for item in profile["actions"] if rng.random() < item["share"]] or profile["actions"][:1]
    maybe = (_action(row, made, item, units, near, places, rng, begun) for item in chosen)
    actions = [action for action in maybe if action]
    step = _milestone(row, made, units, places, rng, today) if rng.random() < 0.75 else None
    all_of_it = [*actions, step] if step else actions
    for action in all_of_it:
        action.next_on = next_day(action)
    rows.actions.extend(all_of_it)
    _day(rows, actions, rng, today)
    for position, item in enumerate(profile["situations"]):
        _situation(rows, row, made, item, position, places)
    late = rng.random() < LATE_FOLLOW_UP
    due = today + timedelta(days=-rng.randrange(1, 45) if late else rng.randrange(1, 120))
    rows.follow_ups.append(FollowUp(plan=row, due_on=workday(due), responsible=row.created_by))
    title, detail = rng.choice(HAPPENED)
    at = clock.at(today - timedelta(days=rng.randrange(2, 60)), of_day("10:00"))
    rows.events.append(PlanEvent(plan=row, at=at, title=title, detail=detail))


def _written(profile: dict[str, Any], creator: Assignment | None) -> str:
    said = "Sagt av en närstående" if profile.get("capacity") else "Sagt vid hembesök"
    return f"{said}, antecknat av {creator.staff}" if creator else said


def _action(
    row: CarePlan,
    made: Made,
    item: dict[str, Any],
    units: dict[str, Unit],
    near: list[Relative],
    places: Places,
    rng: random.Random,
    begun: date,
) -> Action | None:
    """None where nobody does it here: no such unit takes part, no relative is known."""
    kind = item["kind"]
    unit = units.get(kind) if kind not in ("person", "relative") else None
    if (kind == "relative" and not near) or (kind not in ("person", "relative") and not unit):
        return None
    nobody = unit is not None and rng.random() < NOBODY
    first, last = rng.choice(item["times"])
    start, end = _window(first, last, rng)
    return Action(
        plan=row,
        title=item["title"],
        detail=item["detail"],
        icon=item["icon"],
        by="nobody" if nobody else kind if unit is None else "unit",
        unit=None if nobody else unit,
        assignment=_named(unit, item, places, rng) if unit and not nobody else None,
        relative=near[0] if kind == "relative" else None,
        place=PLACES[item["place"]],
        minutes=item["minutes"],
        competence=item.get("competence", "none"),
        rrule=rng.choice(item["rrules"]),
        starts_on=begun,
        time_from=start,
        time_to=end,
        shared_outside=item.get("outside", False),
    )


def _window(first: str, last: str, rng: random.Random) -> tuple[time, time]:
    """Three quarters of an hour somewhere between the two, so that not everybody is visited at once."""
    low, high = (60 * at.hour + at.minute for at in (of_day(first), of_day(last)))
    begin = min(low + 15 * rng.randrange(max(1, (high - low) // 15 - 1)), high - 30)
    end = min(begin + 45, high)
    return time(*divmod(begin, 60)), time(*divmod(end, 60))


def _milestone(
    row: CarePlan, made: Made, units: dict[str, Unit], places: Places, rng: random.Random, today: date
) -> Action | None:
    """A step that the person waits for: most within a month, some late."""
    item = rng.choice(made.profile["milestones"])
    unit = units.get(item["kind"])
    if unit is None:
        return None
    late = rng.random() < LATE_STEP
    start, end = item["times"][0]
    day = today + timedelta(days=-rng.randrange(1, 10) if late else rng.randrange(1, 30))
    return Action(
        plan=row,
        title=item["title"],
        detail=item["detail"],
        icon=item["icon"],
        unit=unit,
        assignment=_named(unit, item, places, rng),
        place=PLACES[item["place"]],
        minutes=item["minutes"],
        competence=item["competence"],
        starts_on=day if unit.always_open else workday(day),
        time_from=of_day(start),
        time_to=of_day(end),
        milestone=True,
        why=item["why"],
    )


def _named(unit: Unit, item: dict[str, Any], places: Places, rng: random.Random):
    return None if rng.random() < NAMELESS else places.staff(unit, item.get("competence", ""), rng)


def _day(rows: Rows, actions: list[Action], rng: random.Random, today: date) -> None:
    """Today as far as it has come: what is done is marked, and here and there somebody is ill."""
    ill = rng.random() < UNASSIGNED
    now = clock.now()
    for action in actions:
        for wall in series(action.rrule, action.starts_on, None, action.time_from, today, today):
            starts = clock.at(today, wall.time())
            if clock.at(today, action.time_to or wall.time()) <= now:
                rows.states.append(_done(action, starts))
            elif ill and action.by == "unit":
                note = "Sjukanmälan i morse, ingen är satt i stället."
                rows.states.append(OccurrenceState(action=action, original=starts, status="unassigned", note=note))
                ill = False


def _done(action: Action, starts: datetime) -> OccurrenceState:
    staff = action.assignment.staff.full_name if action.assignment else ""
    name = staff or str(action.unit or action.relative or action.plan.person)
    at = starts + timedelta(minutes=min(action.minutes or 5, 30))
    return OccurrenceState(action=action, original=starts, status="done", done_by=name, at=at)


def _situation(rows: Rows, row: CarePlan, made: Made, item: dict[str, Any], position: int, places: Places) -> None:
    call = None if item["call"] == "112" else unit_of(made, item["call"], places)
    then = unit_of(made, item["then"], places)
    rows.situations.append(
        Situation(
            plan=row,
            position=position,
            trigger=item["when"],
            icon=item["icon"],
            steps_person=item.get("person", OTHERS_DO_IT),
            steps_relative=item.get("relative", ""),
            steps_staff=item["staff"],
            emergency=item["call"] == "112",
            call_unit=call or (None if item["call"] == "112" else then),
            then_unit=then if call or item["call"] == "112" else None,
        )
    )

"""The plans of the stories. Days are counted from today; what the day has already seen is marked as done."""

from datetime import datetime, timedelta
from typing import Any

from samband.core import clock, text
from samband.demo import past
from samband.demo.agreements import load_agreement
from samband.demo.county import County
from samband.demo.moments import day, moment, of_day, workday
from samband.people.models import Person, Relative
from samband.plans.models import (
    Action,
    CarePlan,
    FollowUp,
    Goal,
    OccurrenceState,
    Participant,
    PlanEvent,
    Situation,
)
from samband.plans.rules import series

PLACES = {
    "home": "Hemma",
    "care_center": "På mottagningen",
    "hospital": "På sjukhuset",
    "phone": "I telefon",
    "video": "På video",
    "school": "I skolan",
    "dental": "Hos tandvården",
    "other": "",
}
OTHERS_DO_IT = "De som är hos mig gör det här åt mig."


def load_plan(person: Person, row: dict[str, Any], near: dict[str, Relative], county: County) -> CarePlan:
    """The plan and its parts. The next step is computed afterwards."""
    data = row["plan"]
    begun = min((day(item["date"]) for item in row["parties"]), default=clock.today())
    plan = CarePlan.objects.create(
        person=person,
        words=data["what_matters"],
        words_note=data["words_note"],
        words_at=moment(data["words_date"]),
        situation=_lines(data["situation"]),
        strengths=_lines(data["strengths"]),
        needs=_lines(data["needs"]),
        starts_on=begun,
        created_by=county.assignment(row["parties"][0]["recorded_by"]),
    )
    for goal in data["goals"]:
        Goal.objects.create(plan=plan, words=goal["words"], know_how=goal["know_how"])
    made = _actions(plan, row, near, county)
    for position, item in enumerate(data["situations"]):
        _situation(plan, position, item, county)
    contact = row["contacts"].get("care_contact")
    FollowUp.objects.create(
        plan=plan, due_on=workday(day(data["follow_up"])), responsible=county.assignment(contact) if contact else None
    )
    for item in data["history"]:
        title, _, detail = item["text"].partition(". ")
        PlanEvent.objects.create(
            plan=plan,
            at=min(moment(item["offset"], item.get("time")), clock.now()),
            title=title.rstrip("."),
            detail=detail,
        )
    past.remember(plan, row, made, county)
    load_agreement(plan, row["key"], near, made, county)
    return plan


def _lines(written: str) -> str:
    """The source wraps its lines; the plan does not."""
    return " ".join(written.split())


def _actions(plan: CarePlan, row: dict[str, Any], near: dict[str, Relative], county: County) -> dict[str, Action]:
    made: dict[str, Action] = {}
    for item in row["plan"]["actions"]:
        action = _action(plan, item, near, county)
        made[item["key"]] = action
        for other in item.get("joint", []):
            staff = county.assignment(other["staff"], other["unit"]) if other.get("staff") else None
            Participant.objects.create(action=action, unit=county.units[other["unit"]], assignment=staff)
        _today(action, item)
    for item in row["plan"]["actions"]:
        if item.get("after"):
            made[item["key"]].after = made[item["after"]]
            made[item["key"]].save(update_fields=["after"])
    return made


def _action(plan: CarePlan, item: dict[str, Any], near: dict[str, Relative], county: County) -> Action:
    staff = item.get("staff")
    unit = county.units[item["unit"]] if item.get("unit") else None
    start = day(item["start"])
    return Action.objects.create(
        plan=plan,
        title=item["title"],
        detail=" ".join([item.get("detail", ""), _self_care(item, near, county)]).strip(),
        icon=item.get("icon", ""),
        by=item["by"],
        unit=unit,
        assignment=county.assignment(staff, item["unit"]) if staff else None,
        relative=near[item["relative"]] if item.get("relative") else None,
        place=PLACES[item["place"]],
        minutes=item.get("minutes"),
        competence=item.get("competence", "none"),
        rrule=item.get("rrule", ""),
        starts_on=start if item.get("rrule") or (unit and unit.always_open) else workday(start),
        stops_on=day(item.get("stop")),
        time_from=of_day(item.get("time_from")),
        time_to=of_day(item.get("time_to")),
        milestone=item.get("milestone", False),
        shared_outside=item.get("outside", False),
        why=item.get("why", ""),
    )


def _self_care(item: dict[str, Any], near: dict[str, Relative], county: County) -> str:
    """Self-care (lag 2022:1250): who assessed it, who helps, whom to ask, when it is looked at again."""
    care = item.get("self_care")
    if not care:
        return ""
    assessor = county.assignment(care["assessed_by"])
    helps = f" {near[care['helps']].given_name} hjälper till." if care["helps"] else ""
    review = text.short_date(day(care["review"]))
    return f"Egenvård, bedömd av {assessor.staff}.{helps} Fråga {county.units[care['ask']]}. Ses över {review}."


def _situation(plan: CarePlan, position: int, item: dict[str, Any], county: County) -> None:
    emergency = item["call"] == "112"
    Situation.objects.create(
        plan=plan,
        position=position,
        trigger=item["when"],
        icon=item["icon"],
        steps_person=item.get("steps_person") or OTHERS_DO_IT,
        steps_relative=item.get("steps_relative", ""),
        steps_staff=item.get("steps_staff", ""),
        emergency=emergency,
        call_unit=None if emergency else county.units[item["call"]],
        then_unit=county.units[item["then"]] if item.get("then") else None,
        ongoing_since=_since(item.get("ongoing")),
    )


def _since(at: str | None) -> datetime | None:
    """This morning at the hour given; a while ago where that has not come yet."""
    return min(moment("0d", at), clock.now() - timedelta(minutes=20)) if at else None


def _today(action: Action, item: dict[str, Any]) -> None:
    """What has been done since the start of the day, and whom illness took away. `overdue` stays undone."""
    if item.get("overdue"):
        return
    today = clock.today()
    first = today if action.rrule else action.starts_on
    for wall in series(action.rrule, action.starts_on, action.stops_on, action.time_from, first, today):
        starts = clock.at(wall.date(), wall.time())
        if item.get("unassigned"):
            _state(action, starts, "unassigned", note=item["unassigned"])
        elif _ends(action, starts) <= clock.now() and _who(action):
            _state(action, starts, "done", done_by=_who(action), at=starts + timedelta(minutes=12))
            if not action.rrule:
                action.status = Action.Status.DONE
                action.save(update_fields=["status"])


def _ends(action: Action, starts: datetime) -> datetime:
    if action.time_to:
        return clock.at(starts.date(), action.time_to)
    return starts + timedelta(minutes=action.minutes or 0)


def _who(action: Action) -> str:
    if action.assignment:
        return action.assignment.staff.full_name
    return str(action.relative or (action.plan.person if action.by == Action.By.PERSON else ""))


def _state(action: Action, starts: datetime, status: str, **more: Any) -> None:
    OccurrenceState.objects.create(action=action, original=starts, status=status, **more)

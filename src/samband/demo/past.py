"""What happened to a story's plan before today: how it was made, what was changed and why, what waits for an answer."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from samband.access.models import Party
from samband.core import clock
from samband.core.policy import Actor
from samband.demo.county import County
from samband.demo.moments import moment, of_day
from samband.people.models import Assignment
from samband.plans.models import Action, CarePlan, Proposal
from samband.plans.services import history, proposals
from samband.plans.services.versions import fields_of


def remember(plan: CarePlan, row: dict[str, Any], actions: dict[str, Action], county: County) -> None:
    """Enter the plan's history in the order that it happened."""
    parties = sorted(row["parties"], key=lambda item: moment(item["date"]))
    first = parties[0]["date"]
    founders = ", ".join(county.units[item["unit"]].name for item in parties if item["date"] == first)
    with clock.frozen(moment(first)):
        actor = actor_of(county.assignment(parties[0]["recorded_by"]))
        words = parties[0]["said"]
        history.enter(plan, actor, history.thing_of(plan), "Planen", "add", {"parties": [None, founders]}, words)
    deeds: list[tuple[datetime, Callable[[], None]]] = [
        (moment(item["date"], "13:30"), partial(_joined, plan, item, county))
        for item in parties
        if item["date"] != first
    ]
    # In the order that it happened: versions are counted in time.
    for name, deed in (("changes", _changed), ("edits", _edited), ("proposals", _proposed)):
        deeds += [
            (moment(item["offset"], item["time"]), partial(deed, plan, item, actions, county))
            for item in row["plan"].get(name, [])
        ]
    for at, deed_of_day in sorted(deeds, key=lambda pair: pair[0]):
        with clock.frozen(at):
            deed_of_day()


def _proposed(plan: CarePlan, item: dict[str, Any], actions: dict[str, Action], county: County) -> None:
    made = proposals.propose(actor_of(county.assignment(item["by"])), actions[item["action"]], item["text"])
    Proposal.objects.filter(pk=made.pk).update(created_at=clock.now())


def actor_of(assignment: Assignment) -> Actor:
    """The member of staff as she acts in the assignment."""
    unit = assignment.unit
    return Actor(
        kind="staff",
        user_id=assignment.staff.user_id,
        name=assignment.staff.full_name,
        label=f"{assignment.title}, {unit.name}",
        role=assignment.role,
        assignment_id=assignment.pk,
        staff_id=assignment.staff_id,
        unit_id=unit.pk,
        unit_ids=(unit.pk,),
        organization_id=unit.organization_id,
        org_kind=unit.organization.kind,
    )


def _joined(plan: CarePlan, item: dict[str, Any], county: County) -> None:
    unit = county.units[item["unit"]]
    actor = actor_of(county.assignment(item["recorded_by"]))
    party = Party.objects.get(person=plan.person, unit=unit)
    history.enter(plan, actor, history.thing_of(party), unit.name, "party", {"party": [None, unit.name]}, item["said"])


def _changed(plan: CarePlan, item: dict[str, Any], actions: dict[str, Action], county: County) -> None:
    """A time that was another before: the action stands as it is now, the history says what it was."""
    action = actions[item["action"]]
    before = {name: of_day(value) for name, value in item["was"].items()}
    fields: dict[str, Any] = {name: Action._meta.get_field(name) for name in before}
    pairs = {
        name: [history.plain(field, before[name]), history.plain(field, getattr(action, name))]
        for name, field in fields.items()
    }
    actor = actor_of(county.assignment(item["by"]))
    history.enter(plan, actor, history.thing_of(action), action.title, "change", pairs, item["why"])
    action.version, action.updated_at = action.version + 1, clock.now()
    action.save(update_fields=["version", "updated_at"])


def _edited(plan: CarePlan, item: dict[str, Any], actions: dict[str, Action], county: County) -> None:
    """A text or a recurrence that was another before; `part` is `plan`, `goal/0`, `situation/0` or the key of an action.

    `was: new` says that the part was added then.
    """
    kind, _sep, place = item["part"].partition("/")
    rows: dict[str, Any] = {"goal": plan.goals, "situation": plan.situations, "follow_up": plan.follow_ups}
    part: Any = plan if kind == "plan" else rows[kind].order_by("pk")[int(place)] if kind in rows else actions[kind]
    actor = actor_of(county.assignment(item["by"]))
    title = "Planen" if part is plan else str(part)
    if item["was"] == "new":
        names = [n for n in fields_of(type(part)) if getattr(part, n)]
        pairs = {n: [None, kept] for n, kept in history.snapshot(part, names).items()}
        history.enter(plan, actor, history.thing_of(part), title, "add", pairs, item["why"])
        return
    pairs = {
        name: [value, history.plain(history.field_of(part, name), getattr(part, name))]
        for name, value in item["was"].items()
    }
    history.enter(plan, actor, history.thing_of(part), title, "change", pairs, item["why"])
    type(part)._default_manager.filter(pk=part.pk).update(version=part.version + 1, updated_at=clock.now())
    part.refresh_from_db(fields=["version", "updated_at"])

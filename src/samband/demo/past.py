"""What happened to a story's plan before today: how it was made, what was changed and why, what waits for an answer."""

from typing import Any

from samband.core import clock
from samband.core.policy import Actor
from samband.demo.county import County
from samband.demo.moments import moment, of_day
from samband.people.models import Assignment
from samband.plans.models import Action, CarePlan, Proposal
from samband.plans.services import history, proposals


def remember(plan: CarePlan, row: dict[str, Any], actions: dict[str, Action], county: County) -> None:
    """Enter the plan's history in the order that it happened."""
    parties = sorted(row["parties"], key=lambda item: moment(item["date"]))
    first = parties[0]["date"]
    founders = ", ".join(county.units[item["unit"]].name for item in parties if item["date"] == first)
    with clock.frozen(moment(first)):
        actor = actor_of(county.assignment(parties[0]["recorded_by"]))
        words = parties[0]["said"]
        history.enter(plan, actor, history.thing_of(plan), "Planen", "add", {"parties": [None, founders]}, words)
    for item in parties:
        if item["date"] != first:
            _joined(plan, item, county)
    for item in row["plan"].get("changes", []):
        _changed(plan, item, actions, county)
    for item in row["plan"].get("proposals", []):
        actor = actor_of(county.assignment(item["by"]))
        with clock.frozen(moment(item["offset"], item["time"])):
            made = proposals.propose(actor, actions[item["action"]], item["text"])
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
    with clock.frozen(moment(item["date"], "13:30")):
        actor = actor_of(county.assignment(item["recorded_by"]))
        history.enter(
            plan, actor, history.thing_of(plan), unit.name, "party", {"party": [None, unit.name]}, item["said"]
        )


def _changed(plan: CarePlan, item: dict[str, Any], actions: dict[str, Action], county: County) -> None:
    """A time that was another before: the action stands as it is now, the history says what it was."""
    action = actions[item["action"]]
    before = {name: of_day(value) for name, value in item["was"].items()}
    fields: dict[str, Any] = {name: Action._meta.get_field(name) for name in before}
    pairs = {
        name: [history.plain(field, before[name]), history.plain(field, getattr(action, name))]
        for name, field in fields.items()
    }
    with clock.frozen(moment(item["offset"], item["time"])):
        actor = actor_of(county.assignment(item["by"]))
        history.enter(plan, actor, history.thing_of(action), action.title, "change", pairs, item["why"])
        action.version, action.updated_at = action.version + 1, clock.now()
        action.save(update_fields=["version", "updated_at"])

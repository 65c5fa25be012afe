"""How some plans of the stories stand: one rests, one is closed, one hand-over waits for its answer."""

from typing import Any

from samband.core import clock
from samband.demo import source
from samband.demo.county import County
from samband.demo.moments import day, moment
from samband.demo.past import actor_of
from samband.people.models import Person
from samband.plans.models import Action, CarePlan
from samband.plans.services import editing, handovers, lifecycle, parties
from samband.plans.services.summary import open_plan


def load(county: County, added: dict[str, Person]) -> None:
    """Through the services, each on its day. `added`: the persons that are new, by key; others are left as they are."""
    data = source.standing()
    for row in data["paused"]:
        if row["person"] in added:
            _pause(added[row["person"]], row, county)
    for row in data["closed"]:
        if row["person"] in added:
            _close(added[row["person"]], row, county)
    for row in data["handovers"]:
        if row["person"] in added:
            _hand_over(added[row["person"]], row, county)


def _pause(person: Person, row: dict[str, Any], county: County) -> None:
    until = day(row["resume_on"])
    with clock.frozen(moment(row["at"], "15:10")):
        lifecycle.pause(actor_of(county.assignment(row["by"])), _plan(person), row["why"], until, row["itself"])


def _close(person: Person, row: dict[str, Any], county: County) -> None:
    unit, assignment = county.units[row["unit"]], county.assignment(row["by"])
    actor = actor_of(assignment)
    began, ended = moment(row["began"], "10:30"), moment(row["ended"], "13:45")
    person.relations.filter(unit=unit).update(starts_on=day(row["began"]))
    with clock.frozen(began):
        plan = parties.start_plan(
            actor, person, [unit], row["said"], person.full_name, "spoken", row["words"], row["words_note"]
        )
        editing.add(
            actor, Action(plan=plan, title=row["action"], unit=unit, rrule=row["rrule"], starts_on=clock.today())
        )
    with clock.frozen(ended):
        lifecycle.close(actor, _plan(person), row["why"])


def _hand_over(person: Person, row: dict[str, Any], county: County) -> None:
    plan, one, other = _plan(person), county.units[row["from"]], county.units[row["to"]]
    on = day(row["from_day"])
    with clock.frozen(moment(row["at"], "09:20")):
        things = [offer.thing for offer in handovers.offers(plan, one)]
        actor = actor_of(county.assignment(row["by"]))
        handovers.ask(actor, plan, one, other, row["reason"], row["message"], on, things)


def _plan(person: Person) -> CarePlan:
    plan = open_plan(person)
    assert plan is not None, person
    return plan

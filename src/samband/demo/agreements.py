"""What was agreed around the stories: consent, answers to the plan, questions to units, what those near have written."""

from typing import Any

from samband.access.models import Consent
from samband.core import clock
from samband.core.policy import Actor
from samband.demo import source
from samband.demo.county import County
from samband.demo.moments import day, moment, of_day, workday
from samband.demo.past import actor_of
from samband.people.models import Organization, Relative
from samband.people.services import actors
from samband.plans.models import Action, Approval, CarePlan, Proposal, RelativeNote
from samband.plans.services import asks, history, proposals
from samband.plans.services.agreement import version_of

ASKED_AT, TOLD_AT = "10:30", "15:10"


def load_agreement(
    plan: CarePlan, key: str, near: dict[str, Relative], made: dict[str, Action], county: County
) -> None:
    """Everything of one story; nothing where the story has none."""
    row = source.agreements().get(key)
    if row is None:
        return
    if "principal" in row:
        hsa_id = next(o["hsa_id"] for o in source.county()["organizations"] if o["key"] == row["principal"])
        CarePlan.objects.filter(pk=plan.pk).update(principal=Organization.objects.get(hsa_id=hsa_id))
    if "represented_by" in row:
        plan.person.capacities.update(representative=near[row["represented_by"]])
    if "consent" in row:
        _consent(plan, row["consent"], county)
    for item in row.get("notes", []):
        _note(plan, item, near)
    for item in _in_order(row):
        if "asked" in item:
            item["ask"] = _ask(plan, item["asked"], made, county)
        elif "told" in item:
            _tell(item["of"]["ask"], item["told"], county)
        else:
            _answer(plan, item["answer"], near, county)


def _in_order(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Questions, what was answered to them, and answers to the plan, as they came: so versions are numbered as in life."""
    found: list[tuple[Any, dict[str, Any]]] = []
    for item in row.get("asks", []):
        asked = {"asked": item}
        found.append((moment(item["at"], ASKED_AT), asked))
        if "answer" in item:
            found.append((moment(item["answer"]["at"], TOLD_AT), {"told": item["answer"], "of": asked}))
    found += [(moment(item["at"], item["time"]), {"answer": item}) for item in row.get("answers", [])]
    return [item for _at, item in sorted(found, key=lambda pair: pair[0])]


def _consent(plan: CarePlan, item: dict[str, Any], county: County) -> None:
    with clock.frozen(moment(item["at"])):
        row = Consent.objects.create(
            person=plan.person, said=item["said"], said_by=item["said_by"], form=item["form"], basis=item.get("basis", ""),
            recorded_by=county.assignment(item["by"]), given_at=clock.now(),
        )  # fmt: skip
        actor = actor_of(county.assignment(item["by"]))
        pairs = {"consent": [None, str(row.get_form_display())]}
        history.enter(plan, actor, history.thing_of(row), row.said_by, "consent", pairs, row.said)


def _answer(plan: CarePlan, item: dict[str, Any], near: dict[str, Relative], county: County) -> None:
    """The version that was answered is the plan as it was at that moment; the history before it is written already."""
    at, yes = moment(item["at"], item["time"]), item["answer"] == "approved"
    actor = _who(plan, item, near, county)
    with clock.frozen(at):
        row = Approval.objects.create(
            plan=plan, number=version_of(plan), answer=item["answer"], words=item["words"], said_by=item["said_by"],
            form=item.get("form", ""), basis=item.get("basis", ""), representative=near.get(item.get("relative", "")),
            at=at, by_name=actor.name, by_label=actor.label, by_kind=actor.kind, assignment_id=actor.assignment_id,
        )  # fmt: skip
        pairs = {"answer": [None, str(row.get_answer_display())]}
        history.enter(plan, actor, history.thing_of(row), "Planen", "approve" if yes else "disagree", pairs, row.words)


def _who(plan: CarePlan, item: dict[str, Any], near: dict[str, Relative], county: County) -> Actor:
    if item.get("by"):
        return actor_of(county.assignment(item["by"]))
    if item.get("relative"):
        return relative_actor(near[item["relative"]])
    person = plan.person
    return Actor(kind="person", name=person.full_name, label=person.full_name, person_id=person.pk)


def relative_actor(relative: Relative) -> Actor:
    """Somebody near as she acts on the own pages."""
    user = relative.user
    found = actors.choices(user) if user else []
    mine = (actor for actor in found if actor.relative_id == relative.pk)
    return next(mine, Actor(kind="relative", name=relative.full_name, label=relative.relation))


def _note(plan: CarePlan, item: dict[str, Any], near: dict[str, Relative]) -> None:
    relative = near[item["relative"]]
    with clock.frozen(moment(item["at"], "19:15")):
        note = RelativeNote.objects.create(plan=plan, relative=relative, words=item["words"], updated_at=clock.now())
        actor = relative_actor(relative)
        pairs = {"words": [None, note.words]}
        history.enter(plan, actor, history.thing_of(note), str(relative), "change", pairs)


def _ask(plan: CarePlan, item: dict[str, Any], made: dict[str, Action], county: County) -> Proposal:
    """Through the services, on the day that it was asked."""
    unit, asker = county.units[item["unit"]], actor_of(county.assignment(item["by"]))
    answer_by, action = day(item["answer_by"]), made.get(item.get("action", ""))
    start = workday(day(item.get("start", "0d")))
    with clock.frozen(moment(item["at"], ASKED_AT)):
        if action is not None:
            ask = asks.ask(asker, action, unit, item["text"], answer_by)
        else:
            new = Action(
                plan=plan, title=item["title"], detail=item["detail"], icon=item["icon"], place="Hemma", starts_on=start,
                rrule=item.get("rrule", ""), time_from=of_day(item["time_from"]), minutes=item["minutes"],
            )  # fmt: skip
            ask = proposals.offer(asker, new, unit, item["text"], answer_by)
        type(ask).objects.filter(pk=ask.pk).update(created_at=clock.now())
    return ask


def _tell(ask: Proposal, told: dict[str, Any], county: County) -> None:
    assert ask.asked_unit is not None
    key = next(key for key, unit in county.units.items() if unit.pk == ask.asked_unit_id)
    with clock.frozen(moment(told["at"], TOLD_AT)):
        proposals.answer(actor_of(county.assignment(told["by"], key)), ask, told["took"], told["words"])

"""Plans, cases and meetings that are over since many years, for the tests of thinning what is shared."""

from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.utils import timezone

from samband.contact.models import Case
from samband.contact.services import cases
from samband.core import clock
from samband.library.models import CheckItem
from samband.meetings.models import AgendaItem, Decision, Meeting, NoteVersion
from samband.meetings.models import Correction as MeetingCorrection
from samband.meetings.services import minutes
from samband.people.models import Assignment
from samband.plans.models import Approval
from samband.plans.services import corrections, editing, lifecycle, notes, proposals
from samband.records.models import ThinningDecision
from samband.records.services import thin
from samband.resources.models import ActionTerms
from tests.contact.worlds import case as put_case
from tests.meetings import worlds as meeting_worlds
from tests.worlds import MARK, World, make_world

ROOT = Path(__file__).resolve().parents[2]
YEAR = timedelta(days=365.25)
RULES = ("contact.closed", "meetings.over", "plans.closed")
SHARED = ("plans.", "contact.Case", "meetings.", "library.CheckItem", "resources.ActionTerms")


def ago(years):
    """The real clock, back: the database's triggers reckon by their own."""
    return clock.frozen(timezone.now() - years * YEAR)


def full_plan(world: World) -> None:
    """Something of every kind under the plan."""
    plan, actor, action = world.plan, world.actor("alice"), world.things["action"]
    editing.change(actor, world.things["goal"], {"words": "Gå ut varje dag, nu också på kvällen"}, 1)
    corrections.correct(actor, world.things["goal"], "words", "struck", "wrong", "Fel person.")
    first = clock.at(clock.today(), clock.local_now().time().replace(hour=9, minute=0, second=0, microsecond=0))
    states = apps.get_model("plans", "OccurrenceState")
    states.objects.create(action=action, original=first, status="done")
    apps.get_model("plans", "Participant").objects.create(action=action, unit=world.units["centre"])
    apps.get_model("plans", "PlanEvent").objects.create(plan=plan, at=clock.now(), title=f"Hem {MARK}")
    apps.get_model("plans", "FollowUp").objects.create(plan=plan, due_on=clock.today(), done_at=clock.now())
    Approval.objects.create(
        plan=plan, answer="approved", said_by="Märit", by_name="Märit", by_kind="person", words=MARK
    )
    proposals.propose(world.actor("gp"), action, f"Senare {MARK}")
    note = notes.own(world.actor("husband"), plan)
    notes.write(world.actor("husband"), plan, f"Jag orkar {MARK}", note.version)
    made = apps.get_model("plans", "Handover").objects.create(
        plan=plan, from_unit=world.units["nursing"], to_unit=world.units["help"], reason="unit", message=MARK,
        on=clock.today(), status="declined", by_name="Alice",
    )  # fmt: skip
    apps.get_model("plans", "HandoverItem").objects.create(handover=made, thing="x", title=MARK)
    CheckItem.objects.create(plan=plan, added_by="Alice", text=MARK, done_at=clock.now())
    ActionTerms.objects.create(action=action)


def meeting_over(world: World) -> Meeting:
    meeting = meeting_worlds.call(world)
    item = AgendaItem.objects.filter(meeting=meeting).first()
    item.outside.set([world.units["school"]])
    NoteVersion.objects.create(item=item, number=1, text=MARK, name="Kim", at=clock.now())
    Decision.objects.create(meeting=meeting, item=item, kind="action", title=MARK, thing="x", name="Kim")
    actor = world.actor("coordinator")
    meeting = minutes.start(actor, meeting)
    meeting = minutes.finish(actor, meeting, f"Vi kom fram till {MARK}", "", "", meeting.version)
    MeetingCorrection.objects.create(
        meeting=meeting, text=MARK, by=meeting_worlds.assignment(world, "coordinator"), name="Kim"
    )
    return meeting


def closed_case(world: World, **more) -> Case:
    case = put_case(world, **more)
    return cases.close(world.actor("alice"), case, "Klart.")


def close_plan(world: World) -> None:
    lifecycle.close(world.actor("alice"), world.plan, "Behövs inte längre.")
    world.plan.refresh_from_db()


def county(years: float = 12, close: bool = True, met: bool = True) -> World:
    """Everything happened so long ago, and is over."""
    with ago(years):
        world = make_world()
        full_plan(world)
        if met:
            world.things["meeting"] = meeting_over(world)
        world.things["case"] = closed_case(world)
        if close:
            close_plan(world)
    return world


def administrator(world: World, unit: str = "nursing"):
    Assignment.objects.filter(staff__user=world.users["administrator"]).update(unit=world.units[unit])
    return world.actor("administrator")


def run(world: World, rule: str, unit: str = "nursing") -> ThinningDecision:
    return thin.carry_out(thin.decide(administrator(world, unit), rule, "Nämnden, dnr 7"))


def run_all(world: World) -> dict[str, ThinningDecision]:
    """In the order that the rules ask for: meetings before their plan. The care centre called; the municipality has the rest."""
    units = {"meetings.over": "centre"}
    return {rule: run(world, rule, units.get(rule, "nursing")) for rule in RULES}


def counts() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.label.startswith(SHARED)]
    through = AgendaItem.outside.through
    return {model._meta.label: model.objects.count() for model in (*models, through)}


def persons(world: World, rule: str, unit: str = "nursing") -> int:
    organization = world.units[unit].organization_id
    return next(one.persons for one in thin.due(organization) if one.rule.key == rule)

"""Cases: opened by anybody, owned until closed. Every step is an event, and in the audit."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samband.contact import rules
from samband.contact.models import Case, CaseEvent, Rota
from samband.contact.rules import escalation
from samband.contact.services import answers
from samband.contact.services import book as books
from samband.core import audit, clock, events, notices, policy
from samband.core.policy import Actor
from samband.people.models import Area, Assignment, Person, Unit

Kind = CaseEvent.Kind


class Refused(Exception):
    """Something could not be done; the sentence says why, and nothing was changed."""


@dataclass(frozen=True)
class Request:
    """What somebody asks for, before it has a home."""

    subject: str
    urgency: str
    body: str = ""
    need: str = "advice"
    reach: str = "phone"
    phone: str = ""
    language: str = "sv"
    sender_name: str = ""
    only_sender: bool = False
    about: str = ""
    circumstance: str = ""


@transaction.atomic
def open_case(actor: Actor, asked: Request, person: Person | None = None, area: Area | None = None) -> Case:
    """A request becomes a case with whoever answers the need now, or with the first who will (never with nobody)."""
    rule = _may_open(actor, person)
    unit, assignment, answered = home_for(actor, asked.need, person, area)
    case = Case(
        **{field: getattr(asked, field) for field in Request.__dataclass_fields__},
        person=person,
        area=area or (person.area if person else None),
        unit=unit,
        to_assignment=assignment,
        answered_by=answered.who if answered else "",
        answered_number=answered.number if answered else "",
        opened_at=clock.now(),
        **_sender(actor),
    )
    _keep(case)
    event(case, Kind.OPENED, actor, unit=unit)
    audit.record(actor, "case.open", person=person, thing=case, rule=rule, unit=unit.name)
    events.publish("contact.case_opened", case=case, actor=actor)
    return case


def _may_open(actor: Actor, person: Person | None) -> str:
    if actor.kind == "staff":
        return policy.require(actor, "case.create", person).rule
    decision = policy.require(actor, "case.own")
    if person is None or person.pk != actor.person_id:
        raise policy.Denied(policy.CLOSED, hidden=True)
    return decision.rule


def _sender(actor: Actor) -> dict:
    if actor.kind == "staff":
        return {"sender_kind": Case.Sender.STAFF, "sender_staff_id": actor.assignment_id}
    if actor.kind == "relative":
        return {"sender_kind": Case.Sender.RELATIVE, "sender_relative_id": actor.relative_id}
    return {"sender_kind": Case.Sender.PERSON}


def home_for(
    actor: Actor, need: str, person: Person | None, area: Area | None
) -> tuple[Unit, Assignment | None, answers.Spoken | None]:
    """The unit (and the one on call) that gets a new case: who answers now, who answers next, who ever does, the sender."""
    found = answers.resolve_person(person, need) if person else answers.resolve_area(area, need) if area else None
    for answer in (found, found.after if found else None):
        if isinstance(answer, rules.Answer) and answer.unit_key:
            spoken = answers.speak(answer)
            on_call = Assignment.objects.filter(pk=answer.line.assignment or 0).first() if answer is found else None
            return Unit.objects.get(pk=answer.unit_key), on_call, spoken
    areas = books.place_of_person(person).areas if person else books.place_of(area).areas if area else ()
    open_units = Unit.objects.filter(closed_from__isnull=True)
    rota = (
        Rota.objects.filter(areas__in=areas, need__in=(need, "advice"), unit__in=open_units)
        .order_by("order", "id")
        .first()
    )
    if rota is not None:
        return rota.unit, None, None
    if actor.unit_id:
        return Unit.objects.get(pk=actor.unit_id), None, None
    known = open_units.filter(relations__person=person).order_by("id").first() if person else None
    if known is None:
        raise Refused(
            _("Ingen enhet tar emot det här ännu. Ring 1177, de svarar dygnet runt. Vid fara för livet: 112.")
        )
    return known, None, None


def event(
    case: Case, kind: str, actor: Actor | None, text: str = "", shown: bool = True, unit: Unit | None = None
) -> CaseEvent:
    """One more line in the case's story. Without an actor it was the clock."""
    return CaseEvent.objects.create(
        case=case,
        at=clock.now(),
        kind=kind,
        name=actor.name if actor else "",
        label=actor.label if actor else "",
        assignment_id=actor.assignment_id if actor else None,
        unit=unit,
        text=text,
        shown=shown,
    )


def state_of(case: Case) -> escalation.State:
    """The case as the pure rule sees it."""
    return escalation.State(
        escalation.Urgency(case.urgency), case.opened_at, case.owner_id is not None, case.handed_at, case.promised_at,
        case.level, case.level_at, not case.open,
    )  # fmt: skip


def _keep(case: Case) -> None:
    """Save with the next moment at which the clock looks at it."""
    case.due_at = escalation.due(state_of(case), settings.CONTACT_TIMES)
    case.version += 1
    case.save()


def _locked(case: Case) -> Case:
    """The row as it is now, held until the change is done: two who take it at once cannot both get it."""
    return (
        Case.objects.select_for_update(of=("self",))
        .select_related("person", "unit", "owner__staff", "handed_unit")
        .get(pk=case.pk)
    )


def _work(actor: Actor, case: Case, closed_too: bool = False) -> Case:
    case = _locked(case)
    policy.require(actor, "case.work", case)
    if not case.open and not closed_too:
        raise Refused(_("Ärendet är avslutat. Öppna det igen först."))
    return case


def _done(actor: Actor, case: Case, action: str, **detail) -> Case:
    _keep(case)
    rule = policy.decide(actor, "case.work", case).rule
    audit.record(actor, f"case.{action}", person=case.person_id, thing=case, rule=rule, **detail)
    notices.dealt_with(case, actor)
    return case


def _calm(case: Case) -> None:
    """Somebody did something: the steps begin from the start."""
    case.level, case.level_at = 0, None


@transaction.atomic
def take(actor: Actor, case: Case) -> Case:
    """I have it. What was on its way to my unit is received by it (a hand-over's receipt)."""
    case = _work(actor, case)
    if case.owner_id and case.owner_id != actor.assignment_id and not case.handed_at:
        raise Refused(_("%(name)s har redan ärendet.") % {"name": case.owner.staff.full_name if case.owner else ""})
    if case.handed_at:
        return receive(actor, case)
    case.owner_id = actor.assignment_id
    _calm(case)
    event(case, Kind.TAKEN, actor)
    return _done(actor, case, "take")


@transaction.atomic
def hand_over(actor: Actor, case: Case, unit: Unit, to: Assignment | None = None, text: str = "") -> Case:
    """To another unit, or to a named person there. The giver has the case until the other says that it is received."""
    case = _work(actor, case)
    if unit.closed_from and unit.closed_from <= clock.today():
        raise Refused(_("%(unit)s är nedlagd. Välj en annan enhet.") % {"unit": unit.name})
    if to is not None and to.unit_id != unit.pk:
        raise Refused(_("Den du valde arbetar inte på enheten."))
    if to is None and unit.pk == case.unit_id:
        raise Refused(_("Enheten har redan ärendet. Välj en person där, eller en annan enhet."))
    case.handed_unit, case.handed_to, case.handed_at = unit, to, clock.now()
    _calm(case)
    event(case, Kind.HANDED, actor, text, unit=unit)
    case = _done(actor, case, "hand_over", unit=unit.name)
    events.publish("contact.case_handed", case=case, actor=actor)
    return case


@transaction.atomic
def receive(actor: Actor, case: Case) -> Case:
    """The receipt: from now on the case is the receiver's."""
    case = _work(actor, case)
    if not case.handed_at:
        raise Refused(_("Ingen överlämning väntar."))
    if not _receiver(actor, case):
        raise Refused(_("Det är den andra enheten som tar emot."))
    case.unit_id = case.handed_unit_id or case.unit_id
    case.owner_id, case.to_assignment_id = actor.assignment_id, None
    case.handed_unit = case.handed_to = case.handed_at = None
    _calm(case)
    event(case, Kind.RECEIVED, actor, unit=case.unit)
    return _done(actor, case, "receive")


@transaction.atomic
def give_back(actor: Actor, case: Case, text: str) -> Case:
    """Not ours: back to the giver, with the reason."""
    case = _work(actor, case)
    if not case.handed_at or not _receiver(actor, case):
        raise Refused(_("Ingen överlämning till er väntar."))
    if not text.strip():
        raise Refused(_("Skriv varför ni lämnar tillbaka det."))
    case.handed_unit = case.handed_to = case.handed_at = None
    event(case, Kind.RETURNED, actor, text.strip())
    rule = policy.decide(actor, "case.work", case).rule
    _calm(case)
    _keep(case)
    audit.record(actor, "case.give_back", person=case.person_id, thing=case, rule=rule)
    return case


def _receiver(actor: Actor, case: Case) -> bool:
    if case.handed_to_id:
        return case.handed_to_id == actor.assignment_id or (
            case.handed_unit_id in actor.unit_ids and case.handed_unit_id != case.unit_id
        )
    return case.handed_unit_id in actor.unit_ids


@transaction.atomic
def reply(actor: Actor, case: Case, text: str, shown: bool = True) -> Case:
    """An answer that the sender sees, or a note for the unit. Whoever answers a case that nobody has takes it."""
    case = _work(actor, case)
    if not text.strip():
        raise Refused(_("Skriv svaret först."))
    if shown and case.owner_id is None and not case.handed_at:
        case.owner_id = actor.assignment_id
        event(case, Kind.TAKEN, actor)
    event(case, Kind.REPLIED if shown else Kind.NOTE, actor, text.strip(), shown)
    _calm(case)
    case = _done(actor, case, "reply" if shown else "note")
    events.publish("contact.case_answered", case=case, actor=actor, shown=shown)
    return case


@transaction.atomic
def promise(actor: Actor, case: Case, at: datetime) -> Case:
    """The sender is told when; the clock holds the unit to it."""
    case = _work(actor, case)
    if at <= clock.now():
        raise Refused(_("Tiden har redan gått. Lova en tid som kommer."))
    case.promised_at = at
    _calm(case)
    event(case, Kind.PROMISED, actor, at.isoformat())
    return _done(actor, case, "promise")


@transaction.atomic
def close(actor: Actor, case: Case, how: str) -> Case:
    """Done, with what came of it. A case that is on its way to somebody is not closed."""
    case = _work(actor, case)
    if case.handed_at:
        raise Refused(_("Ärendet är på väg till en annan enhet. Vänta på kvittensen, eller be dem lämna tillbaka det."))
    if not how.strip():
        raise Refused(_("Skriv hur det gick, så att den som frågade får veta."))
    case.closed_at, case.closed_how = clock.now(), how.strip()[:300]
    event(case, Kind.CLOSED, actor, how.strip())
    case = _done(actor, case, "close")
    events.publish("contact.case_closed", case=case, actor=actor)
    return case


@transaction.atomic
def reopen(actor: Actor, case: Case, text: str = "") -> Case:
    """It was not done after all: by the unit, or by whoever asked."""
    case = _locked(case)
    action = "case.work" if actor.kind == "staff" else "case.own"
    rule = policy.require(actor, action, case).rule
    if case.open:
        return case
    case.closed_at, case.closed_how, case.opened_at = None, "", clock.now()
    case.promised_at, case.owner_id = None, case.owner_id if actor.kind == "staff" else None
    _calm(case)
    event(case, Kind.REOPENED, actor, text.strip())
    _keep(case)
    audit.record(actor, "case.reopen", person=case.person_id, thing=case, rule=rule)
    return case


@transaction.atomic
def add(actor: Actor, case: Case, text: str) -> Case:
    """The sender writes more. A closed case opens again."""
    rule = policy.require(actor, "case.own", case).rule
    if not text.strip():
        raise Refused(_("Skriv något först."))
    if not case.open:
        return reopen(actor, case, text)
    case = _locked(case)
    event(case, Kind.ADDED, actor, text.strip())
    _keep(case)
    audit.record(actor, "case.add", person=case.person_id, thing=case, rule=rule)
    return case


CLOCK_WORDS = {
    escalation.Step.REMIND: gettext_noop("Ingen hade svarat i tid. Enheten påmindes."),
    escalation.Step.ON_CALL: gettext_noop("Fortfarande inget svar. Ärendet lades hos den som svarar nu."),
    escalation.Step.COORDINATOR: gettext_noop("Fortfarande inget svar. Samordnarna ser det först på läget."),
}


def escalate_due() -> int:
    """The worker's turn: every case whose moment has come takes one step. Running twice does nothing twice."""
    done = 0
    rows = Case.objects.filter(closed_at__isnull=True, due_at__lte=clock.now()).order_by("due_at")
    for pk in list(rows.values_list("pk", flat=True)[:500]):
        done += _escalate(pk)
    return done


@transaction.atomic
def _escalate(pk: int) -> int:
    case = Case.objects.select_for_update(of=("self",)).select_related("person__area", "area", "unit").get(pk=pk)
    taken = escalation.step(state_of(case), clock.now(), settings.CONTACT_TIMES)
    if taken is None:
        _keep(case)
        return 0
    step, after = taken
    case.level, case.level_at = after.level, after.since
    unit = None
    if step == escalation.Step.ON_CALL and not case.owner_id:
        unit = _give_to_on_call(case)
    event(case, Kind.ESCALATED, None, CLOCK_WORDS[step], unit=unit)
    _keep(case)
    audit.record(CLOCK, "case.escalate", person=case.person_id, thing=case, step=str(step))
    events.publish("contact.case_escalated", case=case, step=str(step))
    return 1


def _give_to_on_call(case: Case) -> Unit | None:
    """The one who answers the need now gets it to receive; the unit keeps it until then."""
    found = answers.resolve_case(case.person, case.area, case.need)
    if not isinstance(found, rules.Answer) or not found.unit_key:
        return None
    if found.unit_key == case.unit_id:
        case.to_assignment_id = found.line.assignment
        return case.unit
    case.handed_unit_id, case.handed_to_id = found.unit_key, found.line.assignment
    case.handed_at = clock.now()
    return Unit.objects.get(pk=found.unit_key)


CLOCK = Actor(name="Samband", label="klockan")

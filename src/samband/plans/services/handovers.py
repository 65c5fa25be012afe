"""A hand-over from one unit to another, which must be accepted: until then the first is responsible, and all see it.

The new unit becomes a party only as the person agreed (P1): what was said, by whom, in which form. What it accepts is its
own from the day agreed; what it declines stays, with the reason. When everything is taken over and the first unit leaves,
its care relation ends and with it its reading (P2).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from samband.access.models import CareRelation, Party
from samband.access.services.facts import forget
from samband.core import audit, clock, policy, text
from samband.core.policy import Actor
from samband.people.models import Assignment, ContactRole, Unit
from samband.people.models.staff import current
from samband.people.services import contacts
from samband.plans import notices
from samband.plans.models import Action, CarePlan, FollowUp, Handover, HandoverItem, Situation
from samband.plans.services import history
from samband.plans.services.corrections import part_of
from samband.plans.services.editing import lock, settle
from samband.plans.services.lifecycle import LIVE, Scope
from samband.plans.services.parties import join
from samband.plans.services.writing import write

Status, ItemStatus = Handover.Status, HandoverItem.Status
CONTACT = "people.contactrole:"


@dataclass(frozen=True)
class Offer:
    """Something that a unit can hand over."""

    thing: str
    title: str


@dataclass(frozen=True)
class Said:
    """What the person said about the new party (P1)."""

    said: str = ""
    said_by: str = ""
    form: str = Party.Form.SPOKEN


@dataclass(frozen=True)
class Answer:
    """The answer to one thing: yes with who takes it, or no with why."""

    yes: bool
    assignment: Assignment | None = None
    reason: str = ""


def offers(plan: CarePlan, unit: Unit) -> list[Offer]:
    """What the unit has in the plan: actions, calls in situations, follow-ups, contact roles."""
    found = [
        Offer(history.thing_of(a), a.title) for a in plan.actions.filter(by=Action.By.UNIT, unit=unit, status__in=LIVE)
    ]
    calls = plan.situations.filter(Q(call_unit=unit) | Q(then_unit=unit), ended_on__isnull=True)
    found += [Offer(history.thing_of(s), _("Svarar om: ”%(what)s”") % {"what": s.trigger}) for s in calls]
    held = plan.follow_ups.filter(done_at__isnull=True, responsible__unit=unit)
    found += [Offer(history.thing_of(f), _("Uppföljningen %(day)s") % {"day": text.short_date(f.due_on)}) for f in held]
    roles = plan.person.contacts.filter(current(), assignment__unit=unit).select_related("assignment__staff")
    found += [Offer(f"{CONTACT}{r.public_id}", f"{r.get_kind_display()} ({r.assignment.staff})") for r in roles]
    return found


def ask(
    actor: Actor, plan: CarePlan, from_unit: Unit, to_unit: Unit, reason: str, message: str, on: date | None,
    things: Iterable[str], leaves: bool = True, said: Said | None = None,
) -> Handover:  # fmt: skip
    """Ask `to_unit` to take over. It becomes a party first, as the person agreed (P1), if it is none yet."""
    with transaction.atomic():
        plan = lock(plan)
        decision = policy.require(actor, "handover.ask", plan)
        offered = {offer.thing: offer.title for offer in offers(plan, from_unit)}
        chosen = [thing for thing in dict.fromkeys(things) if thing in offered]
        _sound(actor, plan, from_unit, to_unit, reason, message, on, chosen)
        if not Party.objects.filter(person_id=plan.person_id, unit=to_unit, withdrawn_at__isnull=True).exists():
            told = said or Said()
            policy.require(actor, "parties.edit", plan.person)
            party = join(actor, plan.person, to_unit, told.said, told.said_by, told.form)
            pair = {"party": [None, to_unit.name]}
            history.enter(plan, actor, history.thing_of(party), to_unit.name, "party", pair, told.said)
        row = Handover.objects.create(
            plan=plan, from_unit=from_unit, to_unit=to_unit, reason=reason, message=message.strip(), on=on or clock.today(),
            leaves=leaves, asked_by_id=actor.assignment_id, by_name=actor.name, by_label=actor.label,
        )  # fmt: skip
        HandoverItem.objects.bulk_create(
            [HandoverItem(handover=row, thing=thing, title=offered[thing][:200]) for thing in chosen]
        )
        _enter(plan, actor, row, "asked", message)
        audit.record(actor, "handover.ask", person=plan.person_id, thing=row, rule=decision.rule, to=to_unit.name)
        forget(actor, plan.person_id)
        notices.of_handover(notices.ASKED, row, [to_unit.pk], to_person=True)
        settle(plan)
    return row


def _sound(
    actor: Actor,
    plan: CarePlan,
    from_unit: Unit,
    to_unit: Unit,
    reason: str,
    message: str,
    on: date | None,
    chosen: list[str],
) -> None:
    if plan.status == CarePlan.Status.CLOSED:
        raise ValidationError(_("Planen är avslutad och går inte att ändra. Öppna den igen först."))
    problems = _sound_units(actor, plan, from_unit, to_unit, on)
    if reason not in Handover.Reason.values:
        problems["reason"] = _("Välj varför.")
    if not message.strip():
        problems["message"] = _("Skriv vad den som tar över behöver veta.")
    if on is not None and on < clock.today():
        problems["on"] = _("Dagen har redan varit. Välj en dag från och med i dag.")
    if not chosen:
        problems["things"] = _("Välj minst en sak att lämna över.")
    if problems:
        raise ValidationError(problems)


def _sound_units(actor: Actor, plan: CarePlan, from_unit: Unit, to_unit: Unit, on: date | None) -> dict[str, str]:
    """From one's own unit (P3), to another that is open and within care (P5), and not asked already."""
    problems: dict[str, str] = {}
    if from_unit.pk not in actor.unit_ids:
        problems["from_unit"] = _("Bara den egna enhetens insatser går att lämna över (P3).")
    if from_unit.pk == to_unit.pk:
        problems["to_unit"] = _("Välj en annan enhet än er egen.")
    elif to_unit.closed_from and to_unit.closed_from <= (on or clock.today()):
        problems["to_unit"] = _("%(unit)s är nedlagd.") % {"unit": to_unit.name}
    elif to_unit.organization.kind == "outside":
        problems["to_unit"] = _("En part utanför vård och omsorg kan inte ta över insatser (P5).")
    elif plan.handovers.filter(from_unit=from_unit, to_unit=to_unit, status=Status.WAITING).exists():
        problems["to_unit"] = _("%(unit)s har redan fått frågan och har inte svarat än.") % {"unit": to_unit.name}
    return problems


def answer(actor: Actor, handover: Handover, answers: Mapping[str, Answer], words: str = "") -> Handover:
    """The other unit takes over what it says yes to, from the day agreed. `answers` by thing; what is not said is no."""
    with transaction.atomic():
        plan = lock(handover.plan)
        row = (
            Handover.objects.select_for_update(of=("self",)).select_related("from_unit", "to_unit").get(pk=handover.pk)
        )
        decision = policy.require(actor, "handover.answer", row)
        _still_open(row)
        items = list(row.items.all())
        _sound_answer(row, items, answers)
        for item in items:
            given = answers.get(item.thing, Answer(False))
            item.status = ItemStatus.ACCEPTED if given.yes else ItemStatus.DECLINED
            item.to_assignment = given.assignment if given.yes else None
            item.reason = "" if given.yes else given.reason.strip()[:300]
            item.save()
        taken = sum(item.status == ItemStatus.ACCEPTED for item in items)
        row.status = Status.ACCEPTED if taken == len(items) else Status.PARTLY if taken else Status.DECLINED
        row.answered_at, row.answered_by_id, row.answer_name = clock.now(), actor.assignment_id, actor.name
        row.answer = words.strip()[:300]
        row.save()
        _enter(plan, actor, row, row.status, words)
        audit.record(
            actor,
            "handover.answer",
            person=plan.person_id,
            thing=row,
            rule=decision.rule,
            answer=row.status,
            taken=taken,
        )
        for item in items:
            if item.status == ItemStatus.ACCEPTED and item.thing.startswith(CONTACT):
                _contact(actor, plan, row, item)
        notices.of_handover(notices.ANSWERED, row, [row.from_unit_id], to_person=True)
        if row.status == Status.DECLINED:
            Handover.objects.filter(pk=row.pk).update(done_at=clock.now())
        elif row.on <= clock.today():
            _carry_out(actor, plan, row, items)
        settle(plan)
    row.refresh_from_db()
    return row


def _still_open(row: Handover) -> None:
    if row.status == Status.WITHDRAWN:
        raise ValidationError(_("Överlämningen är återtagen."))
    if row.status != Status.WAITING:
        raise ValidationError(_("Överlämningen är redan besvarad."))


def _sound_answer(row: Handover, items: list[HandoverItem], answers: Mapping[str, Answer]) -> None:
    problems: list[str] = []
    for item in items:
        given = answers.get(item.thing, Answer(False))
        if given.yes and item.thing.startswith(CONTACT) and given.assignment is None:
            problems.append(_("%(what)s: välj vem hos er som blir kontakt.") % {"what": item.title})
        if given.yes and given.assignment and given.assignment.unit_id != row.to_unit_id:
            problems.append(_("%(name)s arbetar inte på den enheten.") % {"name": given.assignment.staff})
        if not given.yes and not given.reason.strip():
            problems.append(_("%(what)s: skriv varför ni inte tar över det.") % {"what": item.title})
    if problems:
        raise ValidationError(problems)


def _contact(actor: Actor, plan: CarePlan, row: Handover, item: HandoverItem) -> None:
    """The contact role passes on the day agreed; the one who has it keeps it until the day before (A13)."""
    role = ContactRole.objects.filter(public_id=item.thing.partition(":")[2]).first()
    if role is None or item.to_assignment is None or (role.ends_on and role.ends_on < row.on):
        return
    try:
        contacts.appoint(actor, plan.person, role.kind, item.to_assignment, row.on, end_previous=True)
    except contacts.NotSuitable as no:
        raise ValidationError(no.reason) from no
    except contacts.Overlap as other:
        said = _("%(what)s: någon annan har redan utsetts. Ändra kontakten på personens sida.") % {"what": item.title}
        raise ValidationError(said) from other
    pair = {"party": [str(role.assignment.staff), str(item.to_assignment.staff)]}
    history.enter(plan, actor, f"people.person:{plan.person.public_id}", role.get_kind_display(), "contact", pair)


def _carry_out(actor: Actor, plan: CarePlan, row: Handover, items: list[HandoverItem]) -> None:
    """On its day: what was accepted becomes the other unit's. What has changed hands in between is left alone."""
    why = _("Överlämnat från %(one)s till %(other)s") % {"one": row.from_unit, "other": row.to_unit}
    for item in items:
        if item.status != ItemStatus.ACCEPTED or item.thing.startswith(CONTACT):
            continue
        part = part_of(plan, item.thing)
        values = _values(part, row, item)
        if values:
            write(plan, actor, part, values, "handover", why)
    if row.leaves and row.status == Status.ACCEPTED:
        _leave(plan, actor, row)
    Handover.objects.filter(pk=row.pk).update(done_at=clock.now())


def _values(part: Any, row: Handover, item: HandoverItem) -> dict[str, Any]:
    if isinstance(part, Action) and part.by == Action.By.UNIT and part.unit_id == row.from_unit_id:
        return {"unit": row.to_unit, "assignment": item.to_assignment}
    if isinstance(part, FollowUp) and part.responsible and part.responsible.unit_id == row.from_unit_id:
        return {"responsible": item.to_assignment}
    if isinstance(part, Situation):
        found = {n: row.to_unit for n in ("call_unit", "then_unit") if getattr(part, f"{n}_id") == row.from_unit_id}
        ends_equal = found.get("call_unit", part.call_unit) == found.get("then_unit", part.then_unit)
        return {**found, "then_unit": None} if found and ends_equal else found
    return {}


def _leave(plan: CarePlan, actor: Actor, row: Handover) -> None:
    """The first unit takes no part any more: its care relation ends, and its reading with it. What it wrote stays."""
    last = row.on - timedelta(days=1)
    for relation in CareRelation.objects.filter(current(), person_id=plan.person_id, unit_id=row.from_unit_id):
        relation.ends_on = max(last, relation.starts_on)
        relation.save(update_fields=["ends_on"])
        audit.record(actor, "relation.end", person=plan.person_id, thing=relation, rule="P2")
    for party in Party.objects.filter(person_id=plan.person_id, unit_id=row.from_unit_id, withdrawn_at__isnull=True):
        party.withdrawn_at = clock.now()
        party.withdrawn_said = _("Lämnade över till %(unit)s.") % {"unit": row.to_unit}
        party.save(update_fields=["withdrawn_at", "withdrawn_said"])
        pair = {"party": [row.from_unit.name, None]}
        history.enter(plan, actor, history.thing_of(party), row.from_unit.name, "withdraw", pair, party.withdrawn_said)
    forget(actor, plan.person_id)


def withdraw(actor: Actor, handover: Handover, why: str) -> Handover:
    """The asking unit takes the question back before it is answered."""
    if not why.strip():
        raise ValidationError({"why": _("Skriv varför, så att alla förstår.")})
    with transaction.atomic():
        plan = lock(handover.plan)
        row = (
            Handover.objects.select_for_update(of=("self",)).select_related("from_unit", "to_unit").get(pk=handover.pk)
        )
        decision = policy.require(actor, "handover.withdraw", row)
        _still_open(row)
        row.status, row.answered_at, row.answer, row.done_at = (
            Status.WITHDRAWN,
            clock.now(),
            why.strip()[:300],
            clock.now(),
        )
        row.answer_name, row.answered_by_id = actor.name, actor.assignment_id
        row.save()
        _enter(plan, actor, row, "withdrawn", why)
        audit.record(actor, "handover.withdraw", person=plan.person_id, thing=row, rule=decision.rule)
        notices.of_handover(notices.ANSWERED, row, [row.to_unit_id])
    return row


def _enter(plan: CarePlan, actor: Actor, row: Handover, what: str, why: str) -> None:
    """A line of history about the hand-over itself; it writes no field of the plan."""
    history.enter(plan, actor, history.thing_of(row), str(row), "handed", {"handover": [None, what]}, why)


def carry_out_due() -> int:
    """Duty: what was accepted for a later day passes on that day. Safe to run twice."""
    due = Handover.objects.filter(
        done_at__isnull=True, status__in=(Status.ACCEPTED, Status.PARTLY), on__lte=clock.today()
    ).values_list("pk", flat=True)
    return sum(_on_its_day(pk) for pk in list(due))


@transaction.atomic
def _on_its_day(pk: int) -> int:
    row = (
        Handover.objects.select_for_update(of=("self",))
        .select_related("from_unit", "to_unit", "answered_by__staff")
        .get(pk=pk)
    )
    if row.done_at is not None:
        return 0
    plan = lock(row.plan)
    if plan.status == CarePlan.Status.CLOSED:
        Handover.objects.filter(pk=pk).update(done_at=clock.now())
        return 0
    label = f"{row.answered_by.title}, {row.to_unit}" if row.answered_by else str(row.to_unit)
    actor = Actor(name=row.answer_name, label=label, assignment_id=row.answered_by_id)
    _carry_out(actor, plan, row, list(row.items.select_related("to_assignment")))
    settle(plan)
    return 1


def remind() -> int:
    """Duty: a hand-over that nobody has answered for three days is told again, to both. Told once for each."""
    late = Handover.objects.filter(status=Status.WAITING, asked_at__lt=clock.now() - notices.UNANSWERED_AFTER)
    for row in late.select_related("plan"):
        once = f"unanswered:{row.public_id}"
        notices.of_handover(notices.UNANSWERED, row, [row.from_unit_id, row.to_unit_id], once=once)
    return len(late)


def unanswered(scope: Scope) -> QuerySet[Handover]:
    """Hand-overs that wait for an answer, the oldest first; `person_pk` and `since` as the board's lists want them."""
    rows = Handover.objects.filter(status=Status.WAITING).exclude(plan__status=CarePlan.Status.CLOSED)
    return (
        scope.of(rows, "plan__person__")
        .annotate(person_pk=F("plan__person_id"), since=F("asked_at"))
        .order_by("asked_at", "pk")
    )


def waiting_for(actor: Actor) -> QuerySet[Handover]:
    """Hand-overs that this reader's units have asked for or are asked about, the oldest first."""
    rows = policy.scoped(actor, "handover.read", Handover.objects.filter(status=Status.WAITING))
    mine = Q(to_unit_id__in=actor.unit_ids) | Q(from_unit_id__in=actor.unit_ids)
    return rows.filter(mine).select_related("from_unit", "to_unit", "plan__person").order_by("asked_at", "pk")


def of_plan(plan: CarePlan) -> list[Handover]:
    """Those that wait, and those that were answered and whose day has not come, or lately: what everyone sees."""
    month = clock.now() - timedelta(days=30)
    rows = plan.handovers.filter(Q(status=Status.WAITING) | Q(done_at__isnull=True) | Q(answered_at__gte=month))
    return list(rows.exclude(status=Status.WITHDRAWN).select_related("from_unit", "to_unit").prefetch_related("items"))

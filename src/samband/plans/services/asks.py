"""Asking a unit to take an action (P3). Nobody is given an action without a yes; no answer and a no are seen by all.

An ask is a Proposal of the kind `take` (services/proposals answers it). An own unit's action is accepted by being written.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from samband.access.models import Party
from samband.core import audit, clock, events, policy, text
from samband.core.policy import Actor
from samband.people.models import Organization, Unit
from samband.plans.models import Action, CarePlan, Proposal
from samband.plans.services import history, telling
from samband.plans.services.editing import change, lock

Kind = Proposal.Kind
Status = Proposal.Status
OWNERSHIP = ("by", "unit", "assignment", "relative")


def default_day() -> date:
    """The day by which an answer is wanted, where nobody says another (par)."""
    return clock.today() + timedelta(days=settings.ASK_ANSWER_DAYS)


def needs_yes(actor: Actor, action: Action, unit: Unit | None) -> bool:
    """Whether `unit` must be asked before it has the action: it is another's, and does not have it already."""
    if unit is None or (action.pk and action.by == Action.By.UNIT and action.unit_id == unit.pk):
        return False
    return not (unit.pk in actor.unit_ids and unit.organization_id == actor.organization_id)


def ask(actor: Actor, action: Action, unit: Unit, words: str, answer_by: date | None = None) -> Proposal:
    """Ask `unit` to take the action. A question that waits with another unit is taken back. Raises ValidationError."""
    words, answer_by = words.strip(), answer_by or default_day()
    _check(action, unit, words, answer_by)
    with transaction.atomic():
        plan = lock(action.plan)
        decision = policy.require(actor, "action.edit", action)
        for other in Proposal.objects.filter(action=action, status=Status.OPEN, kind=Kind.TAKE):
            if other.asked_unit_id == unit.pk:
                raise ValidationError({"unit": _("%(unit)s har redan frågan.") % {"unit": unit.name}})
            _close(other, actor, _("Frågan gick till %(unit)s i stället.") % {"unit": unit.name})
        pairs: dict[str, list[Any]] = {"by": [action.by, "unit"]}
        pairs["unit"] = [history.plain(history.field_of(Action, "unit"), u) for u in (action.unit, unit)]
        made = Proposal.objects.create(
            action=action, kind=Kind.TAKE, changes=pairs, text=words[:2000], asked_unit=unit, answer_by=answer_by, by_name=actor.name,
            by_label=actor.label, assignment_id=actor.assignment_id, created_at=clock.now(),
        )  # fmt: skip
        asked_pair = {"asked": [None, unit.name], "answer_by": [None, answer_by.isoformat()]}
        history.enter(plan, actor, history.thing_of(action), action.title, "ask", asked_pair, words)
        audit.record(actor, "action.ask", person=plan.person_id, thing=action, rule=decision.rule, unit=unit.pk)
        events.publish("plan.asked", ask=made)
        telling.asked(made)
    return made


def _check(action: Action, unit: Unit, words: str, answer_by: date) -> None:
    problems: dict[str, Any] = {}
    if not words:
        problems["text"] = _("Skriv vad du frågar om.")
    if answer_by < clock.today():
        problems["answer_by"] = _("Dagen har redan varit. Välj en dag från och med i dag.")
    if action.by == Action.By.UNIT and action.unit_id == unit.pk:
        problems["unit"] = _("%(unit)s har redan insatsen.") % {"unit": unit.name}
    elif not Party.objects.filter(unit=unit, person_id=action.plan.person_id, withdrawn_at__isnull=True).exists():
        problems["unit"] = _("Enheten är inte part i planen. Lägg till den som part först, med personens ja.")
    elif unit.organization.kind == Organization.Kind.OUTSIDE and not action.shared_outside:
        problems["unit"] = _(
            "%(unit)s är utanför vård och omsorg. Fråga personen om enheten får se insatsen, och kryssa i det på insatsen först."
        ) % {"unit": unit.name}
    if action.status not in (Action.Status.ACTIVE, Action.Status.PAUSED):
        problems["__all__"] = _("Insatsen är över. Det finns inget att fråga om.")
    if problems:
        raise ValidationError(problems)


def give(
    actor: Actor, action: Action, changes: dict[str, Any], version: int, why: str = "", answer_by: date | None = None
) -> Proposal:
    """Save an edit that gives the action to another unit: the rest is changed, the unit is asked."""
    unit = changes["unit"]
    rest = {name: value for name, value in changes.items() if name not in OWNERSHIP}
    with transaction.atomic():
        changed = change(actor, action, rest, version, why)
        assert isinstance(changed, Action)
        return ask(actor, changed, unit, why or question(unit), answer_by)


def question(unit: Unit) -> str:
    """The words where the one who asks writes none."""
    return _("Kan %(unit)s ta den här insatsen?") % {"unit": unit.name}


def hand_back(actor: Actor, action: Action, words: str) -> Proposal:
    """The unit that has the action gives it back with a reason; nobody has it until somebody is asked and says yes."""
    words = words.strip()
    if not words:
        raise ValidationError({"words": _("Skriv varför ni lämnar tillbaka insatsen.")})
    with transaction.atomic():
        plan = lock(action.plan)
        action = Action.objects.select_related("unit__organization", "plan").get(pk=action.pk)
        decision = policy.require(actor, "action.edit", action)
        if action.by != Action.By.UNIT or action.unit is None:
            raise ValidationError(_("Ingen enhet har insatsen nu."))
        unit = action.unit
        made = (
            Proposal.objects.filter(action=action, kind=Kind.TAKE, asked_unit=unit, status=Status.ACCEPTED).first()
            or Proposal(action=action, kind=Kind.TAKE, asked_unit=unit, text=question(unit), by_name=actor.name, by_label=actor.label)
        )  # fmt: skip
        change(actor, action, {"by": Action.By.NOBODY, "unit": None, "assignment": None}, action.version, words[:300])
        made.status, made.answer, made.answered_at = Status.RETURNED, words[:300], clock.now()
        made.answered_by_id = actor.assignment_id
        made.save()
        history.enter(
            plan, actor, history.thing_of(action), action.title, "return", {"asked": [unit.name, None]}, words
        )
        audit.record(actor, "action.return", person=plan.person_id, thing=action, rule=decision.rule, unit=unit.pk)
        events.publish("plan.proposal_answered", proposal=made)
        telling.answered(made)
    return made


def take_back(actor: Actor, proposal: Proposal) -> Proposal:
    """The question is taken back by those who may give the action away."""
    with transaction.atomic():
        plan = lock(proposal.action.plan)
        decision = policy.require(actor, "action.edit", proposal.action)
        fresh = Proposal.objects.select_related("action", "asked_unit").get(pk=proposal.pk)
        if fresh.status != Status.OPEN:
            raise ValidationError(_("Frågan är redan besvarad."))
        _close(fresh, actor, "")
        action = fresh.action
        history.enter(
            plan, actor, history.thing_of(action), action.title, "unask", {"asked": [str(fresh.asked_unit), None]}
        )
        audit.record(actor, "action.ask", person=plan.person_id, thing=action, rule=decision.rule, taken_back=True)
    return fresh


def _close(row: Proposal, actor: Actor, words: str) -> None:
    row.status, row.answer, row.answered_at = Status.WITHDRAWN, words[:300], clock.now()
    row.answered_by_id = actor.assignment_id
    row.save()


def close_for(plan: CarePlan, units: list[int]) -> None:
    """P6: a unit that is no longer a party is asked nothing more."""
    Proposal.objects.filter(action__plan=plan, asked_unit_id__in=units, status=Status.OPEN).update(
        status=Status.WITHDRAWN, answer=_("Enheten är inte längre part i planen."), answered_at=clock.now()
    )


# What waits, in queries. `rows` are Proposals that the reader may see: scope them first (policy.scoped, board Scope.of).

LIVE = Q(action__status__in=(Action.Status.ACTIVE, Action.Status.PAUSED)) & ~Q(action__plan__status="closed")


def waiting(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Questions without an answer yet."""
    return rows.filter(LIVE, status=Status.OPEN, kind=Kind.TAKE)


def unanswered(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Questions whose day for an answer has passed."""
    return waiting(rows).filter(Q(answer_by__lt=clock.today()) | Q(answer_by__isnull=True))


def declined(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Actions that a unit said no to or gave back, that nobody has now and nobody else has been asked about since."""
    later = Proposal.objects.filter(action_id=OuterRef("action_id"), kind=Kind.TAKE, pk__gt=OuterRef("pk"))
    refused = rows.filter(LIVE, status__in=(Status.DECLINED, Status.RETURNED), action__by=Action.By.NOBODY)
    return refused.filter(kind=Kind.TAKE).exclude(Exists(later))


def not_taken(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Both: no answer by the day, or a no and nobody has it. One query for who counts them."""
    later = Proposal.objects.filter(action_id=OuterRef("action_id"), kind=Kind.TAKE, pk__gt=OuterRef("pk"))
    silent = Q(status=Status.OPEN) & (Q(answer_by__lt=clock.today()) | Q(answer_by__isnull=True))
    refused = Q(status__in=(Status.DECLINED, Status.RETURNED), action__by=Action.By.NOBODY) & ~Exists(later)
    return rows.filter(LIVE, silent | refused, kind=Kind.TAKE)


@dataclass(frozen=True)
class AskState:
    """Where the latest question about an action stands: as a mark (state, word) and in plain words for the person."""

    row: Proposal
    state: str
    word: str
    plain: str

    @property
    def open(self) -> bool:
        return self.row.status == Status.OPEN


def states(plan: CarePlan) -> dict[int, AskState]:
    """By action: those whose latest question is worth telling. One query."""
    rows = Proposal.objects.filter(action__plan=plan, kind=Kind.TAKE)
    return states_of(rows.select_related("asked_unit__organization", "action__unit"))


def states_of(rows: Any) -> dict[int, AskState]:
    """The same from rows at hand, newest first."""
    latest: dict[int, Proposal] = {}
    for row in rows:
        if row.kind == Kind.TAKE:
            latest.setdefault(row.action_id, row)
    found = {pk: _state(row) for pk, row in latest.items()}
    return {pk: state for pk, state in found.items() if state}


def _state(row: Proposal) -> AskState | None:
    unit, why = row.asked_unit, f": {row.answer.strip()}" if row.answer.strip() else ""
    assert unit is not None
    if row.status == Status.OPEN:
        late = row.answer_by is None or row.answer_by < clock.today()
        day = text.spoken_date(row.answer_by) if row.answer_by else ""
        if late:
            word = _("%(unit)s har inte svarat") % {"unit": unit.name}
        else:
            word = _("väntar på svar från %(unit)s, senast %(day)s") % {"unit": unit.name, "day": day}
        plain = _("%(unit)s har inte svarat än.") % {"unit": unit.name}
        return AskState(row, "warn" if late else "unknown", word, plain)
    nobody = "act" if row.action.by == Action.By.NOBODY else "warn"
    if row.status == Status.DECLINED and row.action.unit_id != row.asked_unit_id:
        said = _("%(unit)s har sagt nej") % {"unit": unit.name} + why
        return AskState(row, nobody, said, f"{said.rstrip('.')}.")
    if row.status == Status.RETURNED and row.action.by == Action.By.NOBODY:
        said = _("%(unit)s har lämnat tillbaka insatsen") % {"unit": unit.name} + why
        return AskState(row, nobody, said, f"{said.rstrip('.')}.")
    return None

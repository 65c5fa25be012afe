"""Who comes along: the second knot of a joint visit. Each party looks after its own taking part (P3).

The one that has the action adds from its own unit at once; another party is asked and says yes itself
(`proposals.ask_along`). A unit outside care cannot answer here: it is added where the person agreed to share the action (P5).
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from samband.access.models import Party
from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.people.models import Assignment, Organization, Unit
from samband.people.models.staff import current
from samband.plans.models import Action, Participant, Revision
from samband.plans.services import history
from samband.plans.services.editing import lock, settle

OVER = (Action.Status.DONE, Action.Status.STOPPED)
MOST = 12  # a meeting; more than that is no visit


@dataclass(frozen=True)
class Along:
    """Somebody of a unit, by name or whoever it is that day."""

    unit: Unit
    assignment: Assignment | None = None

    @property
    def text(self) -> str:
        return f"{self.assignment.staff.full_name}, {self.unit.name}" if self.assignment else self.unit.name

    @property
    def key(self) -> str:
        """What a form sends: `u:<unit>` or `a:<assignment>`."""
        return f"a:{self.assignment.public_id}" if self.assignment else f"u:{self.unit.public_id}"

    def kept(self) -> dict[str, Any]:
        """As the history keeps it: the name as it was that day."""
        assignment = str(self.assignment.public_id) if self.assignment else None
        return {"unit": str(self.unit.public_id), "assignment": assignment, "text": self.text}

    def of(self, action: Action) -> Participant:
        """The row that it would be."""
        return Participant(action=action, unit=self.unit, assignment=self.assignment)


def along(kept: dict[str, Any]) -> Along:
    """The way back from `kept`. Raises ValidationError where the unit or the person is gone."""
    unit = Unit.objects.filter(public_id=kept["unit"]).first()
    rows = Assignment.objects.select_related("staff", "unit").filter(public_id=kept["assignment"] or kept["unit"])
    assignment = rows.first()
    if unit is None or (kept["assignment"] and assignment is None):
        raise ValidationError(_("%(who)s finns inte kvar.") % {"who": kept["text"]})
    return Along(unit, assignment)


def those(action: Action) -> list[Along]:
    """Who comes along now, in the order they were added."""
    rows = action.participants.select_related("unit__organization", "assignment__staff").order_by("pk")
    return [Along(row.unit, row.assignment) for row in rows]


def told(kept: Any) -> str:
    """What the history keeps of it (or of anything else without a field of its own), in words."""
    rows = kept if isinstance(kept, list) else [kept] if isinstance(kept, dict) else None
    return str(kept or "") if rows is None else ", ".join(str(row.get("text", "")) for row in rows)


def is_outside(unit: Unit) -> bool:
    return unit.organization.kind == Organization.Kind.OUTSIDE


def needs_to_ask(actor: Actor, action: Action, new: Along) -> bool:
    """Whether the word of another party is needed first. What is nobody's to ask for here is refused by `join`."""
    owns = bool(policy.decide(actor, "action.edit", action))
    if new.unit.pk in actor.unit_ids:
        return not owns
    return not (owns and is_outside(new.unit))


def join(actor: Actor, action: Action, new: Along, why: str = "") -> Revision:
    """Add from the own unit to the own action, or a party outside care that the person shares the action with."""
    with transaction.atomic():
        plan = lock(action.plan)
        action = _fresh(action)
        if needs_to_ask(actor, action, new):
            raise policy.Denied(policy.deny("P3", "Enheten behöver själv säga ja.", "The unit has to say yes itself."))
        decision = policy.require(actor, "together.edit", new.of(action))
        check(action, new)
        return _write(actor, plan, action, [*those(action), new], why, decision.rule)


def agreed(actor: Actor, action: Action, kept: dict[str, Any], asked_by: str) -> None:
    """The unit that was asked (or the one that has the action) said yes; `proposals.answer` holds the transaction."""
    plan, action = lock(action.plan), _fresh(action)
    new = along(kept)
    decision = policy.require(actor, "together.edit", new.of(action))
    check(action, new)
    _write(actor, plan, action, [*those(action), new], _("Förslag från %(who)s") % {"who": asked_by}, decision.rule)


def leave(actor: Actor, action: Action, key: str, why: str = "") -> Revision:
    """Somebody no longer comes along: said by the own unit, or by the one that has the action."""
    return _replace(actor, action, key, None, why)


def swap(actor: Actor, action: Action, key: str, to: Assignment | None, why: str = "") -> Revision:
    """Another of the same unit comes along; None: whoever it is that day."""
    return _replace(actor, action, key, to or "anybody", why)


def _replace(actor: Actor, action: Action, key: str, to: Any, why: str) -> Revision:
    with transaction.atomic():
        plan = lock(action.plan)
        action = _fresh(action)
        rows = those(action)
        place = next((i for i, row in enumerate(rows) if row.key == key), None)
        if place is None:
            raise ValidationError(_("Någon annan har ändrat vilka som kommer med. Se hur det är nu."))
        old = rows.pop(place)
        decision = policy.require(actor, "together.edit", old.of(action))
        if to is not None:
            new = Along(old.unit, None if to == "anybody" else to)
            if old.unit.pk not in actor.unit_ids:
                no = policy.deny("P3", "Enheten väljer själv vem som kommer.", "The unit chooses itself who comes.")
                raise policy.Denied(no)
            check(action, new, rows)
            rows.append(new)
        return _write(actor, plan, action, rows, why, decision.rule)


def undo(actor: Actor, action: Action, number: int) -> Revision:
    """Back to who came along before the change `number`, by the one who made it and while nobody has changed it since."""
    with transaction.atomic():
        plan = lock(action.plan)
        action = _fresh(action)
        rows = plan.revisions.filter(thing=history.thing_of(action), kind="change", changes__has_key="together")
        row = rows.filter(number=number).first()
        if row is None or row.assignment_id != actor.assignment_id or actor.assignment_id is None:
            raise ValidationError(_("Det finns inget att ångra."))
        before, after = row.changes["together"]
        if [one.kept() for one in those(action)] != after:
            raise ValidationError(_("Någon annan har ändrat vilka som kommer med sedan dess. Ingenting är ångrat."))
        back = [along(kept) for kept in before]
        now = {one.key: one for one in those(action)}
        changed = [one for one in back if one.key not in now]
        changed += [one for key, one in now.items() if key not in {b.key for b in back}]
        decision = None
        for one in changed:
            decision = policy.require(actor, "together.edit", one.of(action))
        for one in back:
            if one.key not in now:
                check(action, one, [other for other in back if other is not one])
        return _write(actor, plan, action, back, _("Ångrat"), decision.rule if decision else "P3")


def check(action: Action, new: Along, others: list[Along] | None = None) -> None:
    """Whether `new` can come along. Raises ValidationError with a sentence at `along`."""
    others = those(action) if others is None else others
    problem = _room(action, new, others) or _who(action, new) or _agreed(action, new.unit)
    if problem:
        raise ValidationError({"along": problem})


def _room(action: Action, new: Along, others: list[Along]) -> str:
    if action.status in OVER:
        return _("Insatsen är avslutad. Ingen kan läggas till.")
    if len(others) >= MOST:
        return _("Det är redan %(n)d som kommer med. Fler än så går inte att lägga till.") % {"n": MOST}
    if new.key in {one.key for one in others}:
        return _("%(who)s kommer redan med.") % {"who": new.text}
    return ""


def _who(action: Action, new: Along) -> str:
    if new.assignment is None:
        if new.unit.pk != action.unit_id:
            return ""
        return _("%(unit)s har redan insatsen. Välj vem mer som kommer med.") % {"unit": new.unit.name}
    if new.assignment.pk == action.assignment_id:
        return _("%(who)s har redan insatsen.") % {"who": new.text}
    if new.assignment.unit_id != new.unit.pk:
        return _("%(name)s arbetar inte på den enheten.") % {"name": new.assignment.staff}
    if not Assignment.objects.filter(current(), pk=new.assignment.pk).exists():
        return _("%(name)s har inget uppdrag där nu.") % {"name": new.assignment.staff}
    return ""


def _agreed(action: Action, unit: Unit) -> str:
    """P1: the unit is a party; P5: one outside care sees only what the person agreed to share."""
    parties = Party.objects.filter(person_id=action.plan.person_id, unit=unit, withdrawn_at__isnull=True)
    if not parties.exists():
        return _("%(unit)s är inte part i planen. Lägg till enheten som part först, med personens ja.") % {
            "unit": unit.name
        }
    if is_outside(unit) and not action.shared_outside:
        return _(
            "%(unit)s ser bara insatser som personen har gått med på att dela. Ändra insatsen först: ”Visas för part "
            "utanför vård och omsorg”."
        ) % {"unit": unit.name}
    return ""


def _fresh(action: Action) -> Action:
    return Action.objects.select_related("unit", "plan__person").get(pk=action.pk)


def _write(actor: Actor, plan: Any, action: Action, wanted: list[Along], why: str, rule: str) -> Revision:
    """The rows as they are to be, one more version of the action, its history and its audit."""
    before = [one.kept() for one in those(action)]
    keys = {one.key for one in wanted}
    for held in action.participants.select_related("unit", "assignment__staff"):
        if (key := Along(held.unit, held.assignment).key) in keys:
            keys.discard(key)
        else:
            held.delete()
    for one in wanted:
        if one.key in keys:
            one.of(action).save()
    # One version, one revision of the kind "change": the history is read back by counting them (history.base_of).
    Action.objects.filter(pk=action.pk).update(version=F("version") + 1, updated_at=clock.now())
    pair = {"together": [before, [one.kept() for one in those(action)]]}
    row = history.enter(plan, actor, history.thing_of(action), action.title, "change", pair, why)
    units = sorted({one.unit.pk for one in wanted})
    audit.record(actor, "together.edit", person=plan.person_id, thing=action, rule=rule, units=units)
    settle(plan)
    return row

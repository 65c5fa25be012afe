"""What those near the person write in their own part (P4), and whether the person shares it with the parties."""

from typing import Any

from django.db import transaction

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.people.models import Relative
from samband.people.models.staff import current
from samband.plans.models import CarePlan, RelativeNote
from samband.plans.services import history
from samband.plans.services.editing import change, lock, settle


def read(actor: Actor, plan: CarePlan) -> list[RelativeNote]:
    """The notes that this reader may read, of those whose role holds today and who may write. Two queries at most."""
    near = Relative.objects.filter(current(), reads=True, writes=True)
    rows = RelativeNote.objects.filter(plan=plan, relative__in=near).exclude(words="")
    if not rows.exists():  # as in most plans; the scope of whoever covers a county takes ten times as long to ask
        return []
    return list(policy.scoped(actor, "note.read", rows).select_related("relative"))


def own(actor: Actor, plan: CarePlan) -> RelativeNote:
    """The relative's own note, unsaved where nothing is written yet. Raises Denied for anybody else."""
    found = (
        RelativeNote.objects.filter(plan=plan, relative_id=actor.relative_id or 0).select_related("relative").first()
    )
    note = found or RelativeNote(plan=plan, relative_id=actor.relative_id or 0)
    policy.require(actor, "note.write", note)
    return note


def write(actor: Actor, plan: CarePlan, words: str, version: int) -> Any:
    """Save the relative's own words, read at `version`. Raises Denied, Conflict or ValidationError."""
    with transaction.atomic():
        lock(plan)
        note = own(actor, plan)
        if note.pk is None:
            note.save()
        return change(actor, note, {"words": words.strip()}, version or note.version)


def share(actor: Actor, note: RelativeNote, on: bool) -> RelativeNote:
    """Show the note to the parties, or stop. What they have read stays in the history, as everything does."""
    with transaction.atomic():
        plan = lock(note.plan)
        decision = policy.require(actor, "note.share", note)
        fresh = RelativeNote.objects.select_related("relative").get(pk=note.pk)
        if fresh.shared == on:
            return fresh
        fresh.shared, fresh.version, fresh.updated_at = on, fresh.version + 1, clock.now()
        fresh.save(update_fields=["shared", "version", "updated_at"])
        pairs = {"shared": [not on, on]}
        history.enter(plan, actor, history.thing_of(fresh), str(fresh.relative), "change", pairs)
        audit.record(actor, "note.share", person=plan.person_id, thing=fresh, rule=decision.rule, shared=on)
        settle(plan)
    return fresh

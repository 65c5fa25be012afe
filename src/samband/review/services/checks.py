"""Checks: raised, worked with, closed, opened again. Each step is a row that stays (A2, A15)."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.models import AuditEvent
from samband.core.policy import Actor
from samband.people.models import Assignment
from samband.review.models import Check, CheckStep, Run, Sample
from samband.review.rules import steps as rules
from samband.review.rules.facts import Raised, Visit, month
from samband.review.services.own import ours

KEPT = 50  # lines of the log that a check names
SYSTEM = Actor(name="Samband")


def from_patterns(organization_id: int, raised: Iterable[Raised], run: Run | None) -> int:
    """Those that are not there yet, in as many questions as there are thousands. Returns how many were new."""
    rows = [
        Check(
            organization_id=organization_id, unit_id=r.unit, staff_id=r.staff, person_id=r.person, role=r.role,
            source=Check.Source.PATTERN, pattern=r.pattern, why=dict(r.why), day=r.day, period=month(r.day), times=r.times,
            events=list(r.events[:KEPT]), key=r.key, run=run,
        )
        for r in raised
    ]  # fmt: skip
    return len(enter(SYSTEM, rows))


def from_sample(sample: Sample, drawn: Sequence[Visit], actor: Actor = SYSTEM) -> list[Check]:
    rows = [
        Check(
            organization_id=sample.organization_id, unit_id=v.unit, staff_id=v.staff, person_id=v.person, role=v.role,
            source=Check.Source.SAMPLE, day=v.day, period=sample.period, times=v.times, events=[v.event],
            key=f"sample:{sample.unit_id}:{v.staff}:{v.person}:{v.day}", sample=sample,
        )
        for v in drawn
    ]  # fmt: skip
    return enter(actor, rows)


@transaction.atomic
def by_hand(actor: Actor, event: AuditEvent, person_id: int | None, words: str) -> Check:
    """A line that the reviewer wants looked into. The same line is one check."""
    key = f"hand:{event.pk}"
    known = Check.objects.filter(organization_id=ours(actor), key=key).first()
    if known is not None:
        return known
    held = Assignment.objects.select_related("unit").get(pk=event.assignment_id or 0)
    day = clock.local(event.at).date()
    row = Check(
        organization_id=ours(actor), unit=held.unit, staff_id=held.staff_id, person_id=person_id, role=held.role,
        source=Check.Source.HAND, day=day, period=month(day), events=[event.pk], key=key,
    )  # fmt: skip
    policy.require(actor, "audit.check", row)
    made = enter(actor, [row], words)[0]
    audit.record(actor, "audit.check", person=person_id, thing=made, rule="A2", step="raised")
    return made


def enter(actor: Actor, rows: Sequence[Check], words: str = "") -> list[Check]:
    """The rows whose key is new, each with its first step."""
    if not rows:
        return []
    with transaction.atomic():
        organization = rows[0].organization_id
        known: set[str] = set()
        for at in range(0, len(rows), 500):
            keys = [row.key for row in rows[at : at + 500]]
            known |= set(Check.objects.filter(organization_id=organization, key__in=keys).values_list("key", flat=True))
        fresh = list({row.key: row for row in rows if row.key not in known}.values())
        made = Check.objects.bulk_create(fresh, batch_size=500)
        CheckStep.objects.bulk_create(
            [_step(actor, row, CheckStep.Kind.RAISED, words=words) for row in made], batch_size=500
        )
    return made


@transaction.atomic
def step(actor: Actor, check: Check, kind: str, told: str = "", words: str = "") -> CheckStep:
    """One thing done with the check. Raises Denied for who may not, ValidationError for what may not follow."""
    check = Check.objects.select_for_update().get(pk=check.pk)
    policy.require(actor, "audit.check", check)
    if kind not in rules.NEXT[check.status] or kind == "undone":
        raise ValidationError(_("Kontrollen är redan avslutad. Ångra först det som avslutade den."))
    _ask_for(kind, told, words)
    made = _step(actor, check, kind, told, words)
    made.save()
    _settle(actor, check, made)
    return made


def _ask_for(kind: str, told: str, words: str) -> None:
    missing = {}
    if kind in ("asked", "unjustified") and not told.strip():
        missing["told"] = (
            _("Skriv vem du frågade.") if kind == "asked" else _("Skriv till vem du anmälde, och vem som vet.")
        )
    if kind in ("note", "justified", "unjustified") and not words.strip():
        missing["words"] = _("Skriv vad du kom fram till. Det läses vid tillsyn.")
    if missing:
        raise ValidationError(missing)


@transaction.atomic
def undo(actor: Actor, check: Check, words: str) -> CheckStep:
    """Take back the last move by a new step, with why."""
    check = Check.objects.select_for_update().get(pk=check.pk)
    policy.require(actor, "audit.check", check)
    last = rules.last_move(_plain(check))
    if last is None:
        raise ValidationError(_("Det finns inget att ångra."))
    if not words.strip():
        raise ValidationError({"words": _("Skriv varför du ångrar. Det som stod finns kvar.")})
    made = _step(actor, check, "undone", words=words)
    made.undoes_id = last.key
    made.save()
    _settle(actor, check, made)
    return made


def _settle(actor: Actor, check: Check, made: CheckStep) -> None:
    check.status = rules.status_of(_plain(check))
    check.save(update_fields=["status"])
    audit.record(actor, "audit.check", person=check.person_id, thing=check, rule="A2", step=made.kind)


def _plain(check: Check) -> list[rules.Step]:
    return [rules.Step(pk, kind, undoes) for pk, kind, undoes in check.steps.values_list("pk", "kind", "undoes_id")]


def _step(actor: Actor, check: Check, kind: str, told: str = "", words: str = "") -> CheckStep:
    return CheckStep(
        about=check, kind=kind, told=told.strip(), words=words.strip(), at=clock.now(), by_name=actor.name,
        by_label=actor.label, assignment_id=actor.assignment_id,
    )  # fmt: skip

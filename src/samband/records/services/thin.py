"""Thinning on a decision: what is due, the decision, holds, and carrying it out, one transaction for each person (A17)."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy, thinning
from samband.core.decision import Actor
from samband.core.thinning import Group, Removed, Rule
from samband.people.models import Person
from samband.people.services.actors import acting
from samband.records.models import Attachment, LegalHold, ThinningDecision
from samband.records.services import files

log = logging.getLogger(__name__)
VALID = timedelta(days=90)
STRAY = timedelta(days=1)


def cutoff(rule: Rule) -> datetime:
    """The moment before which everything of a group must lie today."""
    today = clock.today()
    year = today.year - rule.years()
    day = today.replace(year=year) if (today.month, today.day) != (2, 29) else today.replace(year=year, day=28)
    return clock.day_bounds(day)[0]


@dataclass(frozen=True)
class Due:
    """What a rule finds for one organization now: how many persons, and how many of them are held."""

    rule: Rule
    before: datetime
    persons: int
    held: int


def due(organization: int) -> list[Due]:
    found, kept = [], held(organization)
    for rule in thinning.rules.values():
        before = cutoff(rule)
        persons = {group.person_id for group in rule.find(organization, before, None)}
        found.append(Due(rule, before, len(persons), len(persons & kept)))
    return found


def held(organization: int) -> set[int]:
    rows = LegalHold.objects.filter(organization=organization, ended_at__isnull=True)
    return set(rows.values_list("person_id", flat=True))


@transaction.atomic
def hold(actor: Actor, person: Person, why: str) -> LegalHold:
    """Nothing about the person goes until it is ended. One at a time; a second keeps the first."""
    rule = policy.require(actor, "record.thinning").rule
    if not why.strip():
        raise ValidationError({"why": _("Skriv varför uppgifterna ska stå kvar.")})
    Person.objects.select_for_update().get(pk=person.pk)
    made, new = LegalHold.objects.get_or_create(
        person=person, organization_id=actor.organization_id or 0, ended_at=None,
        defaults={"why": why.strip()[:300], "since": clock.now(), "by_name": actor.name, "assignment_id": actor.assignment_id or 0},
    )  # fmt: skip
    if new:
        audit.record(actor, "record.hold", person=person, thing=made, rule=rule)
    return made


@transaction.atomic
def end_hold(actor: Actor, row: LegalHold) -> LegalHold:
    rule = policy.require(actor, "record.hold", row).rule
    row = LegalHold.objects.select_for_update().get(pk=row.pk)
    if row.ended_at is None:
        row.ended_at, row.ended_by = clock.now(), actor.name[:200]
        row.save(update_fields=["ended_at", "ended_by"])
        audit.record(actor, "record.hold_end", person=row.person_id, thing=row, rule=rule)
    return row


@transaction.atomic
def decide(actor: Actor, key: str, why: str) -> ThinningDecision:
    """The organization decides: this rule, up to the day that its years give today. One that waits already stays as it is."""
    asked = policy.require(actor, "record.thinning").rule
    rule = thinning.rules.get(key)
    problems = {}
    if rule is None:
        problems["rule"] = _("Välj vad som ska gallras.")
    if not why.strip():
        problems["why"] = _("Skriv vilket beslut det gäller: vem, när, diarienummer.")
    if rule is None or problems:
        raise ValidationError(problems)
    made, new = ThinningDecision.objects.get_or_create(
        organization_id=actor.organization_id or 0, rule=key, done_at=None, withdrawn_at=None,
        defaults={
            "years": rule.years(), "before": cutoff(rule), "why": why.strip()[:300], "decided_at": clock.now(),
            "by_name": actor.name, "by_label": actor.label, "assignment_id": actor.assignment_id or 0,
        },
    )  # fmt: skip
    if new:
        audit.record(actor, "record.thinning_decided", thing=made, rule=asked, key=key, before=made.before.isoformat())
    return made


@transaction.atomic
def withdraw(actor: Actor, row: ThinningDecision) -> ThinningDecision:
    """A decision that has not been carried out is taken back."""
    rule = policy.require(actor, "record.thinning_decision", row).rule
    row = ThinningDecision.objects.select_for_update().get(pk=row.pk)
    if row.done_at is None and row.withdrawn_at is None:
        row.withdrawn_at = clock.now()
        row.save(update_fields=["withdrawn_at"])
        audit.record(actor, "record.thinning_withdrawn", thing=row, rule=rule)
    return row


def waiting() -> list[ThinningDecision]:
    """Decided, not done, not taken back, and not so old that nobody remembers it."""
    rows = ThinningDecision.objects.filter(
        done_at__isnull=True, withdrawn_at__isnull=True, decided_at__gte=clock.now() - VALID
    )
    return list(
        rows.select_related("organization", "assignment__staff", "assignment__unit__organization").order_by("pk")
    )


def looks(decision: ThinningDecision) -> Iterator[tuple[Group, bool]]:
    """What the decision would take, each with whether it is held. Changes nothing."""
    kept = held(decision.organization_id)
    rule = thinning.rules[decision.rule]
    for group in rule.find(decision.organization_id, _before(decision, rule), None):
        yield group, group.person_id in kept


def _before(decision: ThinningDecision, rule: Rule) -> datetime:
    """Never later than the rule's years give today: a setting that was raised since the decision holds."""
    return min(decision.before, cutoff(rule))


def carry_out(decision: ThinningDecision) -> ThinningDecision:
    """Person by person; what was taken stays taken if it is stopped halfway, and the next turn goes on with the rest."""
    rule = thinning.rules[decision.rule]
    before = _before(decision, rule)
    actor = acting(decision.assignment)
    kept = 0
    for group in list(rule.find(decision.organization_id, before, None)):
        kept += not _take(decision, rule, group, before, actor)
    with transaction.atomic():
        decision = ThinningDecision.objects.select_for_update().get(pk=decision.pk)
        decision.done_at, decision.held = clock.now(), kept
        decision.save(update_fields=["done_at", "held"])
        audit.record(actor, "record.thinning_done", thing=decision, rule="A17", groups=decision.groups, held=kept)
    return decision


@transaction.atomic
def _take(decision: ThinningDecision, rule: Rule, group: Group, before: datetime, actor: Actor) -> bool:
    """One group, asked about once more under the person's lock; False where it stays."""
    Person.objects.select_for_update().get(pk=group.person_id)
    if group.person_id in held(decision.organization_id):
        return False
    still = [g for g in rule.find(decision.organization_id, before, group.person_id) if g.key == group.key]
    if not still:
        return False
    gone = rule.take(still[0], decision.organization_id, before)
    _count(decision, gone)
    audit.record(actor, "record.thinned", person=group.person_id, thing=decision, rule="A17", rows=gone.rows)
    transaction.on_commit(lambda: files.drop_all(gone.files))
    return True


def _count(decision: ThinningDecision, gone: Removed) -> None:
    row = ThinningDecision.objects.select_for_update().get(pk=decision.pk)
    row.groups += 1
    row.rows = {label: row.rows.get(label, 0) + gone.rows.get(label, 0) for label in sorted({*row.rows, *gone.rows})}
    row.save(update_fields=["groups", "rows"])


def stray_files(remove: bool) -> int:
    """Files of attachments that no row names, older than a day: a stop between the disk and the database leaves such."""
    home = files.path_of(files.FOLDER)
    known = set(Attachment.objects.values_list("file", flat=True))
    old = (clock.now() - STRAY).timestamp()
    found = [
        path for path in (home.rglob("*") if home.exists() else ())
        if path.is_file() and path.stat().st_mtime < old and path.relative_to(settings.MEDIA_ROOT).as_posix() not in known
    ]  # fmt: skip
    for path in found if remove else ():
        path.unlink(missing_ok=True)
    return len(found)

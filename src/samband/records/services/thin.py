"""Thinning on a decision: what is due, the decision, holds, and carrying it out, one transaction for each person (A17)."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy, thinning
from samband.core.decision import Actor
from samband.core.thinning import NOBODY, Group, Removed, Rule
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
    """What a rule finds for one organization now: how many persons, how many of them are held, how much about nobody known."""

    rule: Rule
    before: datetime
    persons: int
    held: int
    nameless: int = 0


def due(organization: int) -> list[Due]:
    found = []
    for rule in thinning.rules.values():
        before = cutoff(rule)
        groups = list(rule.find(organization, before, None))
        persons = {group.person_id for group in groups} - {NOBODY}
        nameless = sum(group.person_id == NOBODY for group in groups)
        found.append(Due(rule, before, len(persons), len(persons & held(organization, rule)), nameless))
    return found


def held(organization: int, rule: Rule) -> set[int]:
    """Whose data stays. What several organizations share, a hold of any of them keeps."""
    rows = LegalHold.objects.filter(ended_at__isnull=True)
    rows = rows if rule.shared else rows.filter(organization=organization)
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
    rule = thinning.rules[decision.rule]
    kept = held(decision.organization_id, rule)
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
    for person, groups in _by_person(rule.find(decision.organization_id, before, None)).items():
        kept += groups - _take(decision, rule, person, before, actor)
    with transaction.atomic():
        decision = ThinningDecision.objects.select_for_update().get(pk=decision.pk)
        decision.done_at, decision.held = clock.now(), kept
        decision.save(update_fields=["done_at", "held"])
        audit.record(actor, "record.thinning_done", thing=decision, rule="A17", groups=decision.groups, held=kept)
    return decision


def _by_person(groups: Iterable[Group]) -> Counter[int]:
    return Counter(group.person_id for group in groups)


@transaction.atomic
def _take(decision: ThinningDecision, rule: Rule, person: int, before: datetime, actor: Actor) -> int:
    """All of one person's groups or none of them, asked about once more under her lock; how many went."""
    if person != NOBODY:
        Person.objects.select_for_update().get(pk=person)
    if person in held(decision.organization_id, rule):
        return 0
    groups, gone = list(rule.find(decision.organization_id, before, person)), Removed()
    for group in groups:
        taken = rule.take(group, decision.organization_id, before)
        for label, number in taken.rows.items():
            gone.add(label, number)
        gone.files += taken.files
        gone.names += taken.names
    if not groups:
        return 0
    thinning.tell(gone)
    _count(decision, gone, len(groups))
    audit.record(actor, "record.thinned", person=person or None, thing=decision, rule="A17", rows=gone.rows)
    transaction.on_commit(lambda: files.drop_all(gone.files))
    return len(groups)


def _count(decision: ThinningDecision, gone: Removed, groups: int) -> None:
    row = ThinningDecision.objects.select_for_update().get(pk=decision.pk)
    row.groups += groups
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

"""What the person is told and decides about reading between providers (A3–A5, A7, A8), and what a reader opens (A7–A11)."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.access.models import Party
from samband.core import audit, clock, policy
from samband.core.policy import Actor, Denied
from samband.people.models import Organization, Person, Unit
from samband.records.models import Block, Entry, Information, Reading, ReadingConsent
from samband.records.rules import access
from samband.records.services import facts

Ground = Reading.Ground


@dataclass(frozen=True)
class Said:
    """The person's yes to reading, as it was said: the words, the form, and how long it holds (None: until it is taken back)."""

    words: str
    form: str
    until: date | None = None


@transaction.atomic
def inform(actor: Actor, person: Person, form: str) -> Information:
    """The person has been told what it is, that she may object, and what holds in an emergency (A4)."""
    policy.require(actor, "record.block_note", person)
    if form not in Party.Form.values:
        raise ValidationError({"form": _("Välj hur personen fick veta det.")})
    made = Information.objects.create(
        person=person, form=form, at=clock.now(), told_by_id=actor.assignment_id or 0, told_by_name=actor.name
    )
    audit.record(actor, "record.inform", person=person, rule="A4")
    facts.forget(actor, person.pk)
    return made


@transaction.atomic
def block(
    actor: Actor, person: Person, organization: Organization, soc: bool, unit: Unit | None = None, said: str = ""
) -> Block:
    """Block at once (A5), or what one unit wrote towards its provider's others (A3). A block that stands stays as it is."""
    own = actor.kind == "person"
    policy.require(actor, "record.block" if own else "record.block_note", person)
    said = said.strip()
    if not own and not said:
        raise ValidationError({"said": _("Skriv vad personen sade.")})
    Person.objects.select_for_update().get(pk=person.pk)
    found = Block.objects.filter(
        person=person, organization=organization, social=soc, unit=unit, lifted_at__isnull=True
    )
    if standing := found.first():
        return standing
    made = Block.objects.create(
        person=person, organization=organization, social=soc, unit=unit, said=said[:500], since=clock.now(),
        by_name=actor.name, recorded_by_id=None if own else actor.assignment_id,
    )  # fmt: skip
    audit.record(actor, "record.block", person=person, thing=made, rule="A3" if unit else "A5", whose=organization.pk)
    facts.forget(actor, person.pk)
    return made


@transaction.atomic
def lift(actor: Actor, row: Block, why: str = "") -> Block:
    """The person lifts her block, any time. What was asked about it is answered by that."""
    rule = policy.require(actor, "record.block", row).rule
    return lifted(actor, row, why or _("Personen hävde spärren själv."), rule)


def lifted(actor: Actor, row: Block, why: str, rule: str) -> Block:
    """Enter that the block is lifted; inside the caller's transaction, which has asked who may."""
    row = Block.objects.select_for_update().get(pk=row.pk)
    if row.lifted_at is None:
        row.lifted_at, row.lifted_by, row.lifted_why = clock.now(), actor.name[:200], why[:500]
        row.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
        audit.record(actor, "record.lift", person=row.person_id, thing=row, rule=rule)
    return row


@transaction.atomic
def consent(actor: Actor, person: Person, said: Said) -> ReadingConsent:
    """The person's yes to the actor's provider's reading what others wrote (A7, A8). It opens no more than the rules do (A12)."""
    policy.require(actor, "record.others", person)
    words = said.words.strip()
    problems = {}
    if not words:
        problems["said"] = _("Skriv vad personen sade.")
    if said.form not in Party.Form.values:
        problems["form"] = _("Välj i vilken form personen sade ja.")
    if said.until is not None and said.until < clock.today():
        problems["until"] = _("Dagen har redan varit.")
    if problems:
        raise ValidationError(problems)
    organization, soc = facts.provider_of(actor)
    made = ReadingConsent.objects.create(
        person=person, organization_id=organization, social=soc, said=words[:500], form=said.form, until=said.until,
        recorded_by_id=actor.assignment_id, given_at=clock.now(),
    )  # fmt: skip
    audit.record(actor, "record.consent", person=person, thing=made, rule="A8" if soc else "A7")
    facts.forget(actor, person.pk)
    return made


@transaction.atomic
def take_back(actor: Actor, row: ReadingConsent) -> ReadingConsent:
    """The person takes her yes back; reading ends at once."""
    rule = policy.require(actor, "record.block", row.person).rule
    if row.withdrawn_at is None:
        row.withdrawn_at = clock.now()
        row.save(update_fields=["withdrawn_at"])
        audit.record(actor, "record.consent_back", person=row.person_id, thing=row, rule=rule)
    return row


@transaction.atomic
def open_others(
    actor: Actor, person: Person, ground: str, why: str, explored: str = "", said: Said | None = None
) -> Reading:
    """The reader needs what others wrote, now, and says why. Holds for the day and for her alone.

    `said`: the person's yes, where it is given now. Raises Denied where the ground is not the reader's to use, ValidationError
    where a reason is missing; then nothing is written.
    """
    known = facts.around(actor, person.pk)
    if ground not in (access.CONSENT, access.INCAPABLE, access.EMERGENCY):
        raise ValidationError({"ground": _("Välj på vilken grund du läser.")})
    decision = access.open_others(actor, facts.at_all(known), ground)
    if not decision:
        raise Denied(decision)
    why, explored = why.strip(), explored.strip()
    problems = {}
    if not why:
        problems["why"] = _("Skriv varför uppgifterna behövs nu.")
    if ground == access.INCAPABLE and not explored:
        problems["explored"] = _("Skriv vad personen brukar vilja, och hur ni vet det.")
    if not known.informed and ground != access.EMERGENCY:
        problems["informed"] = _("Berätta först för personen vad det innebär, och anteckna det.")
    if problems:
        raise ValidationError(problems)
    if ground == access.CONSENT and not known.consent:
        consent(actor, person, said or Said("", ""))
    return _open(actor, person, ground, why, explored, decision.rule)


@transaction.atomic
def open_inner(actor: Actor, entry: Entry, ground: str, why: str) -> Reading:
    """One entry behind an inner block is needed (A3): with the person's yes, or where she cannot be asked and care cannot wait."""
    policy.require(actor, "record.inner", entry)
    if ground not in (access.INNER_CONSENT, access.INNER_EMERGENCY):
        raise ValidationError({"ground": _("Välj på vilken grund du läser.")})
    if not why.strip():
        raise ValidationError({"why": _("Skriv varför uppgifterna behövs nu.")})
    return _open(actor, entry.person, ground, why.strip(), "", "A3", entry)


def _open(
    actor: Actor, person: Person, ground: str, why: str, explored: str, rule: str, entry: Entry | None = None
) -> Reading:
    made = Reading.objects.create(
        person=person, assignment_id=actor.assignment_id or 0, entry=entry, ground=ground, why=why[:500],
        explored=explored[:500], at=clock.now(), day=clock.today(),
    )  # fmt: skip
    audit.record(actor, "record.open", person=person, thing=made, rule=rule, ground=ground, why=why[:500])
    facts.forget(actor, person.pk)
    return made

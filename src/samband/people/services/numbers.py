"""The number of a person who is known: changed with a reason, the earlier kept, nothing told about anybody else."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, policy, text
from samband.core.ids import Identity, parse_identity
from samband.core.models import AuditEvent
from samband.core.policy import Actor
from samband.people import rules
from samband.people.models import EarlierNumber, Person
from samband.people.services.lock import Conflict

Cause = EarlierNumber.Cause
TAKEN = "person.renumber.taken"
LIMIT = 3  # numbers of others that one account may meet with
WITHIN = timedelta(hours=12)


def holder(identity: Identity) -> Person | None:
    """Who has the number, or had it before as her own. A number that was wrong leads to nobody."""
    person = Person.objects.filter(identity_number=identity.number).first()
    if person is not None:
        return person
    earlier = EarlierNumber.objects.filter(identity_number=identity.number, cause=Cause.NEW).select_related("person")
    row = earlier.first()
    return row.person if row else None


def held_before(numbers: list[str]) -> set[str]:
    """Those of the numbers that somebody had before as her own: an import leaves them alone."""
    rows = EarlierNumber.objects.filter(identity_number__in=numbers, cause=Cause.NEW)
    return set(rows.values_list("identity_number", flat=True))


def change(
    actor: Actor, person: Person, seen: str, identity: Identity, cause: str, why: str, confirmed: bool = False
) -> EarlierNumber:
    """Give the person another number. `seen` is the number the writer saw; `confirmed`: also another day of birth.

    Raises Conflict, ValidationError with a sentence for each field, or Denied. A number that belongs to somebody else is
    entered in the audit of both and answered with the way to the administrator.
    """
    policy.require(actor, "person.renumber", person)
    _patient(actor)
    taken = None
    try:
        with transaction.atomic():
            stored = Person.objects.select_for_update().get(pk=person.pk)
            decision = policy.require(actor, "person.renumber", stored)
            if stored.identity_number != seen:
                raise Conflict(stored)
            _check(stored, identity, cause, why, confirmed)
            taken = holder(identity)
            if taken is None or taken.pk == stored.pk:
                return _write(actor, stored, identity, cause, why, decision.rule)
    except IntegrityError:  # somebody else was given it in the same moment
        taken = holder(identity)
        if taken is None:
            raise
    audit.record(
        actor,
        TAKEN,
        person=person,
        persons=[taken.pk] if taken else [],
        thing=person,
        outcome="deny",
        rule="A1",
        reason=why,
    )
    raise ValidationError({"identity": _(
        "Numret kan inte sättas här. Ingenting är ändrat. Ring den som administrerar Samband, som ser vad som behöver göras."
    )})  # fmt: skip


def take_back(actor: Actor, person: Person, earlier: EarlierNumber) -> EarlierNumber:
    """Undo the last change: by the one who made it, while nobody has changed it since."""
    last = person.earlier_numbers.first()
    if last is None or last.pk != earlier.pk or (last.by_name, last.by_label) != (actor.name, actor.label):
        raise ValidationError(_("Det finns inget att ångra."))
    stored = Person.objects.get(pk=person.pk)
    number = parse_identity(earlier.identity_number)
    return change(actor, stored, stored.identity_number, number, Cause.WRONG, _("Ångrat"), confirmed=True)


def _patient(actor: Actor) -> None:
    since = clock.now() - WITHIN
    met = AuditEvent.objects.filter(user_id=actor.user_id, action=TAKEN, at__gte=since)
    if met.count() >= LIMIT:
        raise ValidationError(
            _("Flera nummer har inte gått att sätta. Ring den som administrerar Samband innan du försöker igen.")
        )


def _check(person: Person, identity: Identity, cause: str, why: str, confirmed: bool) -> None:
    problems = {}
    fault = rules.renumber_fault(person.identity_kind, identity.kind, cause)
    if identity.number == person.identity_number:
        problems["identity"] = _("Det är numret som personen redan har.")
    elif fault:
        problems["identity"] = _(fault)
    if len(why.strip()) < 5:
        problems["why"] = _("Skriv varför numret byts, så att alla förstår: minst fem tecken.")
    born = identity.born
    if born and person.birth_date and born != person.birth_date and not confirmed and not problems:
        problems["confirmed"] = _("Födelsedagen blir %(new)s i stället för %(old)s. Kryssa för om det stämmer.") % {
            "new": text.short_date(born), "old": text.short_date(person.birth_date)}  # fmt: skip
    if problems:
        raise ValidationError(problems)


def _write(actor: Actor, person: Person, identity: Identity, cause: str, why: str, rule: str) -> EarlierNumber:
    row = EarlierNumber.objects.create(
        person=person, identity_kind=person.identity_kind, identity_number=person.identity_number, cause=cause,
        why=why.strip()[:200], by_name=actor.name, by_label=actor.label,
    )  # fmt: skip
    kinds = [person.identity_kind, str(identity.kind)]
    person.identity_kind, person.identity_number = identity.kind, identity.number
    person.birth_date = identity.born or person.birth_date
    person.version += 1
    person.save()
    audit.record(
        actor, "person.renumber", person=person, thing=person, rule=rule, cause=cause, kinds=kinds, reason=row.why
    )
    events.publish("people.person_changed", actor=actor, person=person, fields=["identity_number"])
    return row

"""A child's maturity: assessed, looked at again, ended. What it says takes the place of the ages (P4, A13)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.access.models import Maturity
from samband.access.services.facts import child_of, forget
from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.people.models import Person
from samband.people.models.staff import current


def held(person: Person) -> Maturity | None:
    """The assessment that holds today."""
    return person.maturities.filter(current()).first()


def assess(actor: Actor, row: Maturity) -> Maturity:
    """A new assessment takes the place of the one before; both are kept. Raises ValidationError by field."""
    missing = {
        name: _("Fyll i den här uppgiften.")
        for name in ("assessed_by", "basis", "wishes", "guardians")
        if not getattr(row, name).strip()
    }
    if row.review_on and row.review_on < clock.today():
        missing["review_on"] = _("Dagen har redan varit. Välj en dag från och med i dag.")
    if missing:
        raise ValidationError(missing)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=row.person_id)
        decision = policy.require(actor, "maturity.edit", person)
        if child_of(person.pk) is None:
            raise ValidationError(_("Personen är inte under 18 år, eller har ingen känd ålder."))
        _end(person)
        row.recorded_by_id = actor.assignment_id
        row.save()
        forget(actor, person.pk)
        audit.record(
            actor, "maturity.edit", person=person, thing=row, rule=decision.rule, own=row.own, guardians=row.guardians,
            entries=row.entries,
        )  # fmt: skip
    return row


def end(actor: Actor, person: Person, why: str) -> None:
    """From now on the ages hold again."""
    if not why.strip():
        raise ValidationError(_("Skriv varför bedömningen inte gäller längre."))
    with transaction.atomic():
        decision = policy.require(actor, "maturity.edit", person)
        _end(person)
        forget(actor, person.pk)
        audit.record(actor, "maturity.edit", person=person, rule=decision.rule, ended=True, reason=why.strip()[:300])


def _end(person: Person) -> None:
    """To yesterday, so that two never hold on one day; one that began today held for part of it and stays as a row."""
    yesterday = clock.today() - timedelta(days=1)
    Maturity.objects.filter(person=person, ends_on__isnull=True).update(ends_on=yesterday)

"""The person's yes to the whole plan (P1, P7), taken back when she wants (P6), and given again. Nothing is erased."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samband.access.models import Consent, Party
from samband.access.services.facts import forget
from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.people.models import Person, Relative, Unit
from samband.people.models.staff import current
from samband.plans.services import asks, history, telling
from samband.plans.services.approvals import SELF, Said
from samband.plans.services.editing import lock, settle
from samband.plans.services.summary import open_plan


def latest(person: Person) -> Consent | None:
    """What holds now, or what was last taken back."""
    return person.consents.select_related("recorded_by__staff", "representative").first()


def enter(actor: Actor, person: Person, words: str, said: Said = SELF) -> Consent:
    """Write a yes down. Raises ValidationError with a sentence for each field. The caller has asked the policy."""
    row = Consent(person=person, said=words.strip(), given_at=clock.now(), recorded_by_id=actor.assignment_id)
    row.said_by, row.form, row.basis = said.by.strip(), said.form, said.basis.strip()[:300]
    held = person.capacities.filter(current()).order_by("-starts_on", "-id").first()
    if actor.kind == "person":
        row.said_by, row.form = actor.name, Party.Form.WRITTEN
    elif actor.kind == "relative":
        relative = Relative.objects.get(pk=actor.relative_id or 0)
        row.said_by, row.form, row.representative = actor.name, Party.Form.REPRESENTATIVE, relative
        row.basis = row.basis or relative.basis or str(relative.get_role_display())
    problems = {}
    if not row.said:
        problems["said"] = _("Skriv vad personen sade.")
    if not row.said_by:
        problems["said_by"] = _("Skriv vem som sade det.")
    if row.form not in Party.Form.values:
        problems["form"] = _("Välj i vilken form det sades.")
    if held and not row.basis:
        problems["basis"] = _("Någon företräder personen. Skriv på vilken grund.")
    if problems:
        raise ValidationError(problems)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise ValidationError(_("Samtycket är redan antecknat.")) from None
    return row


def give(actor: Actor, person: Person, words: str, said: Said = SELF, units: Sequence[Unit] = ()) -> Consent:
    """P1: the yes, and which of the parties that had left the person wants back. Each of them joins with the same words."""
    from samband.plans.services.parties import join

    with transaction.atomic():
        decision = policy.require(actor, "consent.give", person)
        plan = open_plan(person)
        plan = lock(plan) if plan else None
        if person.consents.filter(withdrawn_at__isnull=True).exists():
            raise ValidationError(_("Samtycket är redan antecknat."))
        row = enter(actor, person, words, said)
        for unit in units:
            join(actor, person, unit, row.said, row.said_by, row.form)
        audit.record(actor, "consent.give", person=person, thing=row, rule=decision.rule, units=[u.pk for u in units])
        forget(actor, person.pk)
        if plan:
            names = ", ".join(unit.name for unit in units)
            pairs = {"consent": [None, str(row.get_form_display())]} | ({"parties": [None, names]} if names else {})
            history.enter(plan, actor, history.thing_of(row), row.said_by, "consent", pairs, row.said)
            settle(plan)
        events.publish("consent.given", consent=row)
    return row


def withdraw(actor: Actor, person: Person, words: str = "", said: Said = SELF) -> Consent:
    """P6: every party's reading stops in this transaction; what was written stays, and the plan is marked."""
    with transaction.atomic():
        decision = policy.require(actor, "consent.withdraw", person)
        by, form = _who_takes_back(actor, words, said)
        plan = open_plan(person)
        plan = lock(plan) if plan else None
        parties = list(person.parties.filter(withdrawn_at__isnull=True).select_related("unit"))
        row = _open(person, parties)
        row.withdrawn_at, row.withdrawn_said, row.withdrawn_by, row.withdrawn_form = (
            clock.now(),
            words.strip(),
            by,
            form,
        )
        row.save()
        person.parties.filter(pk__in=[p.pk for p in parties]).update(
            withdrawn_at=row.withdrawn_at,
            withdrawn_said=words.strip() or _("Samtycket till hela planen togs tillbaka."),
        )
        forget(actor, person.pk)
        units = [party.unit_id for party in parties]
        audit.record(actor, "consent.withdraw", person=person, thing=row, rule=decision.rule, units=units)
        if plan:
            asks.close_for(plan, units)
            names = ", ".join(party.unit.name for party in parties)
            pairs = {"parties": [names, None]}
            history.enter(plan, actor, history.thing_of(row), by, "unconsent", pairs, words)
            settle(plan)
        for party in parties:
            events.publish("party.withdrawn", party=party)
        events.publish("consent.withdrawn", consent=row)
        telling.consent_withdrawn(person, units, plan)
    return row


def _who_takes_back(actor: Actor, words: str, said: Said) -> tuple[str, str]:
    """The person needs no reason. Staff write what was said and by whom."""
    if actor.kind == "person":
        return actor.name, Party.Form.WRITTEN
    if actor.kind == "relative":
        return actor.name, Party.Form.REPRESENTATIVE
    problems = {}
    if not words.strip():
        problems["said"] = _("Skriv vad personen sade.")
    if not said.by.strip():
        problems["said_by"] = _("Skriv vem som sade det.")
    if said.form not in Party.Form.values:
        problems["form"] = _("Välj i vilken form det sades.")
    if problems:
        raise ValidationError(problems)
    return said.by.strip(), said.form


def _open(person: Person, parties: list[Party]) -> Consent:
    """The consent that holds. A plan from before consents were kept has what was said about its first party (P1)."""
    row = person.consents.filter(withdrawn_at__isnull=True).first()
    if row is not None:
        return row
    if not parties:
        raise ValidationError(_("Det finns inget samtycke att ta tillbaka."))
    first = min(parties, key=lambda party: party.agreed_at)
    return Consent(
        person=person, said=first.said, said_by=first.said_by, form=first.form, recorded_by_id=first.recorded_by_id,
        given_at=first.agreed_at,
    )  # fmt: skip


def may_return(person: Person) -> list[Unit]:
    """The units that left when the consent was taken back: those that may be asked back in one go."""
    row = person.consents.first()
    if row is None or row.withdrawn_at is None:
        return []
    left = person.parties.filter(withdrawn_at=row.withdrawn_at)
    return list(
        Unit.objects.filter(pk__in=left.values("unit_id"), closed_from__isnull=True).select_related("organization")
    )

"""An emergency, and the data is blocked (A10): who blocked is shown, that provider is asked, and answers.

Nobody reads without its yes."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samband.core import audit, clock, notices, policy
from samband.core.policy import Actor
from samband.people.models import Person, Unit
from samband.records.models import Block, Entry, LiftRequest
from samband.records.services import facts, sharing
from samband.records.services.entries import who

Answer = LiftRequest.Answer


class Refused(Exception):
    """Something could not be done; the sentence says why, and nothing was changed."""


def blocks_of_others(actor: Actor, person: Person) -> list[Block]:
    """The blocks of other providers that hold now; to be shown to whoever may ask (A10)."""
    organization, social = facts.provider_of(actor)
    rows = Block.objects.filter(person=person, lifted_at__isnull=True, unit__isnull=True).select_related("organization")
    return [row for row in rows if (row.organization_id, row.social) != (organization, social)]


@transaction.atomic
def ask(actor: Actor, person: Person, why: str) -> list[LiftRequest]:
    """Ask every provider whose data is blocked; a question that waits already is not put twice."""
    rule = policy.require(actor, "record.lift_ask", person).rule
    why = why.strip()
    if not why:
        raise ValidationError({"why": _("Skriv vad det är för fara.")})
    blocks = blocks_of_others(actor, person)
    if not blocks:
        raise ValidationError(_("Ingen annan vårdgivare har spärrade uppgifter om personen."))
    made = [_ask(actor, person, row, why) for row in blocks]
    audit.record(actor, "record.lift_ask", person=person, rule=rule, why=why[:500], blocks=[row.pk for row in blocks])
    return made


def _ask(actor: Actor, person: Person, block: Block, why: str) -> LiftRequest:
    row, new = LiftRequest.objects.get_or_create(
        block=block, assignment_id=actor.assignment_id or 0, answer=Answer.WAITING,
        defaults={"person": person, "unit_id": actor.unit_id or 0, "asked_by": who(actor), "why": why[:500], "at": clock.now()},
    )  # fmt: skip
    if new:
        notices.tell(
            "records.lift_asked", reverse("records:lift", args=[row.public_id]), thing=row, person_id=person.pk,
            once=str(row.public_id), units=_units_of(block), by=actor,
        )  # fmt: skip
    return row


def _units_of(block: Block) -> Iterable[int]:
    """The provider's units that wrote something about the person, and are still there."""
    wrote = Entry.objects.filter(person=block.person_id, organization=block.organization_id, social=block.social)
    return set(Unit.objects.filter(pk__in=wrote.values("unit")).values_list("pk", flat=True))


@transaction.atomic
def answer(actor: Actor, row: LiftRequest, lifts: bool, words: str) -> LiftRequest:
    """The provider answers. A yes lifts its block; whoever asked may then read by the other rules."""
    rule = policy.require(actor, "record.lift_answer", row).rule
    row = LiftRequest.objects.select_for_update(of=("self",)).select_related("block").get(pk=row.pk)
    if row.answer != Answer.WAITING:
        raise Refused(_("Frågan är redan besvarad: %(answer)s.") % {"answer": row.get_answer_display().lower()})
    if not lifts and not words.strip():
        raise ValidationError({"words": _("Skriv varför spärren står kvar.")})
    for other in LiftRequest.objects.filter(block=row.block, answer=Answer.WAITING) if lifts else [row]:
        _settle(actor, other, Answer.LIFTED if lifts else Answer.REFUSED, words)
    if lifts:
        sharing.lifted(actor, row.block, words.strip() or _("Fara för liv eller hälsa."), rule)
        _tell_the_person(actor, row.block)
    audit.record(actor, "record.lift_answer", person=row.person_id, thing=row, rule=rule, lifts=lifts)
    row.refresh_from_db()
    return row


def _tell_the_person(actor: Actor, block: Block) -> None:
    """A5, A10: she hears at once that her block was lifted without her; the page says by whom and why, and blocks again."""
    notices.tell(
        "records.block_lifted", f"{reverse('records:my_reading')}#lifted", thing=block, person_id=block.person_id,
        once=str(block.public_id), persons=[block.person_id], by=actor,
    )  # fmt: skip


@transaction.atomic
def withdraw(actor: Actor, row: LiftRequest) -> LiftRequest:
    """The one who asked needs no answer any more."""
    rule = policy.require(actor, "record.lift_withdraw", row).rule
    row = LiftRequest.objects.select_for_update().get(pk=row.pk)
    if row.answer != Answer.WAITING:
        raise Refused(_("Frågan är redan besvarad."))
    _settle(actor, row, Answer.WITHDRAWN, "")
    audit.record(actor, "record.lift_withdraw", person=row.person_id, thing=row, rule=rule)
    return row


def _settle(actor: Actor, row: LiftRequest, found: str, words: str) -> None:
    row.answer, row.words, row.answered_at = found, words.strip()[:500], clock.now()
    row.answered_by = who(actor)
    row.save(update_fields=["answer", "words", "answered_at", "answered_by"])
    notices.dealt_with(row, actor)
    if found != Answer.WITHDRAWN:
        notices.tell(
            "records.lift_answered", reverse("records:person", args=[row.person.public_id]), thing=row,
            person_id=row.person_id, once=f"{row.public_id}:{found}", assignments=[row.assignment_id], by=actor,
        )  # fmt: skip

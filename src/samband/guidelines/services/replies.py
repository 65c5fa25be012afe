"""What readers answer: read, something is wrong, an answer to that, an insight; and an editor's mark that two routines collide."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, events, policy
from samband.core.policy import Actor
from samband.guidelines import notices
from samband.guidelines.models import Divergence, Guideline, GuidelineFeedback, GuidelineVersion, ReadReceipt

MOST_OPEN = 20  # unanswered, from one reader about one routine


def has_read(actor: Actor, version: GuidelineVersion) -> ReadReceipt | None:
    return ReadReceipt.objects.filter(version=version, assignment_id=actor.assignment_id or 0).first()


@transaction.atomic
def read(actor: Actor, version: GuidelineVersion) -> ReadReceipt:
    """I have read it; a second time is the same receipt. Raises Denied, ValidationError for a draft."""
    policy.require(actor, "guideline.read", version)
    if version.status == GuidelineVersion.Status.DRAFT:
        raise ValidationError(_("Ett utkast går inte att kvittera."))
    return ReadReceipt.objects.get_or_create(version=version, assignment_id=actor.assignment_id or 0)[0]


@transaction.atomic
def unread(actor: Actor, version: GuidelineVersion) -> None:
    """Undo of one's own receipt."""
    ReadReceipt.objects.filter(version=version, assignment_id=actor.assignment_id or 0).delete()


def say(actor: Actor, guideline: Guideline, number: int, text: str) -> GuidelineFeedback:
    """Something about the routine, to its owner. `number`: the version that was read."""
    decision = policy.require(actor, "guideline.read", guideline)
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Skriv vad du vill säga.")})
    mine = GuidelineFeedback.objects.filter(guideline=guideline, by=actor.assignment_id, answered_at__isnull=True)
    if mine.count() >= MOST_OPEN:
        raise ValidationError(_("Du har redan %(n)d obesvarade synpunkter här. Vänta på svar.") % {"n": MOST_OPEN})
    with transaction.atomic():
        row = GuidelineFeedback.objects.create(
            guideline=guideline, number=number, text=text[:1000], by_id=actor.assignment_id or 0, by_name=actor.name
        )
        audit.record(actor, "guideline.feedback", thing=guideline, rule=decision.rule)
        notices.feedback(row, actor)
    return row


def answer(actor: Actor, row: GuidelineFeedback, text: str) -> GuidelineFeedback:
    """What comes of it, in words; whoever said it is told. Answered once."""
    decision = policy.require(actor, "guideline.edit", row)
    if not text.strip():
        raise ValidationError({"answer": _("Skriv ett svar.")})
    with transaction.atomic():
        done = GuidelineFeedback.objects.filter(pk=row.pk, answered_at__isnull=True).update(
            answer=text.strip()[:1000], answered_at=clock.now(), answered_by=actor.name
        )
        if not done:
            raise ValidationError(_("Den är redan besvarad."))
        audit.record(actor, "guideline.answer", thing=row.guideline, rule=decision.rule)
        row.refresh_from_db()
        notices.answered(row, actor)
    return row


def insight(actor: Actor, row: GuidelineFeedback) -> None:
    """Let it become an insight among those of the dialogues; told once. The event carries plain facts and no name."""
    decision = policy.require(actor, "guideline.edit", row)
    with transaction.atomic():
        if not GuidelineFeedback.objects.filter(pk=row.pk, insight_at__isnull=True).update(insight_at=clock.now()):
            raise ValidationError(_("Den är redan en insikt."))
        audit.record(actor, "guideline.insight", thing=row.guideline, rule=decision.rule)
        events.publish(
            "guideline.insight", text=row.text, unit=row.guideline.unit_id, guideline=row.guideline.public_id,
            guideline_name=row.guideline.name,
        )  # fmt: skip


def may_flag(actor: Actor, guideline: Guideline) -> policy.Decision:
    """Those who keep it may, and those who keep the common one that it belongs to; else Denied."""
    above = guideline.specialises
    decision = policy.decide(actor, "guideline.edit", guideline)
    if not decision and above is not None:
        decision = policy.decide(actor, "guideline.edit", above)
    if not decision:
        raise policy.Denied(decision)
    return decision


def flag(actor: Actor, guideline: Guideline, kind: str, text: str) -> Divergence:
    """Mark a local routine as going against the common one, or outside its frame.

    Raises Denied (`may_flag`), ValidationError.
    """
    decision = may_flag(actor, guideline)
    if guideline.common:
        raise ValidationError(_("En gemensam rutin kan inte avvika från sig själv."))
    if not text.strip():
        raise ValidationError({"text": _("Skriv på vilket sätt.")})
    with transaction.atomic():
        row = Divergence.objects.create(guideline=guideline, kind=kind, text=text.strip()[:500], flagged_by=actor.name)
        audit.record(actor, "guideline.edit", thing=guideline, rule=decision.rule, diverges=kind)
    return row


def resolve(actor: Actor, row: Divergence, how: str) -> None:
    """It is dealt with; how, in words."""
    decision = policy.require(actor, "guideline.edit", row)
    if not how.strip():
        raise ValidationError({"resolution": _("Skriv hur det löstes.")})
    with transaction.atomic():
        done = Divergence.objects.filter(pk=row.pk, resolved_at__isnull=True).update(
            resolution=how.strip()[:300], resolved_by=actor.name, resolved_at=clock.now()
        )
        if not done:
            raise ValidationError(_("Den är redan löst."))
        audit.record(actor, "guideline.edit", thing=row.guideline, rule=decision.rule, resolved=str(row.public_id))

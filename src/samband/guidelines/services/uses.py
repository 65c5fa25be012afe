"""Where a routine is shown: places added and taken away. They belong to the routine, not to one version of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, policy
from samband.core.policy import Actor
from samband.guidelines.models import Guideline, GuidelineUse

MOST_USES = 30


def add(actor: Actor, guideline: Guideline, kind: str, value: str, words: str) -> GuidelineUse:
    """One more place where it is shown; the same place twice is one."""
    decision = policy.require(actor, "guideline.edit", guideline)
    words = ", ".join(word for raw in words.split(",") if (word := " ".join(raw.split())))
    if not value and not words:
        raise ValidationError({"words": _("Välj en bild eller kompetens, eller skriv ord som ska finnas med.")})
    if guideline.uses.count() >= MOST_USES:
        raise ValidationError(_("En rutin visas på högst %(n)d slags ställen.") % {"n": MOST_USES})
    with transaction.atomic():
        row, _new = GuidelineUse.objects.get_or_create(
            guideline=guideline, kind=kind, value=value, words=words, defaults={"added_by": actor.name}
        )
        audit.record(actor, "guideline.edit", thing=guideline, rule=decision.rule, use=str(row.public_id))
    return row


def remove(actor: Actor, row: GuidelineUse) -> None:
    decision = policy.require(actor, "guideline.edit", row)
    with transaction.atomic():
        audit.record(actor, "guideline.edit", thing=row.guideline, rule=decision.rule, use_removed=str(row.public_id))
        GuidelineUse.objects.filter(pk=row.pk).delete()

"""What the routines tell through the port of notices (core/notices.py): a new version, one to look over, feedback and its answer."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samband.core import notices
from samband.core.policy import Actor
from samband.guidelines.models import Guideline, GuidelineFeedback, GuidelineVersion

PUBLISHED, DUE = "guideline.published", "guideline.due"
FEEDBACK, ANSWERED = "guideline.feedback", "guideline.answered"


def register() -> None:
    """Called once, when the application is ready."""
    notices.group("guideline", _("Rutiner"))
    notices.kind(PUBLISHED, _("En rutin har en ny version"))
    notices.kind(DUE, _("En rutin ska ses över"))
    notices.kind(FEEDBACK, _("Någon har en synpunkt på er rutin"))
    notices.kind(ANSWERED, _("Din synpunkt på en rutin är besvarad"))


def published(version: GuidelineVersion, by: Actor) -> None:
    """To every unit that works by it, once for each version."""
    from samband.guidelines.services.concerned import units_of

    url = reverse("guidelines:guideline", args=[version.guideline.public_id])
    units = units_of(version).values_list("pk", flat=True)
    notices.tell(PUBLISHED, url, thing=version, once=str(version.public_id), units=units, by=by)


def due(guideline: Guideline) -> None:
    """To the owner, once for each version and day of review."""
    version = guideline.current
    if version is None:
        return
    url = reverse("guidelines:guideline", args=[guideline.public_id])
    once = f"{version.public_id} {version.review_by}"
    notices.tell(DUE, url, thing=guideline, once=once, units=[guideline.unit_id])


def feedback(row: GuidelineFeedback, by: Actor) -> None:
    url = reverse("guidelines:feedback_one", args=[row.public_id])
    notices.tell(FEEDBACK, url, thing=row, once=str(row.public_id), units=[row.guideline.unit_id], by=by)


def answered(row: GuidelineFeedback, by: Actor) -> None:
    url = reverse("guidelines:guideline", args=[row.guideline.public_id])
    notices.tell(ANSWERED, url, thing=row, once=str(row.public_id), assignments=[row.by_id], by=by)

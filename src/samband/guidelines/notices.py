"""What the routines tell through the port of notices (core/notices.py): a new version, one to look over, feedback and its answer."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samband.core import notices
from samband.core.policy import Actor
from samband.guidelines.models import Guideline, GuidelineFeedback, GuidelineVersion
from samband.people.models import Assignment
from samband.people.models.staff import current

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


def coordinators(unit: int) -> list[int]:
    """Those whose task reaches the unit from another one; whoever works there is told with the unit."""
    rows = Assignment.objects.filter(current(), covers=unit, role=Assignment.Role.COORDINATOR)
    return list(rows.values_list("pk", flat=True))


def due(guideline: Guideline) -> None:
    """To the owner, once for each version and day of review."""
    version = guideline.current
    if version is None:
        return
    url = reverse("guidelines:keep", args=[guideline.public_id])  # opened by those who keep it: nobody else is told
    once = f"{version.public_id} {version.review_by}"
    unit = guideline.unit_id
    notices.tell(DUE, url, thing=guideline, once=once, units=[unit], assignments=coordinators(unit))


def feedback(row: GuidelineFeedback, by: Actor) -> None:
    url = reverse("guidelines:feedback_one", args=[row.public_id])
    unit = row.guideline.unit_id
    notices.tell(FEEDBACK, url, thing=row, once=str(row.public_id), units=[unit], assignments=coordinators(unit), by=by)


def answered(row: GuidelineFeedback, by: Actor) -> None:
    url = reverse("guidelines:guideline", args=[row.guideline.public_id])
    notices.tell(ANSWERED, url, thing=row, once=str(row.public_id), assignments=[row.by_id], by=by)

"""What the plan tells those it concerns, through the port of `core.notices`. Nothing here names the person or the care."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samband.access.models import Party
from samband.core import notices
from samband.plans.models import CarePlan, Handover

ASKED, ANSWERED, UNANSWERED = "plans.handover_asked", "plans.handover_answered", "plans.handover_unanswered"
PAUSED, RESUMED, RESUME_DUE = "plans.paused", "plans.resumed", "plans.resume_due"
CLOSED, REOPENED = "plans.closed", "plans.reopened"
UNANSWERED_AFTER = timedelta(days=3)


def register() -> None:
    """Called once, when the application is ready."""
    notices.kind(ASKED, _("Ni får frågan om en överlämning"), receipt=True, escalate_after=UNANSWERED_AFTER)
    notices.kind(ANSWERED, _("En överlämning är besvarad"))
    notices.kind(UNANSWERED, _("En överlämning har inte fått svar"))
    notices.kind(PAUSED, _("En plan vilar"))
    notices.kind(RESUMED, _("En plan gäller igen"))
    notices.kind(RESUME_DUE, _("Dagen har kommit då en vilande plan ska tas upp igen"))
    notices.kind(CLOSED, _("En plan är avslutad"))
    notices.kind(REOPENED, _("En avslutad plan är öppnad igen"))


def of_plan(key: str, plan: CarePlan, once: str = "", to_person: bool = True) -> None:
    """To every party of the plan, and to the person herself."""
    units = Party.objects.filter(person_id=plan.person_id, withdrawn_at__isnull=True).values_list("unit_id", flat=True)
    url = reverse("plans:person", args=[plan.person.public_id])
    persons = [plan.person_id] if to_person else []
    notices.tell(key, url, thing=plan, person_id=plan.person_id, once=once, units=units, persons=persons)


def of_handover(key: str, handover: Handover, units: Iterable[int], once: str = "", to_person: bool = False) -> None:
    """To the units that have something to do about it."""
    url = reverse("plans:handover", args=[handover.public_id])
    person = handover.plan.person_id
    persons = [person] if to_person else []
    notices.tell(key, url, thing=handover, person_id=person, once=once, units=units, persons=persons)

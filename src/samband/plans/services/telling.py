"""Whom the plans tell, and of what (core.notices): the kinds, and the few who should hear."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samband.core import notices
from samband.people.models import ContactRole, Person
from samband.people.models.staff import current
from samband.plans.models import Approval, CarePlan, Proposal


def register() -> None:
    """Called once, when the application is ready."""
    notices.kind("ask.asked", _("En insats väntar på er enhets svar"), receipt=True)
    notices.kind("ask.answered", _("En enhet har svarat om en insats"))
    notices.kind("ask.declined", _("En enhet har sagt nej till en insats"), receipt=True)
    notices.kind("plan.approved", _("En plan är godkänd"))
    notices.kind("plan.disagreed", _("Någon håller inte med om sin plan"), receipt=True)
    notices.kind("consent.withdrawn", _("Ett samtycke är taget tillbaka"))
    notices.kind("capacity.review", _("En bedömning av förmågan att samtycka ska göras om"), receipt=True)


def asked(ask: Proposal) -> None:
    """The unit that is asked."""
    if ask.kind == Proposal.Kind.TAKE:
        url = reverse("plans:proposal", args=[ask.public_id])
        _tell("ask.asked", url, ask, ask.person_id, units=[ask.asked_unit_id])


def answered(ask: Proposal) -> None:
    """The one who asked, and where the answer leaves the action without anybody, the person's care contact too."""
    bad = ask.status in (Proposal.Status.DECLINED, Proposal.Status.RETURNED)
    who = [ask.assignment_id] if ask.assignment_id else []
    if bad or not who:
        who += care_contact(ask.person_id)
    url = reverse("plans:action", args=[ask.action.public_id])
    _tell("ask.declined" if bad else "ask.answered", url, ask, ask.person_id, assignments=who)


def approval(found: Approval) -> None:
    """The care contact; where there is none, every party that takes part."""
    plan = found.plan
    key = "plan.approved" if found.approved else "plan.disagreed"
    url = reverse("plans:agreement", args=[plan.person.public_id])
    _tell(key, url, found, plan.person_id, **_near(plan.person))


def consent_withdrawn(person: Person, units: list[int], plan: CarePlan | None) -> None:
    """The parties whose reading stopped."""
    url = reverse("plans:person", args=[person.public_id])
    _tell("consent.withdrawn", url, plan, person.pk, units=units)


def review(person: Person, capacity: Any) -> None:
    """P7: it is time to look again."""
    url = reverse("plans:capacity", args=[person.public_id])
    once = f"capacity:{capacity.public_id}:{capacity.review_on}"
    notices.tell("capacity.review", url, thing=capacity, person_id=person.pk, once=once, **_near(person))


def care_contact(person_id: int) -> list[int]:
    """The fixed care contact's assignment, if one is named."""
    rows = ContactRole.objects.filter(current(), person_id=person_id, kind=ContactRole.Kind.CARE)
    return list(rows.values_list("assignment_id", flat=True)[:1])


def _near(person: Person) -> dict[str, Any]:
    if contact := care_contact(person.pk):
        return {"assignments": contact}
    rows = person.parties.filter(withdrawn_at__isnull=True).exclude(unit__organization__kind="outside")
    return {"units": list(rows.values_list("unit_id", flat=True))}


def _tell(key: str, url: str, thing: Any, person_id: int, **whom: Any) -> None:
    """Whoever there is to tell; nobody is told of nothing."""
    if any(whom.values()):
        notices.tell(key, url, thing=thing, person_id=person_id, **whom)

"""From a visit on the desk to telling what has happened to it: the ways that are open to the reader, today."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from samband.core import clock, policy
from samband.core.policy import Actor
from samband.resources.models import DayPlan, Happening, Placement, Visit

Kind = Happening.Kind
GOES_ON = (Visit.Status.PLANNED, Visit.Status.STARTED)


@dataclass(frozen=True)
class Link:
    icon: str
    text: str
    url: str


def links(actor: Actor, plan: DayPlan, visit: Visit, planned: Iterable[Placement]) -> list[Link]:
    """What may be told of the visit and of whoever does it; nothing of another day than today, or where no plan is published.

    What calls off or calls in is told by the unit that has the visit (P3); of others' visits only that staff are sick.
    """
    if plan.day != clock.today() or visit.status not in GOES_ON:
        return []
    if not DayPlan.objects.filter(pool=plan.pool_id, day=plan.day, status=DayPlan.Status.PUBLISHED).exists():
        return []
    found = []
    if policy.decide(actor, "visit.read", visit):
        found.append(_of_visit(plan, visit, Kind.LONGER, "clock", _("Besöket drar ut på tiden")))
    if policy.decide(actor, "visit.edit", visit):
        if visit.status == Visit.Status.PLANNED:
            found.append(_of_visit(plan, visit, Kind.CANCELLED, "cross", _("Besöket blir inte av")))
        found.append(_of_visit(plan, visit, Kind.ADMITTED, "bed", _("Personen läggs in eller reser bort")))
        found.append(_of_visit(plan, visit, Kind.HOME, "home", _("Personen kommer hem tidigare")))
    for placed in planned:
        who = placed.shift.assignment
        said = _("%(name)s är sjuk") % {"name": who.staff.full_name}
        found.append(Link("people", said, _url(plan, kind=Kind.SICK, assignment=str(who.public_id))))
    return found


def _of_visit(plan: DayPlan, visit: Visit, kind: str, icon: str, said: str) -> Link:
    return Link(icon, said, _url(plan, kind=kind, visit=str(visit.public_id)))


def _url(plan: DayPlan, **asked: str) -> str:
    return f"{reverse('resources:happening_new', args=[plan.pool.public_id])}?{urlencode(asked)}"

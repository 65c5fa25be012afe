"""The list of questions: to the actor's units, from them, and lately answered. The scope is in the query."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import F, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samband.access.models import Capacity
from samband.access.rules import is_outside
from samband.access.services.facts import know
from samband.core import clock, policy, text
from samband.core.policy import Actor
from samband.people.models import Person
from samband.people.models.staff import current
from samband.plans.models import Action, Proposal
from samband.plans.rules import spoken_rule
from samband.plans.services import asks
from samband.plans.services.summary import marked

WHICH = ("to_us", "from_us", "answered")
LATELY = timedelta(days=30)
FRESH = 15
Status = Proposal.Status


@dataclass(frozen=True)
class Line:
    """A question as the list shows it."""

    row: Proposal
    person: Person
    url: str
    often: str
    state: str
    word: str
    marked: str
    may_answer: bool


def home() -> str:
    return reverse("plans:asks")


def to_us(actor: Actor) -> QuerySet[Proposal]:
    """What waits for the answer of the actor's units."""
    rows = asks.waiting(policy.scoped(actor, "proposal.answer", Proposal.objects.all()))
    rows = rows.filter(kind=Proposal.Kind.TAKE, asked_unit_id__in=actor.unit_ids)
    return rows.filter(action__shared_outside=True) if is_outside(actor) else rows


def rows(actor: Actor, which: str) -> QuerySet[Proposal]:
    """The rows of a tab, in order."""
    if which == "to_us":
        found = to_us(actor).order_by(F("answer_by").asc(nulls_first=True), "pk")
    elif which == "answered":
        ours = Proposal.objects.filter(kind=Proposal.Kind.TAKE, asked_unit_id__in=actor.unit_ids)
        scope = policy.scoped(actor, "proposal.answer", ours)
        shown = Q(action__shared_outside=True) if is_outside(actor) else Q()
        lately = scope.filter(shown, answered_at__gte=clock.now() - LATELY).exclude(status=Status.OPEN)
        found = lately.order_by("-answered_at", "-pk")
    else:
        found = _from_us(actor)
    held = Prefetch("action__plan__person__capacities", Capacity.objects.filter(current()), to_attr="held_capacities")
    near = found.select_related("action__plan__person", "action__unit", "asked_unit__organization")
    return near.prefetch_related(held)


def _from_us(actor: Actor) -> QuerySet[Proposal]:
    """What our units have asked: not answered yet, or with a no and nobody who has it."""
    if is_outside(actor):
        return Proposal.objects.none()
    scope = policy.scoped(actor, "plan.read", Proposal.objects.filter(assignment__unit_id__in=actor.unit_ids))
    keys = [asks.waiting(scope).values("pk"), asks.declined(scope).values("pk")]
    found = Proposal.objects.filter(Q(pk__in=keys[0]) | Q(pk__in=keys[1]))
    return found.order_by(F("answer_by").asc(nulls_first=True), "pk")


def shown(actor: Actor, found: Any) -> list[Line]:
    """The rows in words; whose persons the reader knows is asked about once for the page."""
    lines, lang, found = [], get_language() or "sv", list(found)
    know(actor, [row.action.plan.person_id for row in found])
    for row in found:
        person, action = row.action.plan.person, row.action
        state = asks.states_of([row]).get(action.pk)
        held = getattr(person, "held_capacities", [])
        lines.append(Line(
            row=row,
            person=person,
            url=reverse("plans:proposal", args=[row.public_id]),
            often=spoken_rule(action.rrule, action.starts_on, lang),
            state=state.state if state else "ok" if row.status == Status.ACCEPTED else "unknown",
            word=_deadline(row) if row.status == Status.OPEN else str(row.get_status_display()),
            marked=marked(held[0]) if held and not is_outside(actor) else "",
            may_answer=row.status == Status.OPEN and bool(policy.decide(actor, "proposal.answer", row)),
        ))  # fmt: skip
    return lines


def _deadline(row: Proposal) -> str:
    """Until when, or how long the answer is overdue."""
    if row.answer_by is None:
        return _("ingen dag är satt")
    late = (clock.today() - row.answer_by).days
    if late > 0:
        return _("skulle ha svarat %(day)s") % {"day": text.spoken_date(row.answer_by)}
    return _("senast %(day)s") % {"day": text.spoken_date(row.answer_by)}


def segment(actor: Actor, which: str) -> list[dict[str, Any]]:
    """The tabs; a party outside care asks nobody."""
    labels = {"to_us": _("Till oss"), "from_us": _("Från oss"), "answered": _("Besvarade")}
    if is_outside(actor):
        del labels["from_us"]
    return [
        {"label": label, "url": home() if key == "to_us" else f"{home()}?which={key}", "current": key == which}
        for key, label in labels.items()
    ]


def count(request: HttpRequest) -> int | None:
    """The number in the bar, at most 15 seconds old, as every page asks for it."""
    actor = request.actor  # type: ignore[attr-defined]
    key = f"plans-asks-{actor.user_id}-{actor.assignment_id}-{hash(actor.unit_ids)}"
    found = cache.get(key)
    if found is None:
        found = to_us(actor).count()
        cache.set(key, found, FRESH)
    return found or None


def times(action: Action) -> list[str]:
    """The next three times."""
    from samband.plans.views.actions import next_times

    return next_times(action.rrule, action.starts_on, action.stops_on, action.time_from, 3)

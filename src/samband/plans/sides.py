"""What the plan hangs beside its own page and the board: how it stands, what is handed over, the ways on."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from samband.core import clock, policy, text
from samband.core.policy import Actor
from samband.people.models import Area, Person
from samband.plans.models import Action, CarePlan, Handover, Situation
from samband.plans.services import handovers, lifecycle
from samband.plans.services.summary import open_plan

SHOWN = 5


def standing(request: HttpRequest, person: Person | None = None, plan: CarePlan | None = None, **knows: Any) -> str:
    """Beside the plan: that it rests and until when, and every hand-over with where it stands."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if person is None or not policy.decide(actor, "handover.read", person):
        return ""
    plan = plan or open_plan(person)
    if plan is None:
        return ""
    rows = [_handover(actor, row) for row in handovers.of_plan(plan)]
    rests = plan.status == CarePlan.Status.PAUSED
    if not rows and not rests:
        return ""
    context = {"plan": plan, "rests": rests, "handovers": rows, "whom": person, "late": _late(plan)}
    return render_to_string("plans/sides/standing.html", context, request=request)


def steps(actions: Iterable[Action], situations: Iterable[Situation]) -> list[dict[str, Any]]:
    """What is done and what may happen, as plain facts for whoever shows something at a step (slot `plan.steps`)."""
    found = [
        {"kind": "action", "title": a.title, "detail": a.detail, "icon": a.icon, "competence": a.competence, "unit_id": a.unit_id}
        for a in actions
    ]  # fmt: skip
    return found + [
        {"kind": "situation", "title": s.trigger, "detail": s.steps_staff, "icon": s.icon} for s in situations
    ]


def resting_step(actor: Actor, plan: CarePlan) -> dict[str, Any]:
    """The band of a plan that rests: since and until when, why, and the way on; nothing for one in force."""
    if plan.status != CarePlan.Status.PAUSED:
        return {}
    when = _("till %(day)s") % {"day": text.spoken_date(plan.resume_on)} if plan.resume_on else _("tills vidare")
    since = _("Sedan %(day)s.") % {"day": text.spoken_date(plan.paused_on)} if plan.paused_on else ""
    shown: dict[str, Any] = {
        "label": _("Just nu"),
        "when": when,
        "what": _("Planen vilar"),
        "detail": f"{since} {plan.status_why}".strip(),
    }
    if policy.decide(actor, "plan.lifecycle", plan):
        url = reverse("plans:resume", args=[plan.person.public_id])
        shown["primary"] = {"label": _("Ta upp planen igen"), "url": url}
    return shown


def _late(plan: CarePlan) -> bool:
    return plan.resume_on is not None and plan.resume_on <= clock.today()


def _handover(actor: Actor, row: Handover) -> dict[str, Any]:
    """Where it stands in words: who has the responsibility now, and what waits."""
    items = list(row.items.all())
    taken = [i.title for i in items if i.status == "accepted"]
    if row.open:
        said = _("%(unit)s har ansvaret tills %(other)s svarar.") % {"unit": row.from_unit, "other": row.to_unit}
    elif row.status == Handover.Status.DECLINED:
        said = _("Avböjd. %(unit)s har ansvaret.") % {"unit": row.from_unit}
    elif row.done_at is None:
        said = _("%(other)s tar över %(day)s. Till dess har %(unit)s ansvaret.") % {
            "other": row.to_unit, "unit": row.from_unit, "day": text.spoken_date(row.on),
        }  # fmt: skip
    else:
        said = _("%(other)s har tagit över: %(what)s.") % {"other": row.to_unit, "what": ", ".join(taken[:4])}
    state = "warn" if row.open else "ok" if row.status == Handover.Status.ACCEPTED else "unknown"
    asked = row.open and bool(policy.decide(actor, "handover.answer", row))
    return {"row": row, "said": said, "state": state, "number": len(items), "asked": asked}


def lead(request: HttpRequest, person: Person | None = None, plan: CarePlan | None = None, **knows: Any) -> str:
    """The ways on for whoever leads the plan: compare, rest, close, hand over."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if person is None or not policy.decide(actor, "plan.lifecycle", person):
        return ""
    plan = plan or open_plan(person)
    if plan is None:
        return ""
    return render_to_string("plans/sides/lead.html", {"plan": plan, "whom": person}, request=request)


class Mine:
    """The board's scope for the lists beside it: what the policy lets the reader see, in the area that is chosen."""

    def __init__(self, actor: Actor, area: Area | None):
        self.actor = actor
        self.areas = [] if area is None else [area.pk, *area.districts.values_list("pk", flat=True)]

    def of(self, rows: Any, way: str) -> Any:
        found = policy.scoped(self.actor, "plan.read", rows).filter(**{f"{way}deceased_on__isnull": True})
        return found.filter(**{f"{way}area_id__in": self.areas}) if self.areas else found


def board(request: HttpRequest, area: Area | None = None, **knows: Any) -> str:
    """Beside the board: a place that is filled after the page, so that the board waits for nothing."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not policy.decide(actor, "board.read"):
        return ""
    url = reverse("plans:board_side") + (f"?area={area.public_id}" if area else "")
    return render_to_string(
        "plans/sides/later.html", {"url": url, "key": area.public_id if area else "own"}, request=request
    )


def standing_of(actor: Actor, area: Area | None) -> dict[str, Any]:
    """Plans that rest with the day to take them up again, hand-overs that nobody has answered, and whom they are about."""
    scope = Mine(actor, area)
    resting = list(lifecycle.resting(scope).select_related("person")[: SHOWN + 1])
    rows = handovers.unanswered(scope).select_related("plan__person", "from_unit", "to_unit")
    waiting = list(rows[: SHOWN + 1])
    return {
        "resting": [{"plan": plan, "late": _late(plan)} for plan in resting[:SHOWN]],
        "waiting": waiting[:SHOWN],
        "more_resting": len(resting) > SHOWN,
        "more_waiting": len(waiting) > SHOWN,
        "seen": {plan.person_id for plan in resting} | {row.plan.person_id for row in waiting},
    }

"""The person's page for staff: one plan on one page."""

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samband.access.models import Consent
from samband.access.rules import is_outside
from samband.core import audit, clock, policy, text
from samband.core.policy import Actor, guarded
from samband.people.models import Person, Unit
from samband.people.models.staff import current
from samband.plans import sides
from samband.plans.models import Action, CarePlan, Proposal
from samband.plans.rules import spoken_rule
from samband.plans.services import agreement_page, ask_list, asks, consent, next_step, occurrences
from samband.plans.services import page as shown
from samband.plans.services.corrections import Cover
from samband.plans.services.summary import contacts, open_plan, summary
from samband.plans.views.actions import next_times, proposal_rows
from samband.plans.views.lifecycle import latest_closed

SHOWN = 5  # parties beside the plan; the rest unfold
VIEWS = ("today", "week", "all")


@guarded("person.read", Person, log=False)
@require_safe
def page(request: HttpRequest, person: Person) -> HttpResponse:
    """The plan as this reader may see it: whole (P2), the own agreed part (P5), or the way on where there is none."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.kind != "staff":
        return redirect("web:my")
    reads = policy.decide(actor, "plan.read", person)
    audit.read(
        request, "plan.read" if reads else "person.read", person, reads or policy.decide(actor, "person.read", person)
    )
    if is_outside(actor):
        return outside(request, person)
    face = summary(person, actor)
    if face.plan is None:
        context = {"person": face, "reads": reads, "may_start": policy.decide(actor, "plan.create", person)}
        if reads.rule == "P6":
            context["taken_back"] = taken_back(person)
        if reads and (closed := latest_closed(person)):
            context |= {"closed": closed, "may_reopen": policy.decide(actor, "plan.lifecycle", person)}
        return render(request, "plans/no_plan.html", context)
    view = request.GET.get("view", "today")
    context = whole(actor, person, face.plan, view if view in VIEWS else "today")
    return render(request, "plans/person.html", {"person": face, **context})


def whole(actor: Actor, person: Person, plan: CarePlan, view: str) -> dict[str, Any]:
    """Everything on the page, in a bounded number of queries whatever the plan holds."""
    plan.person = person
    # Few units have many actions: fetched beside them, each once, instead of with every row.
    actions = list(
        plan.actions.select_related("assignment__staff", "relative").prefetch_related(
            Prefetch("unit", Unit.objects.select_related("organization")),
            "participants__unit__organization",
            "participants__assignment__staff",
        )
    )
    for action in actions:
        action.plan = plan
    plan.open_follow_ups = list(plan.follow_ups.filter(done_at__isnull=True).select_related("responsible__staff"))  # type: ignore[attr-defined]
    active = [a for a in actions if a.status == Action.Status.ACTIVE]
    states = next_step.states_of([a.pk for a in actions])
    found = next_step.compute(plan, active, states, plan.open_follow_ups)  # type: ignore[attr-defined]
    parties = list(person.parties.select_related("unit__organization", "recorded_by__staff"))
    may_edit = bool(policy.decide(actor, "plan.edit", plan))
    situations = list(plan.situations.filter(ended_on=None).select_related("call_unit", "then_unit").prefetch_related(
        "call_unit__hours"))  # fmt: skip
    goals, wanted = list(plan.goals.all()), proposals_of(plan, actions)
    waiting = asks.states_of(wanted)
    may_do = bool(found.action and policy.decide(actor, "action.do", found.action))
    today = clock.today()
    context: dict[str, Any] = {
        "plan": plan,
        "step": sides.resting_step(actor, plan) or shown.step(found, person, may_do, may_edit, actor.assignment_id),
        "view": view,
        "segment": segment(person, view, len([a for a in actions if a.status != Action.Status.STOPPED])),
        "situations": shown.situations(situations),
        "steps": sides.steps(active, situations),
        "goals": goals,
        "agreement": agreement_page.beside(actor, plan, actions, parties, bool(goals), waiting, may_edit),
        "may_approve": bool(policy.decide(actor, "plan.approve", person)),
        "timeline": shown.timeline(plan, actions, states, found, [*map(Cover.of(plan).row, latest(plan)), *plan.events.all()[:8]]),
        "parties": (agreed := shown.parties(parties))[:SHOWN],
        "more_parties": agreed[SHOWN:],
        "parties_count": len([p for p in parties if p.withdrawn_at is None]),
        "relatives": shown.relatives(person.relatives.filter(current())),
        "proposals": proposal_rows(actor, [p for p in wanted if p.status == Proposal.Status.OPEN]),
        "may_edit": may_edit,
        "may_parties": bool(policy.decide(actor, "parties.edit", person)),
        "may_maturity": person.is_child and bool(policy.decide(actor, "maturity.edit", person)),
        "may_relatives": bool(policy.decide(actor, "relatives.edit", person)),
    }  # fmt: skip
    coming = [] if plan.rests else actions  # a plan that rests unfolds nothing
    if view == "today":
        rows = occurrences.unfold(coming, today, today, states)
        context["hours"] = shown.today_grid(person, rows, active, parties)
    elif view == "week":
        rows = occurrences.unfold(coming, today, today + timedelta(days=6), states)
        context["week"] = shown.week(rows, today)
    else:
        context["owners"] = by_owner(actor, person, actions, parties, waiting)
    return context


def proposals_of(plan: CarePlan, actions: list[Action]) -> list[Proposal]:
    """What waits for an answer, and every question to a unit: newest first. `actions` are all of the plan's."""
    rows = Proposal.objects.filter(Q(status=Proposal.Status.OPEN) | Q(kind=Proposal.Kind.TAKE), action__plan=plan)
    found, at_hand = list(rows.select_related("asked_unit")), {action.pk: action for action in actions}
    for row in found:
        row.action = at_hand[row.action_id]
    return found


def taken_back(person: Person) -> Consent | None:
    """The consent to the whole plan, where it is taken back (P6)."""
    found = consent.latest(person)
    return found if found and found.withdrawn_at else None


def latest(plan: CarePlan) -> Any:
    """The changes that the timeline may show; what happened to the person is there in its own words."""
    return plan.revisions.exclude(kind="add", thing__startswith="plans.planevent").order_by("-at", "-number")[:8]


def segment(person: Person, view: str, number: int) -> list[dict]:
    url = reverse("plans:person", args=[person.public_id])
    labels = {"today": _("I dag"), "week": _("Vecka"), "all": _("Alla %(n)d") % {"n": number}}
    return [
        {"label": label, "url": url if key == "today" else f"{url}?view={key}", "current": key == view}
        for key, label in labels.items()
    ]


def by_owner(actor: Actor, person: Person, actions: list[Action], parties: list, waiting: dict) -> list[dict]:
    """Every action under the one who has it, with how often and when it comes next."""
    lang = get_language() or "sv"
    found = []
    for owner in shown.owners(person, actions, parties):
        rows = []
        for action in actions:
            if shown.owner_of(action) != owner["key"]:
                continue
            rows.append(
                {
                    "action": action,
                    "ask": waiting.get(action.pk),
                    "rule": spoken_rule(action.rrule, action.starts_on, lang),
                    "clock": " ".join(filter(None, [f"{action.time_from:%H.%M}" if action.time_from else ""])),
                    "when": text.spoken_date(action.next_on) if action.next_on else "",
                    "may_edit": bool(policy.decide(actor, "action.edit", action)),
                }
            )
        if rows:
            found.append({**owner, "rows": rows})
    return found


def outside(request: HttpRequest, person: Person) -> HttpResponse:
    """P5: a party outside care sees the actions that concern it and that the person agreed to, and whom to call."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = Action.objects.filter(plan__person=person, status=Action.Status.ACTIVE, plan__status="active")
    mine = policy.scoped(actor, "action.read", rows).select_related("assignment__staff", "unit")
    lang = get_language() or "sv"
    found = [
        {
            "action": a,
            "rule": spoken_rule(a.rrule, a.starts_on, lang),
            "times": next_times(a.rrule, a.starts_on, a.stops_on, a.time_from, 3),
        }
        for a in mine
    ]
    care = [c for c in contacts(person) if c.name][:1]
    context: dict[str, Any] = {"whom": person.full_name, "rows": found, "contacts": care, "party": person.parties.filter(
        unit_id__in=actor.unit_ids, withdrawn_at__isnull=True).first()}  # fmt: skip
    context["asks"] = ask_list.shown(actor, ask_list.rows(actor, "to_us").filter(action__plan__person=person))
    if open_plan(person):
        context["print_url"] = reverse("plans:print", args=[person.public_id])
    return render(request, "plans/outside.html", context)

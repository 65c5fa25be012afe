"""Who comes along on an action: the page where each party looks after its own, and the question to another (P3)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samband.core import policy
from samband.core.policy import Actor, guarded
from samband.people.models import Assignment, Unit
from samband.plans import forms
from samband.plans.models import Action, Proposal, Revision
from samband.plans.services import proposals, together
from samband.plans.services.next_step import people
from samband.plans.services.together import Along
from samband.plans.views.base import back_to, header
from samband.ui.toast import toast


@guarded("action.propose", Action)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, action: Action) -> HttpResponse:
    """The thread with its knots; one more, one less, or another of the own unit."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = forms.AlongForm(request.POST if request.POST.get("do") == "join" else None, plan=action.plan)
    if request.method == "POST":
        answer = _changed(request, action, form)
        if answer is not None:
            return answer
    waiting = [row for row in action.proposals.filter(status=Proposal.Status.OPEN) if "together" in row.changes]
    context = {
        "person": header(request, action.plan.person),
        "action": action,
        "knots": knots(actor, action),
        "waiting": [
            {
                "who": together.told(row.changes["together"][1]),
                "asked": row.asked_unit or action.unit,
                "by": row.by_name,
            }
            for row in waiting
        ],
        "form": form,
        "over": action.status in together.OVER,
        "cancel": reverse("plans:action", args=[action.public_id]),
    }
    return render(request, "plans/together.html", context, status=422 if form.is_bound and form.errors else 200)


@guarded("action.propose", Action)
@require_POST
def undo(request: HttpRequest, action: Action, number: int) -> HttpResponse:
    """Back to who came along before."""
    here = reverse("plans:together", args=[action.public_id])
    try:
        together.undo(request.actor, action, number)  # type: ignore[attr-defined]
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    else:
        toast(request, _("Ångrat: de som kommer med är som innan."))
    return redirect(back_to(request, here))


def _changed(request: HttpRequest, action: Action, form: forms.AlongForm) -> HttpResponse | None:
    """One change, and back to the same page; nothing where the form has to be shown again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    here = reverse("plans:together", args=[action.public_id])
    try:
        if form.is_bound:
            if not form.is_valid():
                return None
            new = read(action, form.cleaned_data["along"])
            said = bring(actor, action, new, form.cleaned_data["why"]) if new else ""
            toast(request, said, _undo_url(action))
        elif request.POST.get("do") in ("leave", "swap"):
            row = _less_or_other(request, action)
            toast(request, _("Ändrat. De andra ser det i planen."), reverse("plans:together_undo", args=[
                action.public_id, row.number]))  # fmt: skip
    except ValidationError as error:
        if form.is_bound:
            form.refuse(error)
            return None
        toast(request, " ".join(error.messages))
    return redirect(here)


def _less_or_other(request: HttpRequest, action: Action) -> Revision:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    key, why = request.POST.get("key", ""), request.POST.get("why", "")[:300]
    if request.POST.get("do") == "leave":
        return together.leave(actor, action, key, why)
    wanted = next((one for one in together.those(action) if one.key == key), None)
    form = forms.SwapForm(request.POST, unit=wanted.unit if wanted else None)
    if not form.is_valid():
        raise ValidationError(_("Välj någon som arbetar på enheten."))
    return together.swap(actor, action, key, form.cleaned_data["to"], why)


def _undo_url(action: Action) -> str:
    """The way back, where it was written at once; a question has none."""
    last = Revision.objects.filter(plan_id=action.plan_id).order_by("-number").first()
    if last is None or last.kind != "change" or "together" not in last.changes:
        return ""
    return reverse("plans:together_undo", args=[action.public_id, last.number])


def bring(actor: Actor, action: Action, new: Along, why: str = "") -> str:
    """Add at once or ask; what was done, in words."""
    if not together.needs_to_ask(actor, action, new):
        together.join(actor, action, new, why)
        return _("%(who)s kommer med.") % {"who": new.text}
    proposal = proposals.ask_along(actor, action, new, why)
    asked = proposal.asked_unit or action.unit
    return _("%(unit)s får frågan. Svaret syns i planen.") % {"unit": asked.name if asked else _("Parten")}


def read(action: Action, key: str) -> Along | None:
    """What the form sent, when it is somebody at one of the plan's parties."""
    kind, _sep, public_id = key.partition(":")
    try:
        wanted = UUID(public_id)
    except ValueError:
        return None
    units = Unit.objects.filter(party_in__person=action.plan.person_id, party_in__withdrawn_at__isnull=True)
    if kind == "u":
        unit = units.select_related("organization").filter(public_id=wanted).first()
        return Along(unit) if unit else None
    rows = Assignment.objects.filter(public_id=wanted, unit__in=units).select_related("staff", "unit__organization")
    row = rows.first()
    return Along(row.unit, row) if row else None


def knots(actor: Actor, action: Action) -> list[dict[str, Any]]:
    """The thread: who has it, then each who comes along, with what this reader may do about it."""
    first = people(action.plan, action)[:1] if action.by != Action.By.NOBODY or action.assignment_id else []
    found: list[dict[str, Any]] = [
        {"name": w.name, "role": w.role, "unit": action.unit.name if action.unit else "", "first": True} for w in first
    ]
    return found + others(action, actor)


def others(action: Action, actor: Actor | None = None) -> list[dict[str, Any]]:
    """Those who come along."""
    found: list[dict[str, Any]] = []
    for one in together.those(action):
        may = actor is not None and bool(policy.decide(actor, "together.edit", one.of(action)))
        mine = actor is not None and one.unit.pk in actor.unit_ids
        row: dict[str, Any] = {"key": one.key, "name": one.text, "role": "", "unit": "", "may": may}
        if one.assignment:
            row |= {"name": one.assignment.staff.full_name, "role": one.assignment.title, "unit": one.unit.name}
        if may and mine:
            start = {"key": one.key, "to": one.assignment.public_id if one.assignment else None}
            row["swap"] = forms.SwapForm(initial=start, unit=one.unit, auto_id=f"id_{len(found)}_%s")
        found.append(row)
    return found

"""Acts on a visit at the desk: the explanation of its place, move, take out, lock, undo.

The script asks for JSON and draws the answer; without it the same addresses answer with the page.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samband.core import audit, clock, policy
from samband.core.policy import guarded
from samband.resources.models import DayPlan, Visit, VisitPart, WorkShift
from samband.resources.services import desk_data, desk_happens, desk_lists, moves, sheet
from samband.resources.services import other_day as other_days
from samband.resources.services import why as reasons
from samband.resources.services.moves import Moved
from samband.resources.views import desk
from samband.ui.toast import toast


@guarded("visitday.read", DayPlan, log=False)
@require_safe
def visit(request: HttpRequest, plan: DayPlan, visit: UUID) -> HttpResponse:
    """Why her, at that time; who else; and the acts."""
    return _panel(request, plan, visit_of(plan, visit))


def visit_of(plan: DayPlan, key: UUID) -> Visit:
    """A visit of the plan's day and pool."""
    found = Visit.objects.filter(public_id=key, day=plan.day, unit__in=sheet.units(plan)).select_related(
        "person", "area"
    )
    row = found.first()
    if row is None:
        raise Http404
    return row


def _panel(request: HttpRequest, plan: DayPlan, row: Visit, status: int = 200, **more: Any) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    found = reasons.why(actor, plan, row)
    if found.open:
        audit.seen(request, "visit.read", [row.person_id], f"visit:{row.public_id}")
    shown = sheet.sheet(actor, plan)
    face, may = shown.visits.get(row.pk), desk.may(request, plan)
    changes = may and plan.status == DayPlan.Status.DRAFT and row.status == Visit.Status.PLANNED
    context = {
        "plan": plan, "why": found, "face": face, "visit": row, "parts": list(row.parts.all()), "lanes": shown.lanes,
        "changes": changes, "other": other_days.offered(actor, plan, row) if changes else None,
        "late": next((desk_lists.how_late(s) for s in shown.stops if s.visit.pk == row.pk and s.expected), ""),
        "mend": may and (plan.status == DayPlan.Status.PUBLISHED or plan.based_on_id is not None),
        "happens": desk_happens.links(actor, plan, row, found.planned) if may else [],
        "locked": any(p.locked for p in found.planned), "first": found.planned[0] if found.planned else None,
        "minutes": max((p.minutes for p in row.parts.all()), default=0), **more,
    }  # fmt: skip
    whole = not request.htmx  # type: ignore[attr-defined]
    return render(request, "resources/desk/visit.html" if whole else "resources/desk/why.html", context, status=status)


@guarded("visitday.read", DayPlan, log=False)
@require_safe
def nearest(request: HttpRequest, plan: DayPlan, visit: UUID) -> HttpResponse:
    """Where something without a place would fit, everything else left alone."""
    row = visit_of(plan, visit)
    changes = desk.may(request, plan) and plan.status == DayPlan.Status.DRAFT
    context = {"plan": plan, "visit": row, "near": reasons.near(plan, row), "changes": changes}
    return render(request, "resources/desk/nearest.html", context)


@guarded("visitday.plan", DayPlan)
@require_POST
def move(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    """Another member of staff, another time, or both; also the way in for what has no place."""
    return _act(request, plan, _place)


@guarded("visitday.plan", DayPlan)
@require_POST
def unplace(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    return _act(request, plan, lambda r, p, version: moves.unplace(r.actor, p, _posted(r, p), version))  # type: ignore[attr-defined]


@guarded("visitday.plan", DayPlan)
@require_POST
def lock(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    def act(r: HttpRequest, p: DayPlan, version: int) -> Moved:
        return moves.lock(r.actor, p, _posted(r, p), r.POST.get("on") == "1", version)  # type: ignore[attr-defined]

    return _act(request, plan, act)


@guarded("visitday.plan", DayPlan)
@require_POST
def other_day(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    """Done on another day; publishing carries it out."""
    return _act(request, plan, _choose_day)


def _choose_day(request: HttpRequest, plan: DayPlan, version: int) -> Moved:
    row = _posted(request, plan)
    try:
        to = date.fromisoformat(request.POST.get("to", ""))
    except ValueError as error:
        raise ValidationError(_("Välj en av dagarna som visas.")) from error
    try:
        return other_days.choose(request.actor, plan, row, to, version)  # type: ignore[attr-defined]
    except policy.Denied as denied:
        raise ValidationError(denied.decision.reason) from denied


@guarded("visitday.plan", DayPlan)
@require_POST
def undo(request: HttpRequest, plan: DayPlan) -> HttpResponse:
    return _act(request, plan, lambda r, p, version: moves.undo(r.actor, p, version))  # type: ignore[attr-defined]


def _posted(request: HttpRequest, plan: DayPlan) -> Visit:
    try:
        return visit_of(plan, UUID(request.POST.get("visit", "")))
    except (ValueError, Http404) as error:
        raise ValidationError(_("Besöket finns inte i dagens planering.")) from error


def _place(request: HttpRequest, plan: DayPlan, version: int) -> Moved:
    row = _posted(request, plan)
    number = request.POST.get("part", "1")
    part = VisitPart.objects.filter(
        visit=row, number=int(number) if number.isdecimal() and len(number) < 3 else 0
    ).first()
    if part is None:
        raise ValidationError(_("Besöket finns inte i dagens planering."))
    part.visit = row
    return moves.place(request.actor, plan, part, _shift(request, plan), _start(request, plan), version)  # type: ignore[attr-defined]


def _shift(request: HttpRequest, plan: DayPlan) -> WorkShift:
    """A shift of the pool's own staff."""
    try:
        key = UUID(request.POST.get("shift", ""))
    except ValueError as error:
        raise ValidationError(_("Välj vem som ska göra besöket.")) from error
    rows = WorkShift.objects.filter(public_id=key, assignment__unit__in=sheet.units(plan), removed_at__isnull=True)
    found = rows.select_related("assignment__staff").first()
    if found is None:
        raise ValidationError(_("Arbetspasset finns inte längre."))
    return found


def _start(request: HttpRequest, plan: DayPlan) -> datetime:
    """Minutes from midnight from the script, or hours and minutes from the form."""
    minute, at = request.POST.get("minute", ""), request.POST.get("at", "").replace(".", ":")
    try:
        if minute:
            number = int(minute)
            if not 0 <= number < 2880:
                raise ValueError
            day, rest = divmod(number, 1440)
            return clock.at(
                plan.day + timedelta(days=day), datetime.min.replace(hour=rest // 60, minute=rest % 60).time()
            )
        return clock.at(plan.day, datetime.strptime(at, "%H:%M").time())
    except ValueError as error:
        raise ValidationError(_("Skriv tiden som 14:10.")) from error


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _act(request: HttpRequest, plan: DayPlan, act: Callable[[HttpRequest, DayPlan, int], Moved]) -> HttpResponse:
    """Do it, and answer with what it costs or why not."""
    json = "application/json" in request.headers.get("Accept", "")
    try:
        done = act(request, plan, _version(request))
    except ValidationError as error:
        text, status = " ".join(error.messages), 409 if getattr(error, "code", "") == "version" else 422
        if json:
            return JsonResponse({"ok": False, "text": text, "data": _data(request, plan)}, status=status)
        toast(request, text, level=messages.ERROR)
        return redirect("resources:desk_plan", plan.public_id)
    if json:
        answer = {"ok": True, "text": done.text, "breaks": done.breaks, "data": _data(request, done.plan)}
        return JsonResponse(answer)
    toast(request, done.text)
    return redirect("resources:desk_plan", plan.public_id)


def _data(request: HttpRequest, plan: DayPlan) -> dict[str, Any]:
    fresh = DayPlan.objects.select_related("pool").get(pk=plan.pk)
    return desk_data.data(request.actor, desk.read(request, fresh), desk.may(request, fresh))  # type: ignore[attr-defined]

"""What upsets the day, for the planner: tell it, see the proposal, say yes or no."""

import uuid
from typing import Any

from django.contrib.messages import ERROR
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import audit, clock, events, policy, text
from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.models import Assignment
from samband.people.models.staff import current
from samband.resources.forms_today import HappeningForm
from samband.resources.listeners_today import late_now
from samband.resources.models import DayPlan, Happening, Pool, PoolUnit, Visit, WorkShift
from samband.resources.services import compare, happenings, proposals, withdrawing
from samband.ui.toast import toast

TAKEN_BACK = (Happening.State.OPEN, Happening.State.REFUSED)


@guarded("visitday.list")
@require_safe
def listing(request: Request) -> HttpResponse:
    """What waits in the reader's pools, and who is likely to be late."""
    rows = list(
        happenings.waiting(request.actor).select_related("pool", "assignment__staff", "visit__area", "proposal")[:60]
    )
    pools = list(policy.scoped(request.actor, "visitday.plan", Pool.objects.all()))
    late = [(pool, _late(request, pool)) for pool in pools]
    context = {"rows": rows, "pools": pools, "late": [(pool, found) for pool, found in late if found]}
    return render(request, "resources/today/happenings.html", context)


def _late(request: Request, pool: Pool) -> list[dict[str, Any]]:
    """By name where the reader may read the visit, else by area."""
    plan = happenings.published_today(pool)
    found = late_now(plan)[:20] if plan else []
    names = _names(request, [row.part.visit_id for row, _seen in found], "happening.late")
    staff = dict(
        Assignment.objects.filter(pk__in=[row.shift.assignment_id for row, _seen in found]).values_list(
            "pk", "staff__sort_name"
        )
    )
    who = {a.pk: a.staff.full_name for a in Assignment.objects.filter(pk__in=staff).select_related("staff")}
    return [
        {"name": names.get(row.part.visit_id) or str(row.part.visit.area or _("Ett besök")), "strong": True,
         "note": _("%(who)s, trolig start %(clock)s") % {"who": who[row.shift.assignment_id], "clock": text.clock_time(seen.starts)},
         "state": "warn", "word": _("%(n)d min för sen") % {"n": seen.late}}
        for row, seen in found
    ]  # fmt: skip


def _names(request: Request, visits: list[int], view: str) -> dict[int, str]:
    rows = policy.scoped(request.actor, "visit.read", Visit.objects.filter(pk__in=visits)).select_related("person")
    found = {row.pk: row.person for row in rows}
    audit.seen(request, "visit.read", [p.pk for p in found.values()], view=view)
    return {pk: person.full_name for pk, person in found.items()}


@guarded("visitday.read", Happening)
@require_safe
def page(request: Request, happening: Happening) -> HttpResponse:
    """What happened, what is proposed, who is told what."""
    found = compare.compare(request.actor, happening.proposal) if happening.proposal else None
    if found:
        audit.seen(request, "visit.read", found.seen, view=f"happening:{happening.public_id}")
    visits = [pk for pk in (happening.visit_id, happening.request.visit_id if happening.request else None) if pk]
    names = _names(request, visits, f"happening:{happening.public_id}")
    left = list(happening.proposal.unplaced.select_related("visit__area")) if happening.proposal else []
    open_to = _names(request, [row.visit_id for row in left], f"happening:{happening.public_id}:left")
    planner = bool(policy.decide(request.actor, "visitday.plan", happening))
    context = {
        "h": happening, "found": found, "planner": planner,
        "withdrawable": planner and happening.state in TAKEN_BACK,
        "title": happening.get_kind_display(),
        "whom": names.get(happening.visit_id or 0) or (str(happening.visit.area or "") if happening.visit else ""),
        "known": bool(names), "left": [(open_to.get(row.visit_id) or str(row.visit.area or ""), row) for row in left],
        "may": planner and happening.state == Happening.State.OPEN,
    }  # fmt: skip
    return render(request, "resources/today/happening.html", context)


@guarded("visitday.plan", Happening, log=False)
@require_POST
def accept(request: Request, happening: Happening) -> HttpResponse:
    try:
        done = proposals.accept(request.actor, happening)
    except ValidationError as error:
        toast(request, " ".join(error.messages))
        return redirect("resources:happening", happening=happening.public_id)
    toast(
        request,
        _("Publicerat. %(n)d personer och %(m)d i personalen får besked.")
        % {"n": len(done.persons), "m": len(done.staff)},
    )
    return redirect("resources:happenings")


@guarded("visitday.plan", Happening, log=False)
@require_POST
def refuse(request: Request, happening: Happening) -> HttpResponse:
    try:
        proposals.refuse(request.actor, happening)
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    else:
        toast(request, _("Förslaget är avböjt. Planen är som den var."))
    return redirect("resources:happenings")


@guarded("visitday.plan", Happening, log=False)
@require_POST
def withdraw(request: Request, happening: Happening) -> HttpResponse:
    """It was a mistake: what it changed is changed back."""
    try:
        withdrawing.withdraw(request.actor, happening, request.POST.get("reason", ""))
    except ValidationError as error:
        toast(request, " ".join(error.messages), level=ERROR)
        return redirect("resources:happening", happening=happening.public_id)
    except policy.Denied as denied:
        toast(request, denied.decision.reason, level=ERROR)
        return redirect("resources:happening", happening=happening.public_id)
    toast(request, _("Händelsen är återtagen. Det som den ändrade är som före."))
    return redirect("resources:happenings")


@guarded("visitday.plan", Happening, log=False)
@require_POST
def again(request: Request, happening: Happening) -> HttpResponse:
    """Work it out anew, from how the day stands now."""
    _propose(request, happening)
    return redirect("resources:happening", happening=happening.public_id)


def _propose(request: Request, happening: Happening) -> None:
    try:
        proposals.propose(happening, request.actor)
    except ValidationError as error:
        toast(request, " ".join(error.messages))


@guarded("visitday.plan", Pool)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, pool: Pool) -> HttpResponse:
    """Tell it; the proposal comes at once. `?visit=` or `?assignment=` (public ids) from the desk choose beforehand."""
    form = _form(request, pool)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        said = happenings.Told(
            data["kind"], data["at"], data["assignment"], data["visit"], data["minutes"], key=_key(request)
        )
        try:
            row = happenings.tell(request.actor, pool, said)
        except ValidationError as error:
            for name, messages in (
                error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
            ).items():
                form.add_error(name if name in form.fields else None, messages)
        except policy.Denied as denied:
            form.add_error("visit", denied.decision.reason)
        else:
            _propose(request, row)
            return redirect("resources:happening", happening=row.public_id)
    back = reverse("resources:desk_day", args=[pool.public_id]) if request.GET.keys() & {"visit", "assignment"} else ""
    context = {
        "form": form, "pool": pool, "key": request.POST.get("key") or uuid.uuid4(),
        "back": back or reverse("resources:happenings"),
    }  # fmt: skip
    return render(request, "resources/today/new.html", context, status=422 if form.is_bound else 200)


@guarded("visitday.plan", DayPlan)
@require_POST
def late(request: Request, dayplan: DayPlan) -> HttpResponse:
    """From the desk: a visit is likely to be late, what can be done? Pressed twice it is asked once."""
    try:
        key = uuid.UUID(request.POST.get("visit", ""))
    except ValueError:
        key = uuid.UUID(int=0)
    row = Visit.objects.filter(public_id=key, parts__placements__plan=dayplan).distinct().first()
    try:
        if row is None:
            raise ValidationError(_("Besöket finns inte i dagens planering."))
        found, made = happenings.late(request.actor, dayplan, row)
    except ValidationError as error:
        toast(request, " ".join(error.messages))
        return redirect("resources:desk_plan", dayplan.public_id)
    if made:
        _propose(request, found)
    return redirect("resources:happening", happening=found.public_id)


def _key(request: Request) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _form(request: Request, pool: Pool) -> HappeningForm:
    today = clock.today()
    low, high = clock.day_bounds(today)
    units = PoolUnit.objects.filter(current(), pool=pool).values("unit_id")
    shifts = WorkShift.objects.filter(assignment__unit__in=units, removed_at=None, starts_at__lt=high, ends_at__gt=low)
    staff = Assignment.objects.filter(pk__in=shifts.values("assignment_id")).select_related("staff", "unit")
    visits = policy.scoped(request.actor, "visit.read", Visit.objects.filter(day=today, unit__in=units))
    rows = visits.exclude(status=Visit.Status.GONE).select_related("person", "area").order_by("window_from")
    named = {v.pk: f"{text.clock_time(v.window_from)} {v.person.full_name}" for v in rows}
    asked = {name: request.GET.get(name) for name in ("kind",) if request.GET.get(name)}
    first = {"at": clock.local_now().replace(second=0, microsecond=0, tzinfo=None), **asked}
    first |= _chosen(request, rows, staff)
    return HappeningForm(
        request.POST or None, initial=first, staff=staff.order_by("staff__sort_name"), visits=rows, named=named
    )


def _chosen(request: Request, visits: Any, staff: Any) -> dict[str, Any]:
    out = {}
    for name, rows in (("visit", visits), ("assignment", staff)):
        try:
            out[name] = rows.filter(public_id=uuid.UUID(request.GET.get(name, ""))).values_list("pk", flat=True).first()
        except ValueError:
            continue
    return {name: pk for name, pk in out.items() if pk}


@guarded("visit.mine")
@require_POST
def sick(request: Request) -> HttpResponse:
    """I cannot go on today: said from my day, by her whose day it is."""
    mine = Assignment.objects.select_related("staff").get(pk=request.actor.assignment_id or 0)
    plan = DayPlan.objects.filter(
        status=DayPlan.Status.PUBLISHED, day=clock.today(), placements__shift__assignment=mine
    ).select_related("pool").first()  # fmt: skip
    if plan is None:
        toast(request, _("Du har inga publicerade besök i dag. Säg till din chef som vanligt."))
        return redirect("resources:mine")
    said = happenings.Told(Happening.Kind.SICK, clock.now(), mine, key=_key(request))
    try:
        row = happenings.tell(request.actor, plan.pool, said)
    except ValidationError as error:
        toast(request, " ".join(error.messages))
    else:
        events.publish("resources.happened", happening=row, actor=request.actor)
        toast(request, _("Planeraren har fått besked. Krya på dig."))
    return redirect("resources:mine")

"""One shift: put in, changed, taken away, put back. And somebody who is away."""

from datetime import date, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samband.contact.forms import AbsenceForm
from samband.contact.models import Absence
from samband.contact.services import rotas
from samband.core import clock
from samband.core.policy import guarded
from samband.people.models import Unit
from samband.resources.forms.shift import ShiftForm
from samband.resources.models import WorkShift
from samband.resources.services import shifts, week
from samband.resources.views.answering import answer
from samband.ui.toast import toast

LENGTH = timedelta(hours=8)


def week_of(unit: Unit, day: date | None = None) -> str:
    """Back to the week in which the day lies."""
    return f"{reverse('resources:unit', args=[unit.public_id])}?week={week.monday(day or clock.today())}"


def day_of(shift: WorkShift) -> date:
    return clock.local(shift.starts_at).date()


def proposed(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    """The cell that was pressed: who and which day, with the hours of her last shift, else seven to three."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return {}
    if day.year not in range(2000, 2100):
        return {}
    who = next((a for a in shifts.staff_of(unit) if str(a.public_id) == request.GET.get("who", "")), None)
    last = (
        WorkShift.objects.filter(assignment=who, removed_at__isnull=True, on_call=False).order_by("-starts_at").first()
    )
    begins = clock.local(last.starts_at).time() if who and last else time(7)
    start = clock.at(day, begins)
    end = start + (last.ends_at - last.starts_at if who and last else LENGTH)
    return {"assignment": who, "starts_at": start, "ends_at": end}


@guarded("shift.edit", Unit, log=False)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, unit: Unit) -> HttpResponse:
    form = ShiftForm(request.POST or None, unit=unit, initial=proposed(request, unit))
    return _answer(request, form, unit, None)


@guarded("shift.edit", WorkShift, log=False)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, shift: WorkShift) -> HttpResponse:
    form = ShiftForm(request.POST or None, unit=shift.assignment.unit, instance=shift)
    return _answer(request, form, shift.assignment.unit, shift)


def _answer(request: HttpRequest, form: ShiftForm, unit: Unit, shift: WorkShift | None) -> HttpResponse:
    placed = shifts.placed(shift) if shift else 0
    note = ""
    if placed:
        note = ngettext(
            "%(n)d besök i en publicerad plan ligger på passet. Planera om dagen när du har ändrat.",
            "%(n)d besök i en publicerad plan ligger på passet. Planera om dagen när du har ändrat.", placed,
        ) % {"n": placed}  # fmt: skip
    day = day_of(shift) if shift else form.initial["starts_at"].date() if form.initial.get("starts_at") else None
    back = week_of(unit, day)

    def save() -> None:
        shifts.save(request.actor, form.cleaned_data, shift, form.read)  # type: ignore[attr-defined]

    return answer(
        request, form, save, title=(_("Ändra pass, %(unit)s") if shift else _("Nytt pass, %(unit)s")) % {"unit": unit},
        back=back, said=_("Passet är sparat."), place="staffing", note=note,
        remove=reverse("resources:shift_remove", args=[shift.public_id]) if shift else "",
        remove_head=_("Ta bort passet"), remove_text=_("Du kan ångra det direkt efteråt."),
    )  # fmt: skip


@guarded("shift.edit", WorkShift, log=False)
@require_POST
def remove(request: HttpRequest, shift: WorkShift) -> HttpResponse:
    shifts.remove(request.actor, shift)  # type: ignore[attr-defined]
    toast(request, _("Passet är borttaget."), undo_url=reverse("resources:shift_restore", args=[shift.public_id]))
    return redirect(week_of(shift.assignment.unit, day_of(shift)))


@guarded("shift.edit", WorkShift, log=False)
@require_POST
def restore(request: HttpRequest, shift: WorkShift) -> HttpResponse:
    if shifts.restore(request.actor, shift):  # type: ignore[attr-defined]
        toast(request, _("Passet är tillbaka."))
    else:
        toast(request, _("Något annat har kommit i passets ställe. Det är inte tillbaka."))
    return redirect(week_of(shift.assignment.unit, day_of(shift)))


@guarded("shift.edit", Unit, log=False)
@require_http_methods(["GET", "POST"])
def away(request: HttpRequest, unit: Unit) -> HttpResponse:
    """Contact's absence: there is one, for the rota and for the visits."""
    actor = request.actor  # type: ignore[attr-defined]
    form = AbsenceForm(request.POST or None, actor=actor)
    staff = form.fields["assignment"]
    staff.queryset = staff.queryset.filter(unit=unit)  # type: ignore[attr-defined]
    return answer(
        request, form, lambda: rotas.save_absence(actor, form.save(commit=False)),
        title=_("Någon är borta, %(unit)s") % {"unit": unit},
        back=week_of(unit), said=_("Frånvaron är sparad. Planeringen räknar med den från nu."), place="staffing",
    )  # fmt: skip


@guarded("absence.edit", Absence, log=False)
@require_POST
def back(request: HttpRequest, absence: Absence) -> HttpResponse:
    """She is back, or was never away."""
    rotas.end_absence(request.actor, absence)  # type: ignore[attr-defined]
    toast(request, _("Frånvaron är borttagen."))
    return redirect(week_of(absence.assignment.unit, clock.local(absence.starts_at).date()))

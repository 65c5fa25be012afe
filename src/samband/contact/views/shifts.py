"""One shift: put in, changed, taken away, put back."""

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samband.contact.forms import ShiftForm
from samband.contact.models import Rota, RotaShift
from samband.contact.services import rotas
from samband.core import clock
from samband.core.policy import guarded
from samband.ui.toast import toast


def week_of(shift: RotaShift) -> str:
    """Back to the week in which the shift begins."""
    day = rotas.monday(shift.starts_at.astimezone(clock.local_now().tzinfo).date())
    return f"{reverse('contact:rota', args=[shift.rota.public_id])}?week={day}"


def proposed(request: HttpRequest) -> dict[str, datetime]:
    """The cell that was pressed: its day and times."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
        opens, closes = (time.fromisoformat(request.GET.get(key, "").replace(".", ":")) for key in ("from", "to"))
    except ValueError:
        return {}
    start, end = clock.at(day, opens), clock.at(day, closes)
    return {"starts_at": start, "ends_at": end if end > start else clock.at(day + timedelta(days=1), closes)}


@guarded("rota.edit", Rota, log=False)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, rota: Rota) -> HttpResponse:
    form = ShiftForm(request.POST or None, rota=rota, initial=proposed(request))
    return _answer(request, form, rota, None)


@guarded("rota.edit", RotaShift, kwarg="shift", log=False)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, shift: RotaShift) -> HttpResponse:
    form = ShiftForm(request.POST or None, rota=shift.rota, instance=shift)
    return _answer(request, form, shift.rota, shift)


def _answer(request: HttpRequest, form: ShiftForm, rota: Rota, shift: RotaShift | None) -> HttpResponse:
    status = 200
    if request.method == "POST":
        if form.is_valid():
            kept = rotas.save_shift(request.actor, rota, form.cleaned_data, shift)  # type: ignore[attr-defined]
            toast(request, _("Passet är sparat."))
            return redirect(week_of(kept))
        status = 422
    back = week_of(shift) if shift else reverse("contact:rota", args=[rota.public_id])
    title = _("Ändra pass, %(rota)s") if shift else _("Nytt pass, %(rota)s")
    context = {"form": form, "title": title % {"rota": rota.name}, "back": back, "place": "rotas", "shift": shift}
    return render(request, "contact/form.html", context, status=status)


@guarded("rota.edit", RotaShift, kwarg="shift", log=False)
@require_POST
def remove(request: HttpRequest, shift: RotaShift) -> HttpResponse:
    rotas.remove_shift(request.actor, shift)  # type: ignore[attr-defined]
    toast(request, _("Passet är borttaget."), undo_url=reverse("contact:shift_restore", args=[shift.public_id]))
    return redirect(week_of(shift))


@guarded("rota.edit", RotaShift, kwarg="shift", log=False)
@require_POST
def restore(request: HttpRequest, shift: RotaShift) -> HttpResponse:
    rotas.restore_shift(request.actor, shift)  # type: ignore[attr-defined]
    toast(request, _("Passet är tillbaka."))
    return redirect(week_of(shift))

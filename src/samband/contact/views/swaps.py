"""Swapping shifts: asked, answered, taken back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samband.contact.forms import SwapForm, told
from samband.contact.models import RotaShift, SwapRequest
from samband.contact.services import swaps
from samband.contact.services.cases import Refused
from samband.contact.views.shifts import week_of
from samband.core import policy
from samband.core.policy import guarded
from samband.ui.toast import toast


@guarded("swap.list")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What I am asked, what I asked, what came of it."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = policy.scoped(actor, "swap.list", SwapRequest.objects.all()).select_related(
        "mine__rota__unit",
        "theirs__rota__unit",
        "mine__assignment__staff",
        "theirs__assignment__staff",
        "asked_by__staff",
        "asked__staff",
    )
    found = [
        {"swap": swap, "mine": told(swap.mine), "theirs": told(swap.theirs), "to_me": swap.asked_id == actor.assignment_id,
         "open": swap.state == SwapRequest.State.ASKED}
        for swap in rows[:60]
    ]  # fmt: skip
    return render(request, "contact/swaps.html", {"rows": found})


@guarded("swap.ask", RotaShift, kwarg="shift", log=False)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, shift: RotaShift) -> HttpResponse:
    """Which of the others' shifts would you rather have?"""
    form = SwapForm(request.POST or None, shift=shift)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                swaps.ask(request.actor, shift, form.cleaned_data["theirs"], form.cleaned_data["message"])  # type: ignore[attr-defined]
            except Refused as error:
                form.add_error(None, str(error))
            else:
                toast(request, _("Frågan är skickad. Bytet gäller när den andra säger ja."))
                return redirect("contact:swaps")
        status = 422
    context = {"form": form, "title": _("Byt bort %(shift)s") % {"shift": told(shift)}, "back": week_of(shift), "place": "rotas",
               "send": _("Fråga om byte")}  # fmt: skip
    return render(request, "contact/form.html", context, status=status)


@guarded("swap.answer", SwapRequest, kwarg="swap", log=False)
@require_POST
def accept(request: HttpRequest, swap: SwapRequest) -> HttpResponse:
    done = swaps.accept(request.actor, swap)  # type: ignore[attr-defined]
    if done.state == SwapRequest.State.ACCEPTED:
        toast(request, _("Bytt. Båda scheman är ändrade."))
    else:
        from django.contrib import messages

        toast(
            request,
            _("Bytet gick inte längre: passen har ändrats, börjat, eller krockar. Fråga igen."),
            level=messages.ERROR,
        )
    return redirect("contact:swaps")


@guarded("swap.answer", SwapRequest, kwarg="swap", log=False)
@require_POST
def decline(request: HttpRequest, swap: SwapRequest) -> HttpResponse:
    return _ended(request, lambda: swaps.decline(request.actor, swap), _("Du har sagt nej. Passen är som de var."))  # type: ignore[attr-defined]


@guarded("swap.withdraw", SwapRequest, kwarg="swap", log=False)
@require_POST
def withdraw(request: HttpRequest, swap: SwapRequest) -> HttpResponse:
    return _ended(request, lambda: swaps.withdraw(request.actor, swap), _("Frågan är tillbakadragen."))  # type: ignore[attr-defined]


def _ended(request: HttpRequest, act, done: str) -> HttpResponse:
    try:
        act()
    except Refused as error:
        toast(request, str(error))
    else:
        toast(request, done)
    return redirect("contact:swaps")

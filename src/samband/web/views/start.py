"""The start page: each to the place where the day begins."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from samband.core.http import Request
from samband.core.policy import Actor, public

# Names of pages, first the one that the role wants most; the first that exists is taken.
HOME = {
    "coordinator": ("board:board", "board:home"),
    "administrator": ("people:units", "people:unit_list"),
    "reviewer": ("access:log", "people:units"),
    "outside": ("people:persons",),
}
DAY = ("plans:day", "board:board")


@public
def start(request: Request) -> HttpResponse:
    """Log-in, choice, or the own place."""
    if not request.user.is_authenticated:
        return redirect("web:login")
    if request.actor.kind == "anonymous":
        return redirect("web:choose")
    return redirect(home(request.actor))


def home(actor: Actor) -> str:
    """The address of the actor's own place."""
    if actor.kind in ("person", "relative"):
        return reverse("web:my")
    for name in (*HOME.get(actor.role, ()), *DAY):
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return reverse("web:choose")

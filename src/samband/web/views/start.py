"""The start page: each to the place where the day begins."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from samband.core import policy
from samband.core.http import Request
from samband.core.policy import Actor, public

# Pages and what each asks of the policy; the first that is open to the actor is where the day begins.
PLACES = (
    ("web:my", "own.read"),
    ("board:board", "board.read"),
    ("plans:day", "day.read"),
    ("people:persons", "person.list"),
    ("review:home", "audit.read"),
    ("resources:desk", "visitday.plan"),
    ("dialogue:home", "improvement.lead"),
    ("people:units", "unit.list"),
)


@public
def start(request: Request) -> HttpResponse:
    """Log-in, choice, or the own place."""
    if not request.user.is_authenticated:
        return redirect("web:login")
    if request.actor.kind == "anonymous":
        return redirect("web:choose")
    return redirect(home(request.actor))


def home(actor: Actor) -> str:
    """The address of the actor's own place; the choice of capacity where nothing is open."""
    for name, action in PLACES:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        if policy.decide(actor, action):
            return address
    return reverse("web:choose")

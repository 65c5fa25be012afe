"""What the day hangs on other pages: the way to my day, and asking for a visit on a person's page."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from samband.core import clock, policy
from samband.people.models import Person
from samband.resources.models import DayPlan, Visit
from samband.resources.services import happenings, my_day
from samband.ui.slots import MenuLine, Part, Place, slots


def day_top(request: HttpRequest, day: date | None = None, **knows: Any) -> str:
    """On the unit's list of today: what she herself has as published."""
    actor = request.actor  # type: ignore[attr-defined]
    if day not in (None, clock.today()) or not policy.decide(actor, "visit.mine"):
        return ""
    n = my_day.count_of(actor)
    return render_to_string("resources/today/day_top.html", {"n": n}, request=request) if n else ""


def person_side(request: HttpRequest, person: Person | None = None, **knows: Any) -> str:
    actor = request.actor  # type: ignore[attr-defined]
    if person is None or actor.kind != "staff" or not policy.decide(actor, "visit.request", person):
        return ""
    return render_to_string("resources/today/side.html", {"whom": person}, request=request)


def own_today(request: HttpRequest, person: Person | None = None, **knows: Any) -> str:
    """Under the list of who comes: how sure the times are. The list itself is the own page's."""
    actor = request.actor  # type: ignore[attr-defined]
    if person is None or not policy.decide(actor, "visit.own", person):
        return ""
    found = policy.scoped(actor, "visit.own", Visit.objects.filter(day=clock.today(), person=person))
    placed = found.filter(parts__placements__plan__status=DayPlan.Status.PUBLISHED)
    return render_to_string("resources/today/own.html", request=request) if placed.exists() else ""


def count(request: HttpRequest) -> int | None:
    return happenings.waiting(request.actor).count() or None  # type: ignore[attr-defined]


def fill() -> None:
    """Called once, when the application is ready."""
    from samband.resources import listeners_today  # noqa: F401

    slots.part("day.top", Part("mine", day_top, order=10))
    slots.part("own.today", Part("visits", own_today, order=5))
    slots.part("person.side", Part("visit_request", person_side, order=58))
    slots.place(
        Place(
            "happenings",
            _("Händelser"),
            "resources:happenings",
            "visitday.plan",
            icon="bell",
            order=42,
            phone=True,
            count=count,
        )
    )
    # On the phone the fourth place of those who have no board is their own day.
    slots.place(Place("mine", _("Min dag"), "resources:mine", "visit.road", icon="car", order=65))
    slots.line(
        MenuLine(
            "happenings", _("Händelser"), "resources:happenings", order=33, kinds=("staff",), action="visitday.list"
        )
    )
    slots.line(MenuLine("mine", _("Min dag"), "resources:mine", "car", 5, ("staff",), action="visit.mine"))

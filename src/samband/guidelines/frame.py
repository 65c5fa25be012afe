"""What routines hang on the frame: a menu line, and the routine that applies at a step of a plan, where one stands."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from samband.guidelines.services import steps
from samband.ui.slots import MenuLine, Part, Place, slots


def fill() -> None:
    """Called once, when the application is ready."""
    slots.place(Place("guidelines", _("Rutiner"), "guidelines:guidelines", "improvement.lead", icon="doc", order=30))
    slots.line(
        MenuLine("guidelines", _("Rutiner"), "guidelines:guidelines", "doc", 61, ("staff",), action="guideline.list")
    )
    slots.part("plan.action", Part("guidelines", at_action))
    slots.part("plan.situation", Part("guidelines", at_situation))
    slots.part("plan.steps", Part("guidelines", beside_plan))


def at_action(request: HttpRequest, **facts: Any) -> str:
    """Beside an action: its routines, a line each. `facts`: title, detail, icon, competence, unit_id."""
    return _drawn(request, steps.at_step(request, "action", **facts))


def at_situation(request: HttpRequest, **facts: Any) -> str:
    """Beside a situation: *if something happens*."""
    return _drawn(request, steps.at_step(request, "situation", **facts))


def _drawn(request: HttpRequest, found: list[steps.Named]) -> str:
    context = {"routines": found}
    return render_to_string("guidelines/slots/at_step.html", context, request=request) if found else ""


def beside_plan(request: HttpRequest, steps_of_plan: Iterable[Mapping[str, Any]] = (), **knows: Any) -> str:
    """Beside a whole plan: every routine that applies anywhere in it, with the steps it is for."""
    found: dict[Any, dict[str, Any]] = {}
    for facts in steps_of_plan:
        for named in steps.at_step(request, **facts):
            row = found.setdefault(named.public_id, {"routine": named, "at": []})
            if facts["title"] not in row["at"]:
                row["at"].append(facts["title"])
    if not found:
        return ""
    rows = sorted(found.values(), key=lambda row: (not row["routine"].local, row["routine"].name))
    return render_to_string("guidelines/slots/beside_plan.html", {"rows": rows}, request=request)

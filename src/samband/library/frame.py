"""What templates hang on the frame: a menu line, the list beside a plan, texts to read on the person's own page."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from samband.core import policy
from samband.library.services import checklist, offers
from samband.people.models import Person
from samband.plans.services.summary import open_plan
from samband.ui.slots import MenuLine, Part, slots

SHOWN = 5


def fill() -> None:
    """Called once, when the application is ready."""
    line = MenuLine("library", _("Mallar"), "library:definitions", "list", 60, ("staff",), action="definition.list")
    slots.line(line)
    slots.part("person.side", Part("library", beside_plan, order=60))
    slots.part("own.plan", Part("library", own_texts, order=10))


def beside_plan(request: HttpRequest, person: Person | None = None, plan: Any = None, **knows: Any) -> str:
    """What is left on the list, and newer versions to answer; for those who read the plan within care (P2)."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = plan or (open_plan(person) if person else None)
    if plan is None or actor.kind != "staff":
        return ""
    may_edit = bool(policy.decide(actor, "plan.edit", plan))
    if not may_edit:
        return ""
    left = [item for item in checklist.items(plan) if item.done_at is None]
    context = {
        "whom": person, "items": left[:SHOWN], "left": len(left), "newer": offers.waiting(plan), "may_edit": may_edit,
    }  # fmt: skip
    return render_to_string("library/slots/beside.html", context, request=request)


def own_texts(request: HttpRequest, person: Person | None = None, plan: Any = None, **knows: Any) -> str:
    """Texts that the person was given to read, on her own plan page."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = plan or (open_plan(person) if person else None)
    if plan is None or not policy.decide(actor, "own.read", plan):
        return ""
    texts = checklist.texts(plan)
    return render_to_string("library/slots/own_texts.html", {"texts": texts}, request=request) if texts else ""

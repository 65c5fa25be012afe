"""What the entries hang on the frame: the way from the person's page, the person's own lines, questions about blocks."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from samband.core import policy
from samband.people.models import Person
from samband.ui.slots import MenuLine, Part, slots


def side(request: HttpRequest, person: Person | None = None, **knows: Any) -> str:
    """On the person's page: the way to what was written about her."""
    actor = request.actor  # type: ignore[attr-defined]
    if person is None or actor.kind != "staff" or not policy.decide(actor, "record.list", person):
        return ""
    return render_to_string("records/parts/side.html", {
        "whom": person, "copies": bool(policy.decide(actor, "record.copy", person)),
    })  # fmt: skip


def fill() -> None:
    """Called once, when the application is ready."""
    slots.part("person.side", Part("records", side, order=55))
    slots.line(
        MenuLine("lifts", _("Frågor om spärrar"), "records:lifts", "lock", 33, ("staff",), action="record.lift_list")
    )
    slots.line(
        MenuLine(
            "extracts", _("Registerutdrag"), "records:extracts", "doc", 34, ("staff",), action="record.extract_list"
        )
    )
    slots.line(MenuLine("thinning", _("Gallring"), "records:thinning", "doc", 35, ("staff",), action="record.thinning"))
    slots.line(
        MenuLine(
            "my_extract", _("Allt som finns om mig"), "records:my_extract", "doc", 12, ("person",), action="record.own"
        )
    )
    slots.line(MenuLine("my_records", _("Min journal"), "records:my", "list", 8, ("person",), action="record.own"))
    slots.line(
        MenuLine("shared", _("Delad journal"), "records:shared", "list", 8, ("relative",), action="record.shared")
    )
    slots.line(
        MenuLine(
            "my_sharing", _("Dela min journal"), "records:my_sharing", "users", 10, ("person",), action="record.own"
        )
    )
    slots.line(
        MenuLine("child_records", _("Barnets journal"), "records:my", "list", 8, ("relative",), action="record.own")
    )
    slots.line(
        MenuLine(
            "my_reading",
            _("Vem får läsa min journal?"),
            "records:my_reading",
            "lock",
            9,
            ("person",),
            action="record.block",
        )
    )

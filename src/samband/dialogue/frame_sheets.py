"""What worksheets and outcomes hang on the frame."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from samband.core import policy
from samband.ui.slots import Part, slots


def fill() -> None:
    """Called once, when the application is ready."""
    slots.part("dialogue.room", Part("outcomes", room_files, order=10))


def room_files(request: HttpRequest, room: Any = None, **knows: Any) -> str:
    """On a room's page: pick what lives on, for who leads; save what was said as a file, for who reads it."""
    if room is None:
        return ""
    context = {"room": room, "leads": policy.decide(request.actor, "room.lead", room)}  # type: ignore[attr-defined]
    return render_to_string("dialogue/slots/room_files.html", context, request=request)

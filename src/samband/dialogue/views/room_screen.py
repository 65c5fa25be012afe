"""The big screen: readable from the back of the room, without anything to press."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samband.core import clock
from samband.core.policy import guarded
from samband.dialogue.models import Room
from samband.dialogue.services import rooms_table
from samband.dialogue.views import room_lead


@guarded("room.lead", Room)
@require_safe
def page(request: HttpRequest, room: Room) -> HttpResponse:
    found = {**context(request, room), "tag": room.pulse, "now_ms": round(clock.now().timestamp() * 1000)}
    return render(request, "dialogue/room_screen.html", found)


@guarded("room.lead", Room, log=False)
@require_safe
def live(request: HttpRequest, room: Room) -> HttpResponse:
    return room_lead.parts(request, room, "dialogue/room/screen.html", context(request, room))


def context(request: HttpRequest, room: Room) -> dict[str, Any]:
    """As those who lead see it, without what is hidden."""
    answers, spread = rooms_table.agreement(room)
    found = room_lead.context(request, room)
    tables = rooms_table.tables_of(room)
    cards = list({table.card.pk: table.card for table in tables if table.card}.values())
    return {
        **found, "tables": tables, "cards": cards, "answers": answers, "spread": spread,
        "bars": rooms_table.bars(spread) if spread else [],
    }  # fmt: skip

"""A seat in the room: the card, the clock, what one writes oneself and what the group sees."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samband.core import clock
from samband.core.limits import counting
from samband.core.policy import guarded
from samband.dialogue.models import Agreement, Note, Room, Seat
from samband.dialogue.rules import words
from samband.dialogue.services import rooms_live, rooms_say, rooms_seats, rooms_table
from samband.dialogue.services.rooms_say import Said

SCRIPT = "X-Room"  # a request of our own script: it wants the part, not the page


@guarded("room.take_part", Room, log=False)
@require_safe
def page(request: HttpRequest, room: Room) -> HttpResponse:
    return whole(request)


@guarded("room.poll")
@require_safe
def live(request: HttpRequest, room: UUID) -> HttpResponse:
    """What the group sees alike. The middleware has let the seat in for this room; what is unchanged it has answered."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    reply = HttpResponse(shared(seat))
    reply["ETag"] = f'"{rooms_live.tag_of(seat)}"'
    return reply


def shared(seat: Seat) -> SafeString:
    """Drawn once for all of a group."""
    key = rooms_live.key_of(seat.room_id, rooms_live.tag_of(seat))
    return mark_safe(rooms_live.drawn.get(key, lambda: _draw(seat)))


def _draw(seat: Seat) -> str:
    room = seat.room
    tables = rooms_table.tables_of(room) if room.round else []
    mine = next((t for t in tables if t.group and t.group.pk == seat.group_id), None)
    members = list(room.seats.filter(group=seat.group_id, left_at__isnull=True, paper=False)) if seat.group_id else []
    context = {
        "room": room, "group": seat.group, "table": mine, "members": members, "people": sum(s.people for s in members),
        "tables": tables if room.phase in ("report", "closed") else [],
        "bars": rooms_table.bars(mine.spread) if mine and mine.spread else [],
    }  # fmt: skip
    return render_to_string("dialogue/room/live.html", context)


def whole(request: HttpRequest, problem: str = "", kept: dict[str, str] | None = None) -> HttpResponse:
    """The page; with `problem` and what was typed where something could not be written."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    context = {
        "room": seat.room, "seat": seat, "shared": shared(seat), "tag": rooms_live.tag_of(seat), "kept": kept or {},
        "problem": problem, "now_ms": round(clock.now().timestamp() * 1000), "ids": [str(uuid4()) for _n in range(5)],
        "longest": words.LONGEST, **own(seat),
    }  # fmt: skip
    return render(request, "dialogue/room_seat.html", context, status=422 if problem else 200)


def own(seat: Seat) -> dict[str, Any]:
    """What this seat has said in this round."""
    room = seat.room
    agreed = Agreement.objects.filter(room=room, round=room.round, seat=seat).values_list("value", flat=True).first()
    notes = Note.objects.filter(room=room, round=room.round, seat=seat, kind="own")
    return {"notes": list(notes) if room.round else [], "agreed": agreed, "cards": list(seat.cards.all())}


def answer(request: HttpRequest, said: str = "", problem: str = "") -> HttpResponse:
    """What was written, or why not: as a part for our script, else as a page."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    if SCRIPT in request.headers:
        context = {"room": seat.room, "seat": seat, "said": said, "problem": problem, **own(seat)}
        return render(request, "dialogue/room/mine.html", context, status=422 if problem else 200)
    if problem:
        kind = request.POST.get("kind") or "card"
        return whole(request, problem, {kind: request.POST.get("text", "")[: 10 * words.LONGEST]})
    return redirect("dialogue:room_seat", room=seat.room.public_id)


def written(request: HttpRequest, write) -> HttpResponse:
    """Run `write` for the seat, at most so often a minute; a refusal is a sentence and nothing is lost."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    if counting.allowed("say", f"seat:{seat.pk}"):
        return answer(request, problem=_("Det blev många på en gång. Vänta en minut och skicka igen."))
    try:
        made = write(seat)
    except ValidationError as error:
        return answer(request, problem=" ".join(error.messages))
    seat.room.refresh_from_db()
    return answer(request, said=_warned(getattr(made, "text", "") or ""))


def _warned(text: str) -> str:
    if words.flags(text):
        return _(
            "Skickat. Det ser ut som ett telefonnummer eller en e-postadress: ta tillbaka det om det pekar ut någon."
        )
    return _("Skickat.")


def _id(request: HttpRequest) -> UUID:
    """The sender's own id of what is sent; a new one where it is none."""
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return uuid4()


def _whole(request: HttpRequest, name: str) -> int:
    raw = request.POST.get(name, "")
    return int(raw) if raw.isdecimal() and len(raw) < 6 else 0


@guarded("room.take_part", Room)
@require_POST
def note(request: HttpRequest, room: Room) -> HttpResponse:
    data = request.POST
    said = Said(data.get("kind", ""), data.get("text", ""), _whole(request, "round"), _id(request))
    return written(request, lambda seat: rooms_say.note(seat, said))


@guarded("room.take_part", Room)
@require_POST
def take_back(request: HttpRequest, room: Room) -> HttpResponse:
    key = request.POST.get("note", "")
    seat: Seat = request.seat  # type: ignore[attr-defined]
    found = next((n for n in Note.objects.filter(room=room, seat=seat) if str(n.public_id) == key), None)
    if found is None:
        return answer(request, problem=_("Den anteckningen finns inte längre."))
    return written(request, lambda seat: rooms_say.take_back(seat, found))


@guarded("room.take_part", Room)
@require_POST
def agree(request: HttpRequest, room: Room) -> HttpResponse:
    return written(request, lambda seat: rooms_say.agree(seat, _whole(request, "value"), _whole(request, "round")))


@guarded("room.take_part", Room)
@require_POST
def card(request: HttpRequest, room: Room) -> HttpResponse:
    """An own card, which whoever leads lets through."""
    return written(request, lambda seat: rooms_say.propose(seat, request.POST.get("text", ""), _id(request)))


@guarded("room.take_part", Room)
@require_POST
def leave(request: HttpRequest, room: Room) -> HttpResponse:
    rooms_seats.leave(request.seat)  # type: ignore[attr-defined]
    return redirect("dialogue:room_enter")

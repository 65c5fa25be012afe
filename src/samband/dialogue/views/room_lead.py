"""Leading a room: the next step, who is here, what is hidden, paper, and those who lead too."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import clock
from samband.core.policy import Actor, guarded
from samband.dialogue.forms_rooms import ColleagueForm, PaperForm
from samband.dialogue.models import Room, RoomCard
from samband.dialogue.rules import codes, words
from samband.dialogue.rules import rooms as course_rules
from samband.dialogue.services import qr, rooms, rooms_lead, rooms_say, rooms_seats, rooms_table
from samband.dialogue.services.rooms_lead import Sheet
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


@guarded("room.lead", Room)
@require_safe
def page(request: HttpRequest, room: Room) -> HttpResponse:
    return shown(request, room)


@guarded("room.lead", Room, log=False)
@require_safe
def live(request: HttpRequest, room: Room) -> HttpResponse:
    """The page's moving parts, where something has changed."""
    return parts(request, room, "dialogue/room/lead.html", context(request, room))


def parts(request: HttpRequest, room: Room, template: str, found: dict[str, Any]) -> HttpResponse:
    tag = f'"{room.pulse}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304)
    reply = render(request, template, found)
    reply["ETag"] = tag
    return reply


def shown(request: HttpRequest, room: Room, problem: str = "", **more: Any) -> HttpResponse:
    found = context(request, room)
    found |= {
        "now_ms": round(clock.now().timestamp() * 1000), "tag": room.pulse, "problem": problem, **more,
        "colleagues": more.get("colleagues") or ColleagueForm(rows=rooms_lead.colleagues(room)),
    }  # fmt: skip
    return render(request, "dialogue/room_lead.html", found, status=422 if problem else 200)


def address_for(request: HttpRequest, room: Room) -> str:
    """What the QR code holds: at the address that whoever leads reached the house by."""
    return request.build_absolute_uri(reverse("dialogue:room_join", args=[room.code])) if room.code else ""


def context(request: HttpRequest, room: Room) -> dict[str, Any]:
    course = rooms.course_of(room)
    tables = rooms_table.tables_of(room, hidden=True)
    for table in tables:
        for note in table.notes:
            note.flags = words.flags(note.text)  # type: ignore[attr-defined]
    link = address_for(request, room)
    return {
        "room": room, "tables": tables, "counts": rooms_table.counts(room),
        "moves": course_rules.offered(course, rooms.around(room)), "steps": steps(room),
        "code": codes.shown(room.code) if room.code else "", "link": link, "qr": qr.picture(link) if link else None,
        "host": request.get_host() + reverse("dialogue:room_enter"),
        "waiting": own_cards(room, RoomCard.Status.WAITING), "left": list(rooms.undrawn(room)),
        "refused": own_cards(room, RoomCard.Status.REFUSED),
        "seats": list(room.seats.filter(paper=False).select_related("group")), "leading": rooms_lead.leading(room),
        "groups": [t.group for t in tables if t.group and t.group.active],
    }  # fmt: skip


def own_cards(room: Room, status: str) -> list[RoomCard]:
    return list(room.cards.filter(status=status, draws__isnull=True))


def steps(room: Room) -> list[dict[str, str]]:
    """The course as a row of steps."""
    order = course_rules.OPEN
    here = order.index(room.phase) if room.phase in order else len(order)
    return [
        {"label": str(Room.Phase(phase).label), "state": "now" if n == here else "done" if n < here else "later"}
        for n, phase in enumerate(order)
    ]


def _whole(text: str, default: int = 0) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else default


@guarded("room.lead", Room)
@require_POST
def do(request: HttpRequest, room: Room) -> HttpResponse:
    """One move. Another who leads may have been faster: then the page tells how it is now."""
    data = request.POST
    event = data.get("event", "")
    if event not in course_rules.MOVES:
        return shown(request, room, _("Det steget finns inte."))
    try:
        rooms.act(request.actor, room, event, _whole(data.get("step", "")), data.get("how", "number"),  # type: ignore[attr-defined]
                  _whole(data.get("number", ""), 4))  # fmt: skip
    except course_rules.Refused as refused:
        room.refresh_from_db()
        return shown(request, room, rooms.spoken(refused))
    except ValidationError as error:
        return shown(request, room, " ".join(error.messages))
    return redirect("dialogue:room_lead", room=room.public_id)


@guarded("room.lead", Room)
@require_POST
def edit(request: HttpRequest, room: Room) -> HttpResponse:
    """What is done beside the course: seats moved, cards added and let through, notes hidden. `act` says which."""
    acts = {"place": _place, "card": _card, "judge": _judge, "hide": _hide, "show": _show}
    try:
        acts.get(request.POST.get("act", ""), _nothing)(request, room)
    except ValidationError as error:
        return shown(request, room, " ".join(error.messages), typed=request.POST.get("text", "")[:2000])
    return redirect(reverse("dialogue:room_lead", args=[room.public_id]) + f"#{request.POST.get('back', '')[:20]}")


def _one(rows: Any, key: str) -> Any:
    """The row with this public id among `rows`. Raises ValidationError where it is not there."""
    try:
        found = rows.filter(public_id=uuid.UUID(key)).first()
    except ValueError:
        found = None
    if found is None:
        raise ValidationError(_("Det finns inte längre. Så här ser det ut nu."))
    return found


def _nothing(request: HttpRequest, room: Room) -> None:
    raise ValidationError(_("Det steget finns inte."))


def _place(request: HttpRequest, room: Room) -> None:
    seat = _one(room.seats.select_related("room"), request.POST.get("seat", ""))
    rooms_seats.place(_actor(request), seat, _one(room.groups, request.POST.get("group", "")))


def _card(request: HttpRequest, room: Room) -> None:
    rooms_say.add_card(_actor(request), room, request.POST.get("text", ""))
    toast(request, _("Kortet ligger överst."))


def _judge(request: HttpRequest, room: Room) -> None:
    found = _one(room.cards.select_related("room"), request.POST.get("card", ""))
    rooms_say.judge(_actor(request), found, request.POST.get("on") == "1", request.POST.get("why", ""))


def _hide(request: HttpRequest, room: Room) -> None:
    found = _one(room.notes.select_related("room"), request.POST.get("note", ""))
    rooms_say.hide(_actor(request), found, True, request.POST.get("why", ""))
    toast(request, _("Anteckningen är dold för alla."))


def _show(request: HttpRequest, room: Room) -> None:
    rooms_say.hide(_actor(request), _one(room.notes.select_related("room"), request.POST.get("note", "")), False)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


@guarded("room.lead", Room)
@form_view
def paper(request: HttpRequest, room: Room) -> HttpResponse:
    """A sheet of paper, typed in; refused it keeps what was typed."""
    groups = {g.pk: g for g in room.groups.filter(active=True)}
    names = [(g.pk, _("Grupp %(n)d") % {"n": g.number}) for g in groups.values()]
    form = PaperForm(request.POST or None, groups=names)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        value = int(data["value"]) if data["value"] else None
        sheet = Sheet(data["own"], data["group_note"], data["more"], data["less"], value, data["people"])
        try:
            rooms_lead.paper(_actor(request), room, groups.get(_whole(data["group"])), sheet)
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Pappret räknas med."))
            return redirect("dialogue:room_paper", room=room.public_id)
    found = {"room": room, "form": form, "papers": room.seats.filter(paper=True).count()}
    return render(request, "dialogue/room_paper.html", found, status=422 if form.is_bound else 200)


@guarded("room.lead", Room)
@require_POST
def leaders(request: HttpRequest, room: Room) -> HttpResponse:
    """A colleague leads too, or instead."""
    form = ColleagueForm(request.POST, rows=rooms_lead.colleagues(room))
    leave = request.POST.get("act") == "hand_over"
    if form.is_valid():
        found = form.cleaned_data["colleague"]
        rooms_lead.invite(_actor(request), room, found, leave)
        toast(request, _("%(name)s leder nu dialogen.") % {"name": found.staff.full_name})
        return redirect("dialogue:room" if leave else "dialogue:room_lead", room=room.public_id)
    return shown(request, room, _("Välj en kollega i listan."), colleagues=form)

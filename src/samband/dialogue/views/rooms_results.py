"""What a room led to: as files, and what whoever leads picks out as insights, ideas and commitments."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samband.core import audit
from samband.core.http import Request
from samband.core.policy import guarded
from samband.dialogue.models import Note, Outcome, Room
from samband.dialogue.services import docx, exports_rooms, outcomes, reports
from samband.dialogue.views.files import answer_file
from samband.ui.toast import toast


@guarded("room.read", Room)
@require_safe
def export(request: Request, room: Room, file_form: str) -> HttpResponse:
    """What is revealed, as pdf, docx, csv or json."""
    rounds = exports_rooms.said(room)
    report = exports_rooms.report(room, rounds)
    made = {
        "pdf": lambda: reports.pdf(report), "docx": lambda: docx.docx(report), "json": lambda: reports.to_json(report),
        "csv": lambda: reports.to_csv(exports_rooms.csv_rows(room, rounds)),
    }  # fmt: skip
    if file_form not in made:
        raise Http404
    audit.record(request.actor, "room.read", thing=room, file=file_form)
    return answer_file(made[file_form](), file_form, "dialog")


@guarded("room.lead", Room)
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: Request, room: Room) -> HttpResponse:
    """Notes of the room, each with what it is to become; nothing is picked by itself."""
    rounds = exports_rooms.said(room)
    notes = [(one, table, note) for one in rounds for table in one.tables for note in one.notes(room, table)]
    taken = dict(Outcome.objects.filter(origin=room.public_id).values_list("text", "kind"))
    if request.method == "POST":
        picked = _picked(request, room, notes)
        said = ngettext("En sak är uppskriven.", "%(n)d saker är uppskrivna.", picked) % {"n": picked}
        toast(request, said if picked else _("Inget nytt valdes."))
        return redirect("dialogue:outcomes") if picked else redirect("dialogue:room_pick", room=room.public_id)
    rows = [{"note": n, "round": one.number, "taken": n.text.strip() in taken,
             "card": t.card.front() if t.card else ""} for one, t, n in notes]  # fmt: skip
    context = {"room": room, "rows": rows, "kinds": Outcome.Kind.choices}
    return render(request, "dialogue/outcome_pick.html", context)


@transaction.atomic
def _picked(request: Request, room: Room, notes: list[tuple[Any, Any, Note]]) -> int:
    """How many became outcomes: all that were chosen, or none."""
    number = 0
    for _one, table, note in notes:
        kind = request.POST.get(f"kind-{note.public_id}", "")
        if kind not in Outcome.Kind.values:
            continue
        by = note.said_by if kind == Outcome.Kind.COMMITMENT and not room.anonymous else ""
        theme = table.card.category if table.card else ""
        _row, new = outcomes.add(
            request.actor,
            kind,
            note.text,
            room.unit,
            Outcome.Origin.ROOM,
            room.public_id,
            room.name,
            theme=theme,
            said_by=by,
        )
        number += new
    return number

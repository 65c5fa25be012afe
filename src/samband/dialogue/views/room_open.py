"""The rooms of a unit, opening one, and what was said in it."""

import random
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import policy
from samband.core.policy import guarded
from samband.dialogue.forms_rooms import OpenForm
from samband.dialogue.models import DeckVersion, Room
from samband.dialogue.rules import choosing
from samband.dialogue.services import rooms, rooms_lead, rooms_table
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])
PAGE = 30


@guarded("room.list")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Newest first; what is open on top says so. `q` is part of a name, never of a person's."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = policy.scoped(actor, "room.list", Room.objects.select_related("unit"))
    q = request.GET.get("q", "").strip()[:80]
    rows = rows.filter(name__icontains=q) if q else rows
    pager = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    leads = set(policy.scoped(actor, "room.lead", Room.objects.filter(pk__in=[r.pk for r in pager])).values_list(
        "pk", flat=True))  # fmt: skip
    context = {"rows": [{"room": r, "leads": r.pk in leads, **state(r)} for r in pager], "pager": pager, "q": q}
    return render(request, "dialogue/rooms.html", context)


def state(room: Room) -> dict[str, str]:
    """A mark and a word."""
    if room.closed_at:
        return {"state": "ok", "word": _("avslutad")}
    if room.paused_at:
        return {"state": "unknown", "word": _("vilar")}
    return {"state": "warn", "word": _("pågår")}


def decks() -> Any:
    """The latest published version of each deck in use."""
    rows = DeckVersion.objects.filter(status=DeckVersion.Status.PUBLISHED, deck__retired_at__isnull=True)
    found: dict[int, DeckVersion] = {}
    for row in rows.select_related("deck").order_by("deck__sort_name", "-number"):
        found.setdefault(row.deck_id, row)
    return list(found.values())


@guarded("room.create")
@form_view
def new(request: HttpRequest) -> HttpResponse:
    """First the deck (where there is more than one), then the rest."""
    every = decks()
    wanted = request.GET.get("deck", "")
    version = next((v for v in every if str(v.deck.public_id) == wanted), every[0] if every else None)
    if version is None:
        return render(request, "dialogue/room_new.html", {"decks": [], "version": None})
    form = OpenForm(request.POST or None, actor=request.actor, version=version)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            made = _open(request, version, form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Rummet är öppet. Visa koden, så kan de andra komma in."))
            return redirect("dialogue:room_lead", room=made.public_id)
    context = {"form": form, "decks": every, "version": version}
    return render(request, "dialogue/room_new.html", context, status=422 if form.is_bound else 200)


def _open(request: HttpRequest, version: DeckVersion, data: dict[str, Any]) -> Room:
    cards = {card.pk: card for card in version.cards.all()}
    offers = [choosing.Offer(c.pk, c.category, c.kind, c.minutes, c.prior) for c in cards.values()]
    wish = choosing.Wish(data["number"], data["minutes"] or 0, data["prior"], data["categories"], data["kinds"])
    keys = choosing.choose(offers, wish, random.SystemRandom())
    if not keys:
        raise ValidationError(
            {"number": _("Inget kort passar det du valt. Välj fler kategorier, fler slag eller mer tid.")}
        )
    plan = rooms.Plan(
        data["name"].strip(), data["language"], data["anonymous"] == "yes", data["cards"] == "each",
        data["think"] * 60, data["talk"] * 60,
    )  # fmt: skip
    return rooms.open_room(request.actor, data["unit"], version, [cards[k] for k in keys], plan)  # type: ignore[attr-defined]


@guarded("room.read", Room)
@require_safe
def page(request: HttpRequest, room: Room) -> HttpResponse:
    """What was said, round by round, as far as it is revealed."""
    actor = request.actor  # type: ignore[attr-defined]
    found = []
    for number in rooms_table.rounds(room):
        answers, spread = rooms_table.agreement(room, number)
        tables = rooms_table.tables_of(room, number)
        found.append({
            "number": number, "tables": tables, "answers": answers, "spread": spread,
            "bars": rooms_table.bars(spread) if spread else [], "told": any(table.notes for table in tables),
        })  # fmt: skip
    context = {
        "room": room, "rounds": found, **state(room), "leaders": rooms_lead.leading(room),
        "leads": bool(policy.decide(actor, "room.lead", room)),
        "may_take_over": not room.closed_at and bool(policy.decide(actor, "room.take_over", room)),
        "log": room.moderation.all(),
    }  # fmt: skip
    return render(request, "dialogue/room.html", context)


@guarded("room.take_over", Room)
@require_POST
def take_over(request: HttpRequest, room: Room) -> HttpResponse:
    rooms_lead.take_over(request.actor, room)  # type: ignore[attr-defined]
    toast(request, _("Du leder nu dialogen. De andra som leder ser det."))
    return redirect("dialogue:room_lead", room=room.public_id)

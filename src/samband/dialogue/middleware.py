"""Rooms before everything else: "nothing has changed" in a blink, and a guest who is nobody but her seat."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from samband.core import policy
from samband.core.policy import ANONYMOUS, Actor
from samband.dialogue.services import rooms_seats
from samband.dialogue.services.rooms_live import drawn, key_of, versions

Handler = Callable[[HttpRequest], HttpResponse]
SEATED = re.compile(r"/r/s/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/(live/)?")
ROOT = "/r/"
# What the later middlewares would have said of a page; a part is fetched by our own script and shown nowhere by itself.
PART = {
    "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}  # fmt: skip


def cookie_name(room: str) -> str:
    """The seat's cookie, one for each room. Its path is `/r/`: it is sent nowhere else."""
    return f"{'__Secure-' if settings.PRODUCTION else ''}seat-{room[:13]}"


class LiveMiddleware:
    """Answers a page that asks whether it is old before sessions and languages are looked for, from what the process knows.

    304 where nothing has changed: who knows a room's id (122 random bits) learns "unchanged" and nothing more. Where something
    has, a seat that the glance knows by its token gets what is drawn for its group already. All else takes the ordinary way.
    """

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("HTTP_IF_NONE_MATCH") if request.path.startswith("/r/s/") else None
        found = SEATED.fullmatch(request.path) if asked and request.method == "GET" else None
        if not asked or not found or not found[2]:
            return self.get_response(request)
        if versions.current(found[1], asked.strip('W/"')):
            return HttpResponse(status=304)
        return self._drawn(request, found[1]) or self.get_response(request)

    def _drawn(self, request: HttpRequest, room: str) -> HttpResponse | None:
        """The group's part as it is kept, for a seat of the room; None where it is not, or has to be asked for."""
        known = versions.seat(room, rooms_seats.hashed(request.COOKIES.get(cookie_name(room), "")[:64]))
        if known is None or not policy.decide(guest(known[0]), "room.poll"):
            return None
        _seat, key, tag = known
        with translation.override(translation.get_language_from_request(request)):
            html = drawn.kept.get(key_of(key, tag))
        if html is None:
            return None
        return HttpResponse(html, headers={"ETag": f'"{tag}"', **PART})


class SeatMiddleware:
    """Under `/r/` everybody is the guest of her seat, or nobody; whoever is logged in is not told apart (anonymity).

    After the actor middleware, before anything that counts or decides. `request.seat` is the seat, with room and group.
    """

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ROOT):
            found = SEATED.match(request.path)
            seat = rooms_seats.seat_of(request.COOKIES.get(cookie_name(found[1]), ""), found[1]) if found else None
            request.seat = seat  # type: ignore[attr-defined]
            request.actor = guest(seat.pk) if seat else ANONYMOUS  # type: ignore[attr-defined]
            if seat is not None:
                rooms_seats.touch(seat)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """After the token against forged forms: whoever has lost her seat is asked for the code, not for an account."""
        lost = getattr(request, "seat", "") is None and SEATED.match(request.path)
        return redirect(f"{ROOT}?lost=1") if lost else None


def guest(seat: int) -> Actor:
    """Nobody but the seat."""
    return Actor(kind="guest", seat_id=seat, memo={})

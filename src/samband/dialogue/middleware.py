"""Rooms before everything else: "nothing has changed" in a blink, and a guest who is nobody but her seat."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from samband.core.policy import ANONYMOUS, Actor
from samband.dialogue.services import rooms_seats
from samband.dialogue.services.rooms_live import versions

Handler = Callable[[HttpRequest], HttpResponse]
SEATED = re.compile(r"/r/s/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/(live/)?")
ROOT = "/r/"


def cookie_name(room: str) -> str:
    """The seat's cookie, one for each room. Its path is `/r/`: it is sent nowhere else."""
    return f"{'__Secure-' if settings.PRODUCTION else ''}seat-{room[:13]}"


class LiveMiddleware:
    """Answers 304 to a page that asks whether it is old and is not: before sessions, languages and seats are looked for.

    Who knows a room's id (122 random bits) learns "unchanged" and nothing more. All else takes the ordinary way, and is asked.
    """

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("HTTP_IF_NONE_MATCH") if request.path.startswith("/r/s/") else None
        if asked and request.method == "GET":
            found = SEATED.fullmatch(request.path)
            if found and found[2] and versions.current(found[1], asked.strip('W/"')):
                return HttpResponse(status=304)
        return self.get_response(request)


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
            if found and seat is None:
                # Not to the log-in: an account is no way in.
                return redirect(f"{ROOT}?lost=1")
            if seat is not None:
                rooms_seats.touch(seat)
        return self.get_response(request)


def guest(seat: int) -> Actor:
    """Nobody but the seat."""
    return Actor(kind="guest", seat_id=seat, memo={})

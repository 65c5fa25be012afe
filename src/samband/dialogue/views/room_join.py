"""Into a room by its code, without an account. Whatever is wrong with a code, the answer is the same."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samband.core.address import address_of
from samband.core.limits.middleware import too_often
from samband.core.policy import public
from samband.dialogue.forms_rooms import JoinForm
from samband.dialogue.middleware import ROOT, cookie_name
from samband.dialogue.models import Room
from samband.dialogue.rules import codes
from samband.dialogue.services import rooms, rooms_seats

form_view = require_http_methods(["GET", "HEAD", "POST"])


@public
@form_view
def enter(request: HttpRequest) -> HttpResponse:
    """Where the code is typed in."""
    if request.method != "POST":
        return render(request, "dialogue/room_enter.html", {"lost": "lost" in request.GET})
    code = codes.read(request.POST.get("code", ""))
    return redirect("dialogue:room_join", code=code) if code else wrong(request, request.POST.get("code", ""))


@public
@form_view
def join(request: HttpRequest, code: str) -> HttpResponse:
    """The room that the code opens: what it is about, whether names are kept, and in."""
    try:
        room = rooms_seats.open_by_code(code, f"address:{address_of(request)}")
    except rooms_seats.TooOften as too:
        return too_often(request, too.seconds)
    if room is None:
        return wrong(request, code)
    key = str(room.public_id)
    if rooms_seats.seat_of(request.COOKIES.get(cookie_name(key), ""), key) is not None:
        # The same device again: it has its seat and counts once.
        return redirect("dialogue:room_seat", room=room.public_id)
    form = JoinForm(request.POST or None, anonymous=room.anonymous)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            return _in(room, rooms_seats.join(room, data.get("name", ""), data["people"]))
        except ValidationError as error:
            form.refuse(error)
    context = {"room": room, "form": form, "code": code}
    return render(request, "dialogue/room_join.html", context, status=422 if form.is_bound else 200)


def _in(room: Room, joined: rooms_seats.Joined) -> HttpResponse:
    """To the seat, with the token in a cookie that scripts cannot read and that is sent to rooms alone."""
    from django.conf import settings

    reply = redirect("dialogue:room_seat", room=room.public_id)
    reply.set_cookie(
        cookie_name(str(room.public_id)), joined.token, max_age=rooms.HOURS * 3600, path=ROOT, httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
    return reply


def wrong(request: HttpRequest, typed: str) -> HttpResponse:
    said = _("Koden öppnar inget rum just nu. Den har åtta tecken, som står på skärmen i rummet.")
    return render(request, "dialogue/room_enter.html", {"problem": said, "typed": typed[:20]}, status=404)

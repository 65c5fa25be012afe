"""Counts what the table names and answers 429 with a sentence and `Retry-After` when it is too often."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samband.core.address import address_of
from samband.core.limits.counting import allowed

ANY, SENT = ("GET", "POST"), ("POST",)
# view → limit, and which methods count. Forms are counted when they are sent, not when they are opened.
TABLE: dict[str, tuple[str, tuple[str, ...]]] = {
    "web:local_login": ("login", SENT),
    "web:second": ("login", SENT),
    "web:passkey_begin": ("login", SENT),
    "web:passkey_login": ("login", SENT),
    "web:first_password": ("login", SENT),
    "web:demo_login": ("login", SENT),
    "openid_connect_login": ("provider", ANY),
    "openid_connect_callback": ("provider", ANY),
    "web:confirm_oidc": ("confirm", SENT),
    "people:search": ("search", SENT),
    "people:start": ("search", SENT),
    "people:accounts": ("search", SENT),
    "people:account_new": ("search", SENT),
    "people:imports": ("upload", SENT),
    "contact:rota_import": ("upload", SENT),
    "people:export": ("export", ANY),
    "board:export": ("export", ANY),
    "notices:device_add": ("push", SENT),
    "notices:confirm": ("public", ANY),
    "dialogue:room_join": ("join", SENT),
}


class LimitMiddleware:
    """After the actor is known: an account is counted wherever it comes from, a visitor by address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        match = request.resolver_match
        name, methods = TABLE.get(match.view_name if match else "", ("", ()))
        if request.method not in methods:
            return None
        user = request.user
        who = f"user:{user.pk}" if user.is_authenticated else f"address:{address_of(request)}"
        wait = allowed(name, who)
        return too_often(request, wait) if wait else None


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """The page that says when to try again."""
    reply = render(request, "ui/429.html", {"minutes": -(-seconds // 60)}, status=429)
    reply["Retry-After"] = str(seconds)
    reply["Cache-Control"] = "no-store"
    return reply

"""A form that was sent after the session had ended: it is kept for its sender alone until she has logged in again.

It waits encrypted in the server's session that follows, under the number of the account that wrote it, for a quarter of an hour. The
browser holds nothing of it. Whoever else logs in there loses it, and neither sees it nor hears that it was. Where there is a
secret in it, or the form would not have been accepted, nothing is kept, and the reader is told so.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import Resolver404, resolve

from samband.core import vault

PAGE = "/unsent/"
KEPT, FOR = "samband_unsent", "unsent"
PATIENCE = 900
MOST = 200_000
SECRET = ("password", "passkey", "code", "again", "confirm-", "token", "secret")
SAFE = ("GET", "HEAD", "OPTIONS")
FORGERY = "csrfmiddlewaretoken"  # in every form, and of no use to anybody when it is sent again


def shut(request: HttpRequest) -> str:
    """What was sent, encrypted; empty where it is not kept. Asked before the session ends."""
    if not _keeps(request):
        return ""
    fields = [(name, value) for name, values in request.POST.lists() if name != FORGERY for value in values]
    held = {
        "user": request.user.pk, "to": request.get_full_path(), "fields": fields, "files": bool(request.FILES),
    }  # fmt: skip
    text = json.dumps(held)
    return vault.shut(FOR, text) if len(text) <= MOST else ""


def _keeps(request: HttpRequest) -> bool:
    """A whole form for a view that asks who it is, from a page of ours, without a secret. A part of a page is told only."""
    if request.method != "POST" or request.headers.get("HX-Request") == "true":
        return False
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    if getattr(view, "policy_action", "public") == "public" or _forged(request):
        return False
    return not any(sign in name.lower() for name in request.POST if name != FORGERY for sign in SECRET)


def _forged(request: HttpRequest) -> bool:
    """Whether the form comes from somebody else's page: nobody shall be offered to send on what she did not write."""

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    return CsrfViewMiddleware(view).process_view(request, view, (), {}) is not None


def keep(request: HttpRequest, text: str) -> None:
    """In the session that follows; nobody is logged in there yet."""
    if text:
        request.session[KEPT] = text


def waits(request: HttpRequest) -> bool:
    return KEPT in request.session


def fetched(request: HttpRequest) -> dict[str, Any] | None:
    """What waited, once, for the account that wrote it; None for anybody else, and where it waited too long."""
    text = request.session.pop(KEPT, "")
    try:
        held = json.loads(vault.opened(FOR, text, PATIENCE)) if text else None
    except vault.Unreadable:
        return None
    return held if held and held["user"] == request.user.pk else None

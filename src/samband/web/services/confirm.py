"""Showing anew who one is before a sensitive act (core.fresh), without losing what was filled in.

Locally and in the demo the form waits in the very page that asks: its fields travel hidden and are sent on with the answer. To a
log-in service one has to leave Samband; then the form waits in the session, encrypted, for ten minutes.
"""

import json
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from samband.core import audit, sessions, vault
from samband.core.fresh import ACTS, SAFE
from samband.core.limits import counting
from samband.core.limits.middleware import too_often
from samband.core.models import User
from samband.core.policy import Actor
from samband.core.sessions import Way
from samband.people.services import factors
from samband.web.services import strength

FIELD = "confirm-way"
OURS = (FIELD, "confirm-password", "confirm-passkey", "confirm-to", "confirm-get", "csrfmiddlewaretoken")
HELD, STARTED, FOR = "samband_held", "samband_confirming", "confirm"
PATIENCE = 600
CHOICES = {Way.DEMO: "click", Way.OIDC: "provider"}


def ask(request: HttpRequest, act: str) -> HttpResponse | None:
    """The page that asks; None where this request carries the answer and the act may go on."""
    error = ""
    if request.method == "POST" and request.POST.get(FIELD):
        wait = counting.allowed("confirm", f"user:{request.user.pk}")
        if wait:
            return too_often(request, wait)
        if _shown(request):
            return _go_on(request)
        error = _("Det stämde inte. Försök igen.")
        audit.record(Actor(user_id=request.user.pk), "confirm", outcome="deny", rule="A16", act=act)
    return _page(request, act, error)


def _page(request: HttpRequest, act: str, error: str) -> HttpResponse:
    way = CHOICES.get(request.session.get(sessions.WAY, ""), "local")
    user: Any = request.user
    context = {
        "act": ACTS[act], "way": way, "error": error, "fields": kept_fields(request), "to": request.get_full_path(),
        "passkeys": way == "local" and any(row.kind == "webauthn" for row in factors.of(user)),
        "password": way == "local" and user.has_usable_password(),
        "opening": request.method in SAFE or bool(request.POST.get("confirm-get")),
    }  # fmt: skip
    response = render(request, "web/confirm.html", context, status=422 if error else 403)
    if getattr(request, "htmx", False):
        # htmx draws 422 and not 403; the page takes the place of the whole, not of a part of it.
        response.status_code = 422
        response["HX-Retarget"], response["HX-Reswap"] = "body", "innerHTML"
    response["Cache-Control"] = "no-store"
    return response


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was filled in, without what is ours."""
    return [(name, value) for name, values in request.POST.lists() if name not in OURS for value in values]


def _shown(request: HttpRequest) -> bool:
    """Whether the answer fits the way in which this session began; a click is enough in the demo alone."""
    user: Any = request.user
    way, said = request.session.get(sessions.WAY, ""), request.POST.get(FIELD)
    if way == Way.DEMO:
        return said == "click" and user.is_demo
    if way == Way.OIDC:
        return False
    if said == "passkey":
        return factors.passkey_user(request.POST.get("confirm-passkey", ""), user) == user
    found = authenticate(request, username=user.username, password=request.POST.get("confirm-password", ""))
    return found is not None and found.pk == user.pk


def _go_on(request: HttpRequest) -> HttpResponse | None:
    done(request)
    if request.POST.get("confirm-get"):
        # A page that was only to be opened: opened by its own address, so that going back asks for nothing to be sent again.
        return redirect(request.get_full_path())
    kept = request.POST.copy()
    for name in OURS[:-1]:
        kept.pop(name, None)
    request.POST = kept  # type: ignore[assignment]
    return None


def done(request: HttpRequest) -> None:
    """It is she: the session gets another key, and need not ask for a while."""
    sessions.new_key(request)
    sessions.make_sure(request)
    counting.take_back("confirm", f"user:{request.user.pk}")
    audit.record(Actor(user_id=request.user.pk), "confirm", rule="A16", session=audit.session_mark(request))


def leave(request: HttpRequest) -> HttpResponse | None:
    """To the provider, which is to ask anew; what was filled in waits here. None where there is no provider or no way back."""
    to = request.POST.get("confirm-to", "")
    if not to.startswith("/") or not url_has_allowed_host_and_scheme(to, allowed_hosts=None):
        return None
    try:
        provider = get_adapter().get_provider(request, "oidc")
    except SocialApp.DoesNotExist:
        return None
    held = {"to": to, "get": bool(request.POST.get("confirm-get")), "fields": kept_fields(request)}
    request.session[HELD] = vault.shut(FOR, json.dumps(held))
    request.session[STARTED] = sessions.moment()
    return provider.redirect(request, process="login", auth_params={"prompt": "login", "max_age": "0"})


def waiting(request: HttpRequest) -> bool:
    """Whether this answer of the provider is to a question of ours, not a log-in."""
    begun = request.session.get(STARTED)
    return request.user.is_authenticated and begun is not None and sessions.moment() - begun < PATIENCE


def by_provider(request: HttpRequest, user: User, claims: dict[str, Any]) -> bool:
    """The provider's answer: the same account, asked since we sent her there."""
    begun = request.session.pop(STARTED, None)
    if begun is None or user.pk != request.user.pk or not strength.since(claims, begun):
        audit.record(Actor(user_id=request.user.pk), "confirm", outcome="deny", rule="A16", way="oidc")
        return False
    done(request)
    return True


def fetched(request: HttpRequest) -> dict[str, Any] | None:
    """What waited, once; None where nothing does, or for too long."""
    shut = request.session.pop(HELD, "")
    request.session.pop(STARTED, None)
    try:
        return json.loads(vault.opened(FOR, shut, PATIENCE)) if shut else None
    except vault.Unreadable:
        return None

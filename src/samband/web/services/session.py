"""Log-in, choice of capacity and log-out, each entered in the audit."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpResponse

from samband.core import audit
from samband.core.http import Request
from samband.core.models import User
from samband.core.policy import Actor
from samband.people.services import actors

BACKEND = "django.contrib.auth.backends.ModelBackend"


def log_in(request: Request, user: User) -> None:
    """Open a session under a new key; what was in an anonymous session's key is worth nothing afterwards."""
    login(request, user, backend=BACKEND)


def logged_in(sender: type, request: Request, user: User, **kwargs: object) -> None:
    """Every way in passes here (demo, OpenID Connect): the choice of last time does not follow, the audit does."""
    request.session.pop(actors.KEY, None)
    way = "demo" if user.is_demo else "oidc"
    audit.record(Actor(user_id=user.pk), "login", view="web:login", session=audit.session_mark(request), way=way)


def act_as(request: Request, token: str) -> Actor | None:
    """Choose a capacity; None where it is not the account's, and then nothing changes."""
    actor = actors.choose(request, token)
    if actor is None:
        return None
    request.session.cycle_key()
    audit.record(actor, "choose", view="web:choose", session=audit.session_mark(request))
    return actor


def log_out(request: Request) -> None:
    """End the session, whoever it was."""
    if request.user.is_authenticated:
        actor = request.actor
        who = actor if actor.user_id else Actor(user_id=request.user.pk)
        audit.record(who, "logout", view="web:logout", session=audit.session_mark(request))
    logout(request)


def keep_language(request: Request, response: HttpResponse, code: str) -> None:
    """The language that the account chose last, on whatever machine that was."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )

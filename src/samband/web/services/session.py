"""Log-in, choice of capacity and log-out, each entered in the audit."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse

from samband.core import audit, sessions
from samband.core.http import Request
from samband.core.models import User
from samband.core.policy import Actor
from samband.core.sessions import Way
from samband.people.services import actors

BACKEND = "django.contrib.auth.backends.ModelBackend"
SAID = "samband_way"


def log_in(request: Request, user: User, way: Way) -> None:
    """Open a session under a new key; what was in an anonymous session's key is worth nothing afterwards."""
    came_by(request, way)
    login(request, user, backend=BACKEND)


def came_by(request: HttpRequest, way: Way) -> None:
    """Say how, before the log-in: `logged_in` hears of it from Django and knows no more than the request."""
    setattr(request, SAID, way)


def logged_in(sender: type, request: HttpRequest, user: User, **kwargs: object) -> None:
    """Every way in passes here: the choice of last time does not follow, the audit does.

    A way that nobody said is worth no more than one factor.
    """
    request.session.pop(actors.KEY, None)
    way = getattr(request, SAID, None) or (Way.PASSWORD if user.has_usable_password() else _unsaid(user))
    sessions.begin(request, user, way)
    audit.record(Actor(user_id=user.pk), "login", view="web:login", session=audit.session_mark(request), way=str(way))


def _unsaid(user: User) -> Way:
    """An account without a password comes in through the demo's buttons or the log-in service; there is no third way."""
    return Way.DEMO if user.is_demo else Way.OIDC


def act_as(request: Request, token: str) -> Actor | None:
    """Choose a capacity; None where it is not the account's, and then nothing changes."""
    actor = actors.choose(request, token) if sessions.strong(request) else None
    if actor is None:
        return None
    sessions.new_key(request)
    audit.record(actor, "choose", view="web:choose", session=audit.session_mark(request))
    return actor


def log_out(request: Request) -> None:
    """End the session, whoever it was."""
    if request.user.is_authenticated:
        actor = request.actor
        who = actor if actor.user_id else Actor(user_id=request.user.pk)
        audit.record(who, "logout", view="web:logout", session=audit.session_mark(request))
    sessions.close(request)


def keep_language(request: Request, response: HttpResponse, code: str) -> None:
    """The language that the account chose last, on whatever machine that was."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE or request.is_secure(),
        httponly=True,
        samesite="Lax",
    )

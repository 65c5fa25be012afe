"""The local log-in, step by step: a password, then a code or a passkey; or a passkey alone, which is both."""

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samband.core import audit, sessions, vault
from samband.core.http import Request
from samband.core.limits import counting
from samband.core.models import User
from samband.core.policy import Actor
from samband.core.sessions import Way
from samband.people.services import factors
from samband.web.services import session

HALF, PATIENCE = "samband_half", 600


def password(request: Request, name: str, secret: str) -> User | None:
    """Who it is, by password. Where no account has that name as much is reckoned as where one has (Django's backend does)."""
    user = authenticate(request, username=name.strip().upper(), password=secret)
    if user is None:
        audit.record(Actor(), "login", outcome="deny", rule="A16", view="web:login", way="password")
    return user  # type: ignore[return-value]


def go_on(request: Request, user: User) -> bool:
    """After the password: False where a second factor is to be shown first, True where she is in (to set one up, no more)."""
    if not factors.has_any(user):
        session.log_in(request, user, Way.PASSWORD)
        return True
    request.session.flush()
    request.session[HALF] = [user.pk, sessions.moment(), _mark(user)]
    return False


def half(request: HttpRequest) -> User | None:
    """Who has shown a password in this session and nothing more; for ten minutes, while the password is the same."""
    pk, begun, mark = request.session.get(HALF) or (None, 0.0, "")
    if pk is None or sessions.moment() - begun > PATIENCE:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user is not None and _mark(user) == mark else None


def _mark(user: User) -> str:
    """Changes with the password, and says nothing of it."""
    return vault.keyed("half", user.password)


def with_code(request: Request, user: User, code: str) -> int:
    """0 where the code let her in, -1 where it was wrong, else in how many seconds she may try again."""
    wait = counting.allowed("factor", f"user:{user.pk}")
    if wait:
        return wait
    if not factors.right_code(user, code):
        audit.record(Actor(user_id=user.pk), "login", outcome="deny", rule="A16", view="web:second", way="second")
        return -1
    counting.take_back("factor", f"user:{user.pk}")
    request.session.pop(HALF, None)
    session.log_in(request, user, Way.SECOND)
    return 0


def with_passkey(request: Request, said: str) -> User | None:
    """In with a passkey: after a password only with one of that account, else with any that proves whose it is."""
    expected = half(request)
    user = factors.passkey_user(said, expected)
    if user is None:
        audit.record(Actor(), "login", outcome="deny", rule="A16", view="web:login", way="passkey")
        return None
    request.session.pop(HALF, None)
    session.log_in(request, user, Way.PASSKEY)
    return user


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict | None = None
) -> HttpResponse:
    """Said for every name alike, whether there is such an account or not."""
    page = render(request, "web/locked.html", {}, status=429)
    page["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return page

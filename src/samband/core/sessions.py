"""A session from log-in to end: how strong it is, how long it lasts, where else the account is logged in (A16).

Closed by default: a session that does not say how it began, or began with a password alone, acts as nobody.
"""

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from samband.core import clock
from samband.core.models import OpenSession, User

WAY, STARTED, SEEN, SURE = "samband_way", "samband_started", "samband_seen", "samband_sure"
NOTED = timedelta(minutes=1)


def moment() -> float:
    """Now in seconds. The machine's own time, never the demo's other day: a session's age is no story."""
    return time.time()


class Way(StrEnum):
    """How somebody came in."""

    DEMO = "demo"
    OIDC = "oidc"
    PASSKEY = "passkey"  # something one has, and a finger or a PIN: two factors
    SECOND = "second"  # a password and a code
    PASSWORD = "password"  # one factor: enough to set up a second, and for nothing else


STRONG = frozenset({Way.DEMO, Way.OIDC, Way.PASSKEY, Way.SECOND})


def strong(request: HttpRequest) -> bool:
    """Whether the log-in is enough to act at all."""
    return request.session.get(WAY) in STRONG


def begin(request: HttpRequest, user: User, way: Way) -> None:
    """Called at every log-in, under the session's new key. Who just showed who she is need not show it again for a while."""
    now = moment()
    request.session.update({WAY: str(way), STARTED: now, SEEN: now, SURE: now})
    if not request.session.session_key:
        request.session.create()
    OpenSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user, "way": str(way), "started_at": clock.now(),
            "browser": browser(request.META.get("HTTP_USER_AGENT", "")),
        },
    )  # fmt: skip


def new_key(request: HttpRequest) -> None:
    """Another key for the same session: what somebody may have learned of the old one is worth nothing."""
    before = request.session.session_key
    request.session.cycle_key()
    OpenSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def stronger(request: HttpRequest, way: Way) -> None:
    """A second factor was shown or set up in this session."""
    new_key(request)
    request.session[WAY] = str(way)
    OpenSession.objects.filter(session_key=request.session.session_key).update(way=str(way))
    make_sure(request)


def make_sure(request: HttpRequest) -> None:
    """Who sits there has shown it just now."""
    request.session[SURE] = moment()


def sure(request: HttpRequest) -> bool:
    """Whether it was shown lately enough for a sensitive act."""
    return _since(request, SURE) < timedelta(minutes=settings.CONFIRM_MINUTES)


def expired(request: HttpRequest) -> str:
    """`idle`, `old`, or empty while it may go on."""
    if _since(request, STARTED) >= timedelta(hours=settings.SESSION_HOURS):
        return "old"
    return "idle" if _since(request, SEEN) >= timedelta(minutes=settings.SESSION_IDLE_MINUTES) else ""


def seen(request: HttpRequest) -> None:
    """Note that somebody is there, once a minute at most. A page that asks by itself (htmx, GET) is nobody."""
    by_itself = request.method == "GET" and request.headers.get("HX-Request") == "true"
    if not by_itself and _since(request, SEEN) >= NOTED:
        request.session[SEEN] = moment()


def _since(request: HttpRequest, key: str) -> timedelta:
    then = request.session.get(key)
    return timedelta(seconds=moment() - then) if isinstance(then, float) else timedelta.max


@dataclass(frozen=True)
class Open:
    """One line of the owner's list."""

    key: UUID
    browser: str
    way: str
    started: datetime
    seen: datetime | None
    here: bool


def mine(request: HttpRequest) -> list[Open]:
    """Where the account is logged in now, this session first, then the latest."""
    rows = list(OpenSession.objects.filter(user_id=request.user.pk).order_by("-started_at")[:50])
    live = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now())
    data = {row.session_key: SessionStore().decode(row.session_data) for row in live}
    here = request.session.session_key
    found = [
        Open(row.public_id, row.browser, row.way, row.started_at,
             _spoken(data[row.session_key].get(SEEN)), row.session_key == here)
        for row in rows if row.session_key in data
    ]  # fmt: skip
    return sorted(found, key=lambda row: not row.here)


def _spoken(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def end(user: User, key: UUID) -> bool:
    """Log one of the account's sessions out, wherever it is."""
    return _end(OpenSession.objects.filter(user=user, public_id=key)) > 0


def end_all(user: User, but: str = "") -> int:
    """Log the account out everywhere, except in the session with the key `but`. Returns how many were open."""
    return _end(OpenSession.objects.filter(user=user).exclude(session_key=but))


def _end(rows) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def close(request: HttpRequest) -> None:
    """End this session."""
    OpenSession.objects.filter(session_key=request.session.session_key or "").delete()
    logout(request)


def sweep() -> int:
    """Take away what is over: Django's expired rows, and our lines about sessions that are gone."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return OpenSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]


BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "Mac"),
           ("Linux", "Linux"))  # fmt: skip


def browser(agent: str) -> str:
    """ "Firefox, Windows" of what the browser calls itself; empty where it is none that is known."""
    names = [next((name for sign, name in known if re.search(sign, agent)), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, names))

"""Health before everything else, and the guard that refuses a view which asks nobody."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from samband.core import unsent
from samband.core.policy import ANONYMOUS, CLOSED, Denied

Handler = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """`/health` answers without session or host check, so that a load balancer can ask. It tells no version."""

    KEPT = 1.0  # seconds

    def __init__(self, get_response: Handler):
        self.get_response = get_response
        self.answer: tuple[dict[str, str], int] | None = None
        self.at = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != "/health":
            return self.get_response(request)
        if not self.answer or time.monotonic() - self.at >= self.KEPT:
            # However often anybody asks, the database is asked once a second.
            self.answer, self.at = self._asked(), time.monotonic()
        body, status = self.answer
        return JsonResponse(body, status=status)

    @staticmethod
    def _asked() -> tuple[dict[str, str], int]:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except Exception:
            return {"status": "database down"}, 503
        from samband.core.jobs import worker_alive

        return {"status": "ok", "worker": "ok" if worker_alive() else "silent"}, 200


class PolicyMiddleware:
    """Closed by default: a view without `guarded` or `public` is refused, whatever it would have answered."""

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not hasattr(request, "actor"):
            request.actor = ANONYMOUS  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.actor.kind != "anonymous" and "Cache-Control" not in response:  # type: ignore[attr-defined]
            response["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        action = getattr(view, "policy_action", None)
        if action is None and not view.__module__.startswith(OUTSIDE):
            raise Denied(CLOSED)
        if action not in (None, "public") and request.actor.kind == "anonymous":  # type: ignore[attr-defined]
            return to_login(request)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Denied):
            return None
        from samband.core import audit

        audit.refused(request, error.decision)
        if error.hidden:
            from samband.core.errors import not_found

            return not_found(request, Http404())
        return render(request, "ui/403.html", {"decision": error.decision}, status=403)


def to_login(request: HttpRequest) -> HttpResponse:
    """To the log-in and back here. A part of a page that asks by itself sends the whole page there, not itself."""
    from django.contrib.auth.views import redirect_to_login

    if request.headers.get("HX-Request") != "true":
        return redirect_to_login(unsent.PAGE if unsent.waits(request) and request.method == "POST" else request.path)
    whole = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
    reply = HttpResponse(status=204)
    reply["HX-Redirect"] = redirect_to_login(whole)["Location"]
    return reply


# Views of libraries that have no person data of ours: OpenID Connect's round trip.
OUTSIDE = ("allauth.",)

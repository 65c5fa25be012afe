"""Forms that wait for their sender: before a sensitive act (core.fresh), and after a session that had ended (core.unsent)."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samband.core import unsent as waiting
from samband.core.http import Request
from samband.core.policy import public
from samband.web.services import confirm


@public
@never_cache
@require_POST
def leave(request: Request) -> HttpResponse:
    """The form waits; the service asks anew (`prompt=login`, `max_age=0`)."""
    if not request.user.is_authenticated:
        return redirect("web:login")
    reply = confirm.leave(request)
    return reply or render(request, "web/confirm_failed.html", {"name": settings.OIDC_NAME}, status=403)


@public
@never_cache
@require_safe
def back(request: Request) -> HttpResponse:
    """What waited, to be sent on with one press; a page that was only to be opened opens."""
    if not request.user.is_authenticated:
        return redirect("web:login")
    held = confirm.fetched(request)
    if held is None:
        return redirect("web:start")
    if held["get"]:
        return redirect(held["to"])
    return render(request, "web/confirm_back.html", {"to": held["to"], "fields": held["fields"]})


@public
@never_cache
@require_safe
def unsent(request: Request) -> HttpResponse:
    """What was sent after the session's end, for the one who wrote it, once: to look at, send again or throw away."""
    if request.actor.kind == "anonymous":
        return redirect(
            f"{reverse('web:choose' if request.user.is_authenticated else 'web:login')}?next={waiting.PAGE}"
        )
    held = waiting.fetched(request)
    if held is None:
        return redirect("web:start")
    held["words"] = [value for _name, value in held["fields"] if " " in value.strip()]
    return render(request, "web/unsent.html", held)

"""Log-in, choice of assignment or own role, switch, log-out, language."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import sessions
from samband.core.http import Request
from samband.core.models import User
from samband.core.policy import Actor, public
from samband.core.sessions import Way
from samband.people.services import actors
from samband.web.services import logins, loopback, session


def onward(request: Request) -> str:
    """Where the visitor was going, when that is a page of ours; else the start page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if own else reverse("web:start")


def login_page(request: Request, error: str = "", status: int = 200) -> HttpResponse:
    refused = loopback.refusal(request)
    known = [] if refused else logins.every()
    first = logins.offered(known)
    return render(
        request,
        "web/login.html",
        {
            "logins": first,
            "more": [row for row in known if row not in first],
            "refused": refused,
            "error": error,
            "oidc": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
            "local": settings.LOCAL_LOGINS,
            "name": request.POST.get("name", "")[:80],
            "next": onward(request),
        },
        status=status,
    )


@public
@never_cache
@require_safe
def log_in(request: Request) -> HttpResponse:
    """The ways in. Somebody who is in already is sent on, or to the choice when the last one no longer holds."""
    if request.user.is_authenticated:
        if not sessions.strong(request):
            return redirect("web:security")
        known = request.actor.kind != "anonymous"
        return redirect(onward(request) if known else f"{reverse('web:choose')}?next={onward(request)}")
    return login_page(request)


@public
@never_cache
@require_POST
def demo_log_in(request: Request) -> HttpResponse:
    """A log-in without password: demo mode, loopback, demo accounts, nothing else."""
    refused = loopback.refusal(request)
    if refused:
        return login_page(request, error=refused, status=403)
    user = User.objects.filter(username=request.POST.get("user", ""), is_demo=True, is_active=True).first()
    if user is None:
        return login_page(
            request, error=_("Den inloggningen finns inte längre. Välj en av dem som står här."), status=404
        )
    session.log_in(request, user, Way.DEMO)
    token = request.POST.get("as", "")
    if token:
        session.act_as(request, token)
    return entered(request, user)


def entered(request: Request, user: User) -> HttpResponse:
    """On to where she was going; by the choice of capacity where there is more than one."""
    onto = onward(request)
    if actors.KEY not in request.session:
        onto = f"{reverse('web:choose')}?next={onto}"
    response = redirect(onto)
    if user.language:
        session.keep_language(request, response, user.language)
    return response


@public
@never_cache
@require_http_methods(["GET", "POST"])
def choose(request: Request) -> HttpResponse:
    """In which capacity: one of the assignments, oneself, or near somebody. Skipped where there is one."""
    if not request.user.is_authenticated:
        return redirect("web:login")
    if not sessions.strong(request):
        return redirect("web:security")
    if request.method == "POST":
        done = session.act_as(request, request.POST.get("as", ""))
        return redirect(onward(request) if done else "web:choose")
    found = actors.choices(request.user)
    if len(found) == 1 and request.actor.kind == "anonymous":
        session.act_as(request, actors.token(found[0]))
        response = redirect(onward(request))
        if request.user.language:
            session.keep_language(request, response, request.user.language)
        return response
    now = request.session.get(actors.KEY)
    rows = [
        {
            "actor": a,
            "token": actors.token(a),
            "title": logins.title_of(a),
            "can": can(a),
            "current": actors.token(a) == now,
        }
        for a in found
    ]
    return render(request, "web/choose.html", {"choices": rows, "next": onward(request)})


@public
@require_safe
def closed(request: Request) -> HttpResponse:
    """The account may not log in, or the log-in was broken off."""
    return render(request, "web/login_failed.html", {"cancelled": True})


def can(actor: Actor) -> str:
    """What the capacity is for, in a sentence."""
    return str(logins.CAN.get(logins.role_of(actor), ""))


@public
@never_cache
@require_POST
def log_out(request: Request) -> HttpResponse:
    session.log_out(request)
    return redirect("web:login")

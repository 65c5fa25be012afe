"""The own log-in: where one is logged in, second factors, password. For every account, also one that may do nothing else yet."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import audit, sessions
from samband.core.fresh import fresh
from samband.core.http import Request
from samband.core.policy import Actor, public
from samband.core.sessions import Way
from samband.people.services import factors
from samband.people.services import local as accounts
from samband.ui.toast import toast
from samband.web.forms import CodeForm, PasskeyForm, PasswordForm
from samband.web.services import session

SEED = "samband_seed"
View = Callable[..., HttpResponse]


def own(view: View) -> View:
    """Anybody who is logged in, however weakly; about oneself alone. Never kept by a browser."""

    @wraps(view)
    def inner(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("web:login")
        return view(request, *args, **kwargs)

    return public(never_cache(inner))


def local_only(view: View) -> View:
    """Second factors belong to accounts with a password here; a log-in service has its own."""

    @wraps(view)
    def inner(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not accounts.is_local(request.user):  # type: ignore[arg-type]
            raise Http404
        return view(request, *args, **kwargs)

    return inner


def ways() -> dict[str, str]:
    return {
        Way.DEMO: _("demoinloggning"), Way.OIDC: _("e-legitimation"), Way.PASSKEY: _("nyckel"), Way.SECOND: _("lösenord och kod"),
        Way.PASSWORD: _("bara lösenord"),
    }  # fmt: skip


@own
@require_safe
def page(request: Request) -> HttpResponse:
    return _page(request)


def _page(request: Request, status: int = 200, **more: Any) -> HttpResponse:
    user: Any = request.user
    local = accounts.is_local(user)
    held = factors.of(user) if local else []
    context = {
        "local": local,
        "weak": not sessions.strong(request),
        "held": held,
        "has_codes": any(row.kind == "totp" for row in held),
        "left": factors.codes_left(user) if held else 0,
        "open": [(row, ways().get(row.way, "")) for row in sessions.mine(request)],
        "way": ways().get(request.session.get(sessions.WAY, ""), ""),
        "passkey_form": PasskeyForm(),
        **more,
    }
    return render(request, "web/security.html", context, status=status)


def _stronger(request: Request, way: Way) -> None:
    """Setting up the first factor is showing it: from now on the session may be used."""
    if not sessions.strong(request):
        sessions.stronger(request, way)


def _recovery_page(request: Request, codes: list[str]) -> HttpResponse:
    """The only time that they are shown."""
    return render(request, "web/recovery.html", {"codes": [f"{code[:5]} {code[5:]}" for code in codes]})


@own
@local_only
@fresh("own.security")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def codes(request: Request) -> HttpResponse:
    """Codes from an app: the seed as a picture and as text, then the first code."""
    user: Any = request.user
    secret = request.session.get(SEED) or factors.new_secret()
    request.session[SEED] = secret
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            recovery = factors.add_codes(user, secret, form.cleaned_data["code"])
        except ValidationError as error:
            form.add_error("code", error.messages)
        else:
            request.session.pop(SEED, None)
            _stronger(request, Way.SECOND)
            toast(request, _("Engångskoder är påslagna."))
            return _recovery_page(request, recovery) if recovery else redirect("web:security")
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
    context = {
        "form": form,
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "picture": mark_safe(picture[picture.index("<svg") :]),  # drawn here, of our own seed
    }
    return render(request, "web/codes.html", context, status=422 if form.errors else 200)


@own
@local_only
@require_POST
def begin_passkey(request: Request) -> HttpResponse:
    return JsonResponse(factors.begin_passkey(request.user))  # type: ignore[arg-type]


@own
@local_only
@fresh("own.security")
@require_POST
def add_passkey(request: Request) -> HttpResponse:
    form = PasskeyForm(request.POST)
    user: Any = request.user
    try:
        if not form.is_valid():
            raise ValidationError(_("Nyckeln kom inte fram. Försök igen."))
        recovery = factors.add_passkey(user, form.cleaned_data["name"], form.cleaned_data["passkey"])
    except ValidationError as error:
        return _page(request, 422, error=" ".join(error.messages))
    _stronger(request, Way.PASSKEY)
    toast(request, _("Nyckeln är tillagd."))
    return _recovery_page(request, recovery) if recovery else redirect("web:security")


@own
@local_only
@fresh("own.security")
@require_POST
def factor(request: Request, factor: int) -> HttpResponse:
    """Give a passkey another name, or take a factor away."""
    user: Any = request.user
    if request.POST.get("act") == "rename":
        if not factors.rename(user, factor, request.POST.get("name", "")):
            raise Http404
        toast(request, _("Namnet är ändrat."))
        return redirect("web:security")
    try:
        factors.remove(user, factor)
    except ValidationError as error:
        return _page(request, 422, error=" ".join(error.messages))
    toast(request, _("Borttagen. Den går inte att logga in med längre."))
    return redirect("web:security")


@own
@local_only
@fresh("own.security")
@require_POST
def recovery(request: Request) -> HttpResponse:
    """New recovery codes in place of those from before."""
    try:
        found = factors.new_recovery(request.user)  # type: ignore[arg-type]
    except ValidationError as error:
        return _page(request, 422, error=" ".join(error.messages))
    return _recovery_page(request, found)


@own
@local_only
@fresh("own.security")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: Request) -> HttpResponse:
    """Another password. Every other session ends; this one goes on."""
    form = PasswordForm(request.POST or None)
    user: Any = request.user
    if request.method == "POST" and form.is_valid():
        way = Way(request.session[sessions.WAY])
        try:
            accounts.set_password(user, form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error("password", error.messages)
        else:
            actor = request.session.get("samband_actor")
            session.log_in(request, user, way)
            if actor:
                session.act_as(request, actor)
            toast(request, _("Lösenordet är bytt. Du är utloggad överallt utom här."))
            return redirect("web:security")
    return render(request, "web/password.html", {"form": form}, status=422 if form.errors else 200)


@own
@require_POST
def end(request: Request) -> HttpResponse:
    """Log out there, or everywhere but here. Asks for nothing more: it takes away, it opens nothing."""
    user: Any = request.user
    said = request.POST.get("session", "")
    if said == "others":
        count = sessions.end_all(user, but=request.session.session_key or "")
        toast(request, _("Du är utloggad överallt utom här."))
    else:
        try:
            count = int(sessions.end(user, UUID(said)))
        except ValueError:
            raise Http404 from None
        toast(request, _("Du är utloggad där."))
    audit.record(Actor(user_id=user.pk), "session.end", thing=user, rule="A16", count=count)
    return redirect("web:security")

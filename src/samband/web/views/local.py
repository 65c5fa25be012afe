"""The local log-in: password, then a code or a passkey; a passkey alone; the first password by a link that works once."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from samband.core.http import Request
from samband.core.limits.middleware import too_often
from samband.core.policy import public
from samband.people.services import factors
from samband.people.services import local as accounts
from samband.web.forms import CodeForm, PasswordForm
from samband.web.services import local
from samband.web.views.login import entered, login_page, onward


@public
@never_cache
@sensitive_post_parameters()
@require_POST
def log_in(request: Request) -> HttpResponse:
    """A name and a password; what is wrong with them is not said."""
    if not settings.LOCAL_LOGINS:
        raise Http404
    user = local.password(request, request.POST.get("name", ""), request.POST.get("password", ""))
    if user is None:
        return login_page(request, error=_("Namnet och lösenordet hör inte ihop. Försök igen."), status=422)
    if local.go_on(request, user):
        return redirect("web:security")
    return redirect(f"{reverse('web:second')}?next={onward(request)}")


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def second(request: Request) -> HttpResponse:
    """The second factor, after the password."""
    user = local.half(request)
    if user is None:
        return redirect("web:login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = local.with_code(request, user, form.cleaned_data["code"])
        if answer > 0:
            return too_often(request, answer)
        if answer == 0:
            return entered(request, user)
        form.add_error("code", _("Koden stämmer inte. Vänta på nästa och skriv den."))
    held = {row.kind for row in factors.of(user)}
    context = {"form": form, "passkeys": "webauthn" in held, "codes": "totp" in held, "next": onward(request)}
    return render(request, "web/second.html", context, status=422 if form.errors else 200)


@public
@never_cache
@require_POST
def passkey_begin(request: Request) -> HttpResponse:
    """What the browser needs to show a passkey: the account's own where it is known whose, else whichever it has."""
    known = request.user if request.user.is_authenticated else local.half(request)
    if known is None and not settings.LOCAL_LOGINS:
        raise Http404
    return JsonResponse(factors.begin_passkey_login(known))  # type: ignore[arg-type]


@public
@never_cache
@require_POST
def passkey(request: Request) -> HttpResponse:
    """In with a passkey."""
    if not settings.LOCAL_LOGINS:
        raise Http404
    user = local.with_passkey(request, request.POST.get("passkey", "")[:20_000])
    if user is None:
        return login_page(request, error=_("Nyckeln gick inte att använda. Försök igen."), status=422)
    return entered(request, user)


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def first(request: Request, account: UUID, token: str) -> HttpResponse:
    """Set the first password. The link works once and for a day; an old one looks like one that never was."""
    user = accounts.of_link(account, token)
    if user is None:
        return render(request, "web/link_gone.html", {}, status=404)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.set_password(user, form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error("password", error.messages)
        else:
            user.refresh_from_db()
            if local.go_on(request, user):
                return redirect("web:security")
            return redirect("web:second")
    context = {"form": form, "name": user.username}
    return render(request, "web/first_password.html", context, status=422 if form.errors else 200)

"""Log-in through OpenID Connect (A16): the provider's claim names an account that Samband already knows, or nobody."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from samband.core import audit
from samband.core.models import User
from samband.core.policy import Actor
from samband.core.sessions import Way
from samband.people.services import accounts
from samband.web.services import confirm, session, strength


def account_of(claims: dict[str, Any]) -> User | None:
    """The account that the claims name: staff by HSA-id; else a person or relative by number, or by what the service calls it."""
    hsa_id = claims.get(settings.OIDC_STAFF_CLAIM)
    if hsa_id:
        return accounts.of_claim("hsa", str(hsa_id))
    number = str(claims.get(settings.OIDC_PERSON_CLAIM) or "").replace("-", "")
    found = accounts.of_claim("number", number) if number else None
    return found or (accounts.of_claim("sub", str(claims["sub"])) if claims.get("sub") else None)


def claims_of(data: dict[str, Any]) -> dict[str, Any]:
    """What the provider said, the signed token above the rest; nothing at all where its two answers are about two subjects."""
    info, token = data.get("userinfo") or {}, data.get("id_token") or {}
    if info.get("sub") and token.get("sub") and info["sub"] != token["sub"]:
        return {}
    return {**{k: v for k, v in data.items() if k not in ("userinfo", "id_token")}, **info, **token}


class AccountAdapter(DefaultAccountAdapter):
    """No stages between the provider's yes and the session: what the provider vouches for is two factors already."""

    def get_login_stages(self) -> list[str]:
        return []

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SambandAdapter(DefaultSocialAccountAdapter):
    """No sign-up: an identity that is not known is told so, and nothing is created.

    The claim decides at every log-in. A link from an earlier one is never enough: the HSA-id may have moved since.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        claims = claims_of(sociallogin.account.extra_data)
        user = account_of(claims)
        known = user is not None and (not sociallogin.is_existing or sociallogin.user.pk == user.pk)
        if user is None or not known or sociallogin.state.get("process") != "login":
            raise _refused(request, "web/unknown_account.html")
        if not strength.enough(claims):
            raise _refused(request, "web/too_weak.html", user)
        if confirm.waiting(request):
            raise ImmediateHttpResponse(_confirmed(request, user, claims))
        session.came_by(request, Way.OIDC)
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict | None = None,
    ) -> None:
        """One page of our own that says what to do; what the provider answered is not repeated."""
        cancelled = error == AuthError.CANCELLED
        page = render(request, "web/login_failed.html", {"cancelled": cancelled}, status=200 if cancelled else 401)
        raise ImmediateHttpResponse(page)


def _refused(request: HttpRequest, template: str, user: User | None = None) -> ImmediateHttpResponse:
    who = Actor(user_id=user.pk) if user else Actor()
    audit.record(who, "login", outcome="deny", rule="A16", view="web:login", way="oidc")
    return ImmediateHttpResponse(render(request, template, {"name": settings.OIDC_NAME}, status=403))


def _confirmed(request: HttpRequest, user: User, claims: dict[str, Any]) -> HttpResponse:
    """Back from being asked anew: the same account, just now, or nothing is confirmed."""
    if confirm.by_provider(request, user, claims):
        return redirect("web:confirm_back")
    return render(request, "web/confirm_failed.html", {"name": settings.OIDC_NAME}, status=403)

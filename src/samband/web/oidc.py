"""Log-in through OpenID Connect (A16): the provider's claim names an account that Samband already knows, or nobody."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from samband.core import audit
from samband.core.models import User
from samband.core.policy import Actor
from samband.people.services import accounts


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


class SambandAdapter(DefaultSocialAccountAdapter):
    """No sign-up: an identity that is not known is told so, and nothing is created.

    The claim decides at every log-in. A link from an earlier one is never enough: the HSA-id may have moved since.
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        user = account_of(claims_of(sociallogin.account.extra_data))
        if user is None or (sociallogin.is_existing and sociallogin.user.pk != user.pk):
            audit.record(Actor(), "login", outcome="deny", rule="A16", view="web:login", way="oidc")
            raise ImmediateHttpResponse(render(request, "web/unknown_account.html", status=403))
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

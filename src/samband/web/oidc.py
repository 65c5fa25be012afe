"""Log-in through OpenID Connect (A16): the provider's claim names an account that Samband already knows, or nobody."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from samband.core.models import User


def account_of(claims: dict[str, Any]) -> User | None:
    """The account that the claims name: staff by HSA-id, else a person by identity number."""
    hsa_id = claims.get(settings.OIDC_STAFF_CLAIM)
    if hsa_id:
        return User.objects.filter(staff__hsa_id=hsa_id, is_active=True).first()
    number = str(claims.get(settings.OIDC_PERSON_CLAIM) or "").replace("-", "")
    return User.objects.filter(person__identity_number=number, is_active=True).first() if number else None


class SambandAdapter(DefaultSocialAccountAdapter):
    """No sign-up: an identity that is not known is told so, and nothing is created."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        data = sociallogin.account.extra_data
        user = account_of({**data, **data.get("userinfo", {}), **data.get("id_token", {})})
        if user is None:
            raise ImmediateHttpResponse(render(request, "web/unknown_account.html", status=403))
        sociallogin.connect(request, user)

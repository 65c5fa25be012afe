"""How the library for second factors keeps its secrets, and what it calls us."""

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser

from samband.core import vault

PURPOSE = "factor"


class FactorAdapter(DefaultMFAAdapter):
    """Seeds lie encrypted in the database: who reads the database alone can make no code."""

    def encrypt(self, text: str) -> str:
        return vault.shut(PURPOSE, text)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.opened(PURPOSE, encrypted_text)

    def get_totp_issuer(self) -> str:
        return "Samband"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": "Samband"}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict:
        """What the authenticator keeps: a random id, and the name that its owner logs in with."""
        name = self._get_user_identifier(user)
        return {"id": user.public_id.bytes, "display_name": name, "name": name}  # type: ignore[attr-defined]

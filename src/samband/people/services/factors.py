"""Second factors of local accounts (A16): an authenticator's codes, passkeys, recovery codes.

The seeds and keys lie in allauth's `Authenticator`; what is done with them is done here, each with its line in the audit and,
where somebody else did it, a notice to the one whose log-in it is.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as passkeys
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from fido2.utils import websafe_decode

from samband.core import audit, notices, policy, sessions
from samband.core.limits import counting
from samband.core.models import User
from samband.core.policy import Actor
from samband.people.models import Assignment, Relative
from samband.people.models.staff import current

Type = Authenticator.Type
MOST_PASSKEYS = 10
NAME_MAX = 60
# A code holds for its half minute and the one on each side; it is worth nothing the second time.
CODE_LIFE = 120
WHAT: tuple[type[Exception], ...] = (ValueError, TypeError, KeyError, AttributeError, InvalidSignature, ValidationError)


@dataclass(frozen=True)
class Factor:
    """One line of the owner's list."""

    pk: int
    kind: str
    name: str
    added: datetime
    used: datetime | None


def of(user: User) -> list[Factor]:
    """Codes first, then passkeys by age; recovery codes are no factor of their own."""
    rows = Authenticator.objects.filter(user=user).exclude(type=Type.RECOVERY_CODES).order_by("type", "pk")
    return [
        Factor(row.pk, row.type, row.data.get("name", "") or str(_("Engångskoder i en app")), row.created_at, row.last_used_at)
        for row in rows
    ]  # fmt: skip


def has_any(user: User) -> bool:
    """Whether the account has a second factor; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user).exclude(type=Type.RECOVERY_CODES).exists()


def codes_left(user: User) -> int:
    row = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    return len(row.wrap().get_unused_codes()) if row else 0


def new_secret() -> str:
    """A seed for an authenticator, 160 bits in base32."""
    return generate_totp_secret()


def add_codes(user: User, secret: str, code: str) -> list[str]:
    """Turn on an authenticator's codes, if it shows the right one. Returns the recovery codes that were made with it."""
    if Authenticator.objects.filter(user=user, type=Type.TOTP).exists():
        raise ValidationError({"code": _("Du har redan engångskoder. Ta bort dem först om du har bytt telefon.")})
    if not validate_totp_code(secret, code):
        raise ValidationError({"code": _wrong_code()})
    with transaction.atomic():
        TOTP.activate(user, secret)
        counting.once("code", f"{user.pk}:{code}", CODE_LIFE)
        audit.record(Actor(user_id=user.pk), "factor.add", thing=user, rule="A16", kind=Type.TOTP)
        return _with_recovery(user)


def begin_passkey(user: User) -> dict:
    """What the browser needs to make one; the challenge stays in the session."""
    return _plain(passkeys.begin_registration(user, passwordless=True))


def add_passkey(user: User, name: str, said: str) -> list[str]:
    """Keep the one that the browser made. Returns the recovery codes that were made with it, none where there were some."""
    if Authenticator.objects.filter(user=user, type=Type.WEBAUTHN).count() >= MOST_PASSKEYS:
        raise ValidationError(_("Du har redan %(n)d nycklar. Ta bort en först.") % {"n": MOST_PASSKEYS})
    try:
        credential = json.loads(said)
        passkeys.complete_registration(credential)
    except WHAT:
        raise ValidationError(_("Nyckeln kom inte fram. Försök igen.")) from None
    with transaction.atomic():
        passkeys.WebAuthn.add(user, named(name), credential)
        audit.record(Actor(user_id=user.pk), "factor.add", thing=user, rule="A16", kind=Type.WEBAUTHN)
        return _with_recovery(user)


def named(name: str) -> str:
    return " ".join(name.split())[:NAME_MAX] or str(_("Nyckel"))


def _with_recovery(user: User) -> list[str]:
    if Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).exists():
        return []
    return RecoveryCodes.activate(user).get_unused_codes()


def new_recovery(user: User) -> list[str]:
    """Other recovery codes; those from before are worth nothing."""
    if not has_any(user):
        raise ValidationError(_("Reservkoder hör till en andra faktor. Lägg till en först."))
    with transaction.atomic():
        Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
        audit.record(Actor(user_id=user.pk), "factor.codes", thing=user, rule="A16")
        return RecoveryCodes.activate(user).get_unused_codes()


def right_code(user: User, code: str) -> bool:
    """Whether it is the authenticator's code of this moment, not used before, or an unused recovery code."""
    code = "".join(code.split()).replace("-", "")
    row = Authenticator.objects.filter(user=user, type=Type.TOTP).first()
    if row and validate_totp_code(decrypt(row.data["secret"]), code):
        if not counting.once("code", f"{user.pk}:{code}", CODE_LIFE):
            return False
        row.record_usage()
        return True
    recovery = Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).first()
    if recovery is None or not recovery.wrap().validate_code(code):
        return False
    recovery.record_usage()
    audit.record(Actor(user_id=user.pk), "factor.recovery", thing=user, rule="A16", left=codes_left(user))
    return True


def begin_passkey_login(user: User | None = None) -> dict:
    """What the browser needs to show one: any of ours, or one of the account's."""
    return _plain(passkeys.begin_authentication(user))


def passkey_user(said: str, expected: User | None = None) -> User | None:
    """Whose passkey it was, proved by its signature over the session's challenge; None where it proves nothing."""
    try:
        response = json.loads(said)
        handle = response["response"].get("userHandle")
        user = expected or User.objects.filter(public_id=UUID(bytes=websafe_decode(handle))).first()
        if user is None or not user.is_active:
            return None
        found = passkeys.complete_authentication(user, response)
    except WHAT:
        return None
    finally:
        passkeys.clear_state()
    found.record_usage()
    return user


def rename(user: User, pk: int, name: str) -> bool:
    row = Authenticator.objects.filter(user=user, pk=pk, type=Type.WEBAUTHN).first()
    if row is None:
        return False
    row.data["name"] = named(name)
    row.save(update_fields=["data"])
    return True


def remove(user: User, pk: int) -> None:
    """Take one away. The last one stays: another has to be there first (A16)."""
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().filter(user=user).exclude(type=Type.RECOVERY_CODES)
        row = rows.filter(pk=pk).first()
        if row is None:
            raise ValidationError(_("Den finns inte kvar."))
        if rows.count() == 1:
            raise ValidationError(_("Det är din enda andra faktor. Lägg till en ny innan du tar bort den."))
        kind = row.type
        row.delete()
        audit.record(Actor(user_id=user.pk), "factor.remove", thing=user, rule="A16", kind=kind)


def reset(actor: Actor, user: User, reason: str) -> None:
    """Somebody has lost them: all are taken away, every session ends, the owner is told. At the next log-in she sets up new ones."""
    with transaction.atomic():
        decision = policy.require(actor, "account.edit", user)
        if len(reason.strip()) < 5:
            raise ValidationError({"reason": _("Skriv varför: minst fem tecken.")})
        if user.pk == actor.user_id:
            raise ValidationError(_("Du kan inte återställa dina egna. Be en annan administratör."))
        count = Authenticator.objects.filter(user=user).delete()[0]
        sessions.end_all(user)
        audit.record(actor, "account.factors", thing=user, rule=decision.rule, reason=reason, count=count)
        told(user, "login.reset", actor)


def told(user: User, kind: str, by: Actor | None = None) -> None:
    """A notice to whoever the account belongs to."""
    staff, person = getattr(user, "staff", None), getattr(user, "person", None)
    held = Assignment.objects.filter(current(), staff=staff).values_list("pk", flat=True) if staff else ()
    near = Relative.objects.filter(user=user).values_list("pk", flat=True)
    notices.tell(
        kind, "/security/", thing=user, assignments=held, persons=[person.pk] if person else (), relatives=near, by=by
    )


def _wrong_code() -> str:
    return _("Koden stämmer inte. Vänta på nästa och skriv den.")


def _plain(options: Any) -> dict:
    """As JSON takes it: bytes in base64url, as the library itself writes them."""
    return json.loads(json.dumps(options, default=dict))

"""Local accounts for staff (A16): given by an administrator, opened by a link that works once, always with a second factor.

The name to log in with is the HSA-id, so nothing new has to be remembered, and the same account still works through the log-in
service.
"""

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samband.core import audit, policy, sessions
from samband.core.models import User
from samband.core.policy import Actor
from samband.people.services import factors


class FirstLink(PasswordResetTokenGenerator):
    """Dies when it is used (the password changes), when somebody logs in, when the account is closed, and after a day."""

    key_salt = "samband.people.local.FirstLink"

    def _make_hash_value(self, user: User, timestamp: int) -> str:  # type: ignore[override]
        return f"{user.pk}{user.password}{user.last_login}{user.is_active}{timestamp}"


links = FirstLink()


def is_local(user: User) -> bool:
    """Whether the account has a password of ours, or has been given a link to set one."""
    staff = getattr(user, "staff", None)
    return bool(staff and user.username == staff.hsa_id)


def give_link(actor: Actor, user: User, reason: str) -> str:
    """The path of a page where the owner sets a password, shown once to the administrator, who hands it over.

    What was set before stops working at once, and every session ends; second factors stay.
    """
    with transaction.atomic():
        decision = policy.require(actor, "account.edit", user)
        if user.pk == actor.user_id:
            raise ValidationError(_("Du kan inte ge dig själv en länk. Be en annan administratör."))
        return _link(actor, user, reason, decision.rule)


def link_on_server(user: User, reason: str) -> str:
    """The same, said at the server itself: for the first administrator of all."""
    with transaction.atomic():
        return _link(Actor(name="samband account"), user, reason, "A16")


def _link(actor: Actor, user: User, reason: str, rule: str) -> str:
    staff = getattr(user, "staff", None)
    if len(reason.strip()) < 5:
        raise ValidationError({"reason": _("Skriv varför: minst fem tecken.")})
    if staff is None or not user.is_active:
        raise ValidationError(_("Bara personal med ett öppet konto kan få ett lokalt lösenord."))
    user.username = staff.hsa_id
    user.set_unusable_password()
    user.save(update_fields=["username", "password"])
    sessions.end_all(user)
    audit.record(actor, "account.link", thing=user, rule=rule, reason=reason)
    factors.told(user, "login.link", actor)
    return reverse("web:first_password", args=[user.public_id, links.make_token(user)])


def of_link(key: object, token: str) -> User | None:
    """Whose link it is, while it works."""
    user = User.objects.filter(public_id=key, is_active=True).first()
    return user if user is not None and links.check_token(user, token) else None


def set_password(user: User, password: str) -> None:
    """Raises ValidationError where it is too short or too common. Every session ends."""
    validate_password(password, user)
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        sessions.end_all(user)
        audit.record(Actor(user_id=user.pk), "account.password", thing=user, rule="A16")

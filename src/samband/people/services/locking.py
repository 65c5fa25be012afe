"""Log-ins that are closed for a while because somebody guessed at them: whether, and unlocked by an administrator."""

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.limits import counting
from samband.core.models import User
from samband.core.policy import Actor
from samband.people.services import factors


def is_locked(user: User) -> bool:
    """Whether so many wrong passwords came lately that right ones are refused too."""
    since = clock.now() - settings.AXES_COOLOFF_TIME
    tried = AccessAttempt.objects.filter(username=user.username, attempt_time__gte=since)
    return any(row.failures_since_start >= settings.AXES_FAILURE_LIMIT for row in tried)


def unlock(actor: Actor, user: User, reason: str) -> None:
    """Open it at once; wrong codes of the second factor are forgotten too."""
    with transaction.atomic():
        decision = policy.require(actor, "account.edit", user)
        if len(reason.strip()) < 5:
            raise ValidationError({"reason": _("Skriv varför: minst fem tecken.")})
        reset(username=user.username)
        counting.take_back("factor", f"user:{user.pk}")
        audit.record(actor, "account.unlock", thing=user, rule=decision.rule, reason=reason)
        factors.told(user, "login.unlocked", actor)

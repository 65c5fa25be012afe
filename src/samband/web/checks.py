"""What `samband check --deploy` says about the log-in."""

from typing import Any

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.security, deploy=True)
def level(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """A provider without a demanded level lets in whoever it lets in (A16)."""
    if not settings.OIDC_ISSUER or settings.OIDC_ACR or settings.OIDC_AMR:
        return []
    hint = "Set SAMBAND_OIDC_ACR or SAMBAND_OIDC_AMR to what the provider says of a strong log-in."
    return [Warning("No level is demanded of log-ins through the provider (A16).", hint=hint, id="samband.W016")]

"""What a log-in through the provider was worth (A16): by its `acr` and `amr`, and when it was. Pure but for the settings."""

from typing import Any

from django.conf import settings

# The provider's clock and ours.
SKEW = 60


def enough(claims: dict[str, Any]) -> bool:
    """Whether one of the demanded levels is among the claims; with none demanded any log-in will do."""
    if not settings.OIDC_ACR and not settings.OIDC_AMR:
        return True
    amr = claims.get("amr") or []
    ways = {str(way) for way in (amr if isinstance(amr, list) else [amr])}
    return str(claims.get("acr", "")) in settings.OIDC_ACR or bool(ways & set(settings.OIDC_AMR))


def since(claims: dict[str, Any], moment: float) -> bool:
    """Whether the provider says that it asked anew, after `moment` (seconds); a provider that does not say has not."""
    said = claims.get("auth_time")
    return isinstance(said, int | float) and not isinstance(said, bool) and said >= moment - SKEW

"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from samband.core import clock
from samband.core.policy import ANONYMOUS


def actor(request: HttpRequest) -> dict[str, Any]:
    """Who is asking, the time, and whether this is the demo."""
    return {
        "actor": getattr(request, "actor", ANONYMOUS),
        "now": clock.local_now(),
        "demo": settings.DEMO_LOGINS,
    }

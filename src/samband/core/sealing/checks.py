"""Part of `samband check --deploy`: is there a key, and is it nobody else's?"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def audit_key(**_options: Any) -> list[CheckMessage]:
    path = settings.AUDIT_KEY
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return [Error(f"The audit's key {path} does not exist.", hint="Run: samband audit key", id="samband.E001")]
    except PermissionError:
        return []  # the key is the worker's alone, and the check runs as somebody else
    if mode & 0o077:
        return [Error(f"The audit's key {path} can be read by others.", hint=f"chmod 600 {path}", id="samband.E002")]
    return []

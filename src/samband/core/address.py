"""From which address a request comes. Behind a proxy of ours it is what that proxy added, never what the sender wrote."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The network address, or `unknown`."""
    direct = request.META.get("REMOTE_ADDR", "") or "unknown"
    if not settings.SECURE_PROXY_SSL_HEADER:
        return direct
    said = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return said.rpartition(",")[2].strip()[:45] or direct

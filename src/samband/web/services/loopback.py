"""Whether a request comes from this very machine: demo log-ins ask for no password, so nobody else may use them."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

# A proxy on this machine would make everybody look local: whatever speaks of another client is no loopback request.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP")


def refusal(request: HttpRequest) -> str:
    """Why a demo log-in is refused, in one sentence; empty where it is not."""
    if not settings.DEMO_LOGINS:
        return _("Demoinloggning är avstängd här. Logga in med din e-legitimation.")
    if not _local(request.META.get("REMOTE_ADDR", "")) or any(request.META.get(key) for key in FORWARDED):
        return _("Demoinloggning fungerar bara från samma dator som Samband körs på. Din fråga kom från en annan.")
    if not _local(_host(request)):
        return _("Demoinloggning fungerar bara på adresserna localhost och 127.0.0.1.")
    return ""


def _host(request: HttpRequest) -> str:
    """The name in the Host header, without port and brackets."""
    raw = request.META.get("HTTP_HOST", "").strip().lower()
    if raw.startswith("["):
        return raw[1:].partition("]")[0]
    return raw.partition(":")[0]


def _local(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False

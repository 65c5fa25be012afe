"""Short texts that must not lie in the clear in the database: seeds of second factors, a form that waits for its sender.

The keys come from SECRET_KEY, one for each purpose; a new SECRET_KEY with the old one among SECRET_KEY_FALLBACKS still opens
what was shut before.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(ValueError):
    """Shut with another key, changed, or too old."""


def shut(purpose: str, text: str) -> str:
    """Encrypted and authenticated, as ASCII."""
    return _box(purpose).encrypt(text.encode()).decode()


def opened(purpose: str, shut_text: str, seconds: int | None = None) -> str:
    """Raises Unreadable; also where it was shut more than `seconds` ago."""
    try:
        return _box(purpose).decrypt(shut_text.encode(), ttl=seconds).decode()
    except (InvalidToken, ValueError):
        raise Unreadable(purpose) from None


def keyed(purpose: str, text: str) -> str:
    """32 hex digits that tell two texts apart and neither of them."""
    return hmac.new(f"samband.{purpose}.{settings.SECRET_KEY}".encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def _box(purpose: str) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"samband.{purpose}.{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])

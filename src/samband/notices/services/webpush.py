"""Web push as the standards have it: encrypted for the one device (RFC 8291), sent in our name (VAPID, RFC 8292).

The encryption is `http-ece`, the signature PyJWT. Nothing is called that is not on the list of push services, no redirect
is followed, and what is said is generic even though nobody on the way can read it.
"""

import base64
import os
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

import http_ece
import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from samband.core import clock
from samband.notices.rules import endpoints

CURVE = ec.SECP256R1()
TIMEOUT = (5, 10)
TTL = 12 * 3600
TOKEN_LIFE = 12 * 3600
TOPIC = "samband-inbox"


class Outcome(StrEnum):
    """What came of it: taken over, the device is gone, try again later, refused for good."""

    TAKEN = "taken"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    retry_after: int = 0


def decode(raw: str) -> bytes:
    """base64url, with or without its padding; ValueError where it is not."""
    return base64.b64decode(raw.encode("ascii") + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)


def encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def new_key() -> str:
    """A private key for `SAMBAND_VAPID_KEY`: 32 bytes, base64url."""
    number = ec.generate_private_key(CURVE).private_numbers().private_value
    return encode(number.to_bytes(32, "big"))


def private_key(raw: str) -> ec.EllipticCurvePrivateKey:
    """The key out of the setting; ValueError where it is none."""
    number = decode(raw)
    if len(number) != 32:
        raise ValueError("expected 32 bytes, base64url")
    return ec.derive_private_key(int.from_bytes(number, "big"), CURVE)


def public_key(raw: str) -> str:
    """What the browser wants as `applicationServerKey`."""
    return encode(private_key(raw).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def check_keys(p256dh: str, auth: str) -> bool:
    """Whether the browser's keys are what the standard says: a point on the curve, and 16 bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decode(p256dh))
        return len(decode(auth)) == 16
    except (ValueError, UnicodeEncodeError):
        return False


def encrypt(payload: bytes, p256dh: str, auth: str) -> bytes:
    """One record, aes128gcm, under a key made for this message alone."""
    key = ec.generate_private_key(CURVE)
    return http_ece.encrypt(
        payload, salt=os.urandom(16), private_key=key, dh=decode(p256dh), auth_secret=decode(auth), version="aes128gcm"
    )


def signature(endpoint: str) -> str:
    """The Authorization header: who we are, for this push service, for some hours."""
    split = urlsplit(endpoint)
    claims = {
        "aud": f"{split.scheme}://{split.netloc}",
        "exp": int(clock.now().timestamp()) + TOKEN_LIFE,
        "sub": settings.VAPID_CONTACT,
    }
    token = jwt.encode(claims, private_key(settings.VAPID_KEY), algorithm="ES256")
    return f"vapid t={token}, k={public_key(settings.VAPID_KEY)}"


def post(endpoint: str, p256dh: str, auth: str, payload: bytes, urgent: bool = False) -> Answer:
    """Send to one device. `urgent` lets the device wake for it."""
    if not endpoints.allowed(endpoint, settings.PUSH_HOSTS):
        return Answer(Outcome.REFUSED)
    headers = {
        "Authorization": signature(endpoint),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL),
        "Topic": TOPIC,
        "Urgency": "high" if urgent else "normal",
    }
    try:
        body = encrypt(payload, p256dh, auth)
        with requests.Session() as session:
            session.trust_env = False  # no proxy or password from the environment
            reply = session.post(
                endpoint, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True
            )
            reply.close()
    except requests.RequestException:
        return Answer(Outcome.LATER)
    return outcome_of(reply.status_code, reply.headers.get("Retry-After", ""))


def outcome_of(status: int, retry_after: str = "") -> Answer:
    """What a push service's answer means (RFC 8030, section 5)."""
    if 200 <= status < 300:
        return Answer(Outcome.TAKEN)
    if status in (404, 410):
        return Answer(Outcome.GONE)
    if status == 429 or status >= 500:
        seconds = int(retry_after) if retry_after.isascii() and retry_after.isdecimal() else 0
        return Answer(Outcome.LATER, min(seconds, 24 * 3600))
    return Answer(Outcome.REFUSED)

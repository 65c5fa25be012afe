"""The key that signs checkpoints, and its public half that is enough to verify them (Ed25519)."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils.translation import gettext as _

from samband.core.sealing.encoding import sha256


class SealError(Exception):
    """Nothing was sealed, signed or thinned; the sentence says why and what to do."""


def public_path() -> Path:
    return settings.AUDIT_DIR / "public-key.pem"


def private() -> Ed25519PrivateKey:
    """The key of SAMBAND_AUDIT_KEY."""
    try:
        key = serialization.load_pem_private_key(settings.AUDIT_KEY.read_bytes(), None)
    except FileNotFoundError as error:
        raise SealError(
            _("Nyckeln %(path)s saknas; väntade en fil som ”samband audit key” har gjort.")
            % {"path": settings.AUDIT_KEY}
        ) from error
    except (OSError, ValueError, TypeError) as error:
        raise SealError(_("Nyckeln %(path)s går inte att läsa.") % {"path": settings.AUDIT_KEY}) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SealError(_("Nyckeln %(path)s är av annat slag; väntade Ed25519.") % {"path": settings.AUDIT_KEY})
    return key


def public(path: Path) -> Ed25519PublicKey:
    """A public key from its file."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (OSError, ValueError, TypeError) as error:
        raise SealError(_("Den öppna nyckeln %(path)s saknas eller går inte att läsa.") % {"path": path}) from error
    if not isinstance(key, Ed25519PublicKey):
        raise SealError(_("Nyckeln %(path)s är av annat slag; väntade Ed25519.") % {"path": path})
    return key


def mark(key: Ed25519PublicKey) -> str:
    """A short name of a key, the same everywhere."""
    return sha256(key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw))[:16]


def holds(key: Ed25519PublicKey, signature: bytes, data: bytes) -> bool:
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def write(key: Ed25519PrivateKey) -> None:
    """The public half first; the private key comes last, so that whoever finds it finds everything."""
    public_path().write_bytes(
        key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    settings.AUDIT_KEY.parent.mkdir(parents=True, exist_ok=True)
    made = settings.AUDIT_KEY.with_name(f"{settings.AUDIT_KEY.name}.{os.getpid()}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        file.flush()
        os.fsync(file.fileno())
    os.link(made, settings.AUDIT_KEY)  # fails where there is one already: a key is never written over
    made.unlink()

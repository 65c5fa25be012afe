"""Reading the environment: what is missing or wrong is said in one sentence, at start."""

import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]
T = TypeVar("T")
MODES = ("demo", "production")


def flag(name: str, default: bool = False) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off; anything else is refused."""
    raw = os.environ.get(name, "").strip().lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {raw!r}; expected 1 or 0.")


def whole(name: str, default: int = 0, least: int | None = None, most: int | None = None) -> int:
    """A whole number, from `least` to `most` where they are given; anything else is refused."""
    raw = os.environ.get(name, "").strip() or str(default)
    good = re.fullmatch(r"-?[0-9]{1,12}", raw) is not None
    if not good or (least is not None and int(raw) < least) or (most is not None and int(raw) > most):
        span = f" from {least} to {most}" if least is not None else ""
        raise ImproperlyConfigured(f"{name} is {raw!r}; expected a whole number{span}.")
    return int(raw)


def mode() -> str:
    """SAMBAND_MODE: `demo` (default; loopback only, demo log-ins) or `production`."""
    value = os.environ.get("SAMBAND_MODE", "demo").strip()
    if value not in MODES:
        raise ImproperlyConfigured(f"SAMBAND_MODE is {value!r}; expected one of {', '.join(MODES)}.")
    return value


def words(name: str) -> list[str]:
    """A list separated by commas or blanks."""
    return os.environ.get(name, "").replace(",", " ").split()


def secret_key(production: bool, var: Path) -> str:
    """SAMBAND_SECRET_KEY in production (50 characters or more); in demo one made once and kept in var/."""
    key = os.environ.get("SAMBAND_SECRET_KEY", "")
    if key:
        if production and (len(key) < 50 or key.startswith("django-insecure")):
            raise ImproperlyConfigured("SAMBAND_SECRET_KEY is too short or a default; expected 50 random characters.")
        return key
    if production:
        raise ImproperlyConfigured("SAMBAND_SECRET_KEY is missing; expected 50 random characters.")
    file = var / "demo-secret-key"
    if not file.exists():
        import secrets

        var.mkdir(parents=True, exist_ok=True)
        made = var / f"demo-secret-key.{os.getpid()}"
        made.write_text(secrets.token_urlsafe(60))
        made.chmod(0o600)
        # Two processes may start at once: the first link wins, both read the same key.
        with contextlib.suppress(FileExistsError):
            os.link(made, file)
        made.unlink()
    return file.read_text().strip()


def audit_key(production: bool, folder: Path) -> Path:
    """SAMBAND_AUDIT_KEY: the file of the key that signs the audit. In demo it is made beside the checkpoints."""
    value = os.environ.get("SAMBAND_AUDIT_KEY", "").strip()
    if value:
        return Path(value)
    if production:
        raise ImproperlyConfigured(
            "SAMBAND_AUDIT_KEY is missing; expected the path of the audit's key, a file that `samband audit key` makes."
        )
    return folder / "signing-key.pem"


def read_by(name: str, default: str, reader: Callable[[str], T]) -> T:
    """A setting with a form of its own; what cannot be read is said in one sentence."""
    try:
        return reader(os.environ.get(name, default))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error

"""The file of checkpoints, outside the database: one signed line after another, each holding on to the line before.

A line is the JSON of its body, a blank, and the signature of exactly those bytes in base64. Kinds: `begun` (the first line),
`seal` (the chain ended with this seal, with this digest), `thinned` (these batches were dropped), `accepted` (an operator
says that the chain goes on from here, after a restored backup).
"""

import base64
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext as _

from samband.core import clock
from samband.core.sealing import keys
from samband.core.sealing.encoding import NOTHING, sha256
from samband.core.sealing.keys import SealError
from samband.core.sealing.lines import Line, parsed, read, tail


def path() -> Path:
    return settings.AUDIT_DIR / "checkpoints.jsonl"


@contextmanager
def lock() -> Iterator[None]:
    """One at a time seals, thins or signs: the worker and somebody at the command line."""
    settings.AUDIT_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.AUDIT_DIR / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def begin() -> None:
    """Make a key and the first line. Under the lock; refuses where there is a key, or a file that tells of seals."""
    if settings.AUDIT_KEY.exists():
        raise SealError(_("Det finns redan en nyckel: %(path)s.") % {"path": settings.AUDIT_KEY})
    if path().exists() and sum(1 for line in read(path())) > 1:
        raise SealError(
            _("Nyckeln %(path)s saknas, men det finns kontrollpunkter: lägg tillbaka nyckeln.")
            % {"path": settings.AUDIT_KEY}
        )
    key = Ed25519PrivateKey.generate()
    path().unlink(missing_ok=True)
    _write(key, NOTHING, "begun", 0, NOTHING, {})
    keys.write(key)


def append(key: Ed25519PrivateKey, kind: str, seal: int, digest: str, **facts: Any) -> str:
    """Write one line and have it on the disk. Returns its digest."""
    return _write(key, last().digest, kind, seal, digest, facts)


def _write(key: Ed25519PrivateKey, before: str, kind: str, seal: int, digest: str, facts: dict[str, Any]) -> str:
    body = {
        "kind": kind,
        "at": clock.now().isoformat(),
        "seal": seal,
        "digest": digest,
        **facts,
        "before": before,
        "key": keys.mark(key.public_key()),
    }
    signed = json.dumps(body, separators=(",", ":")).encode("ascii")
    line = signed + b" " + base64.b64encode(key.sign(signed))
    _cut_what_is_half()
    with path().open("ab") as file:
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return sha256(line)


def _cut_what_is_half() -> None:
    """A stop in the middle of writing leaves a line without an end: it says nothing and is taken away."""
    if not path().exists():
        return
    with path().open("r+b") as file:
        whole, _half = tail(file)
        file.truncate(whole)


def last() -> Line:
    """The newest whole line; SealError where the file is missing or empty."""
    try:
        with path().open("rb") as file:
            _length, raw = tail(file)
    except FileNotFoundError as error:
        raise SealError(_missing(path())) from error
    if not raw:
        raise SealError(_missing(path()))
    return parsed(0, raw)


def _missing(where: Path) -> str:
    return _("Kontrollpunkterna i %(path)s saknas, men nyckeln finns: lägg tillbaka filen från dess kopia.") % {
        "path": where
    }

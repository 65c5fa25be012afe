"""What is signed: one hash over the text of an entry and the hashes of its attachments (A17). Pure."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Signed:
    """All that the signature answers for. `happened_at`, `signed_at` with zone; `attachments`: SHA-256 in hex, in their order."""

    number: int
    kind: str
    title: str
    text: str
    happened_at: datetime
    attachments: Sequence[str]
    signed_at: datetime
    signed_by: str


def digest(what: Signed) -> str:
    """SHA-256 in hex over JSON with sorted keys; moments in UTC to the microsecond, so that every database gives the same."""
    plain = {
        name: value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value
        for name, value in {**asdict(what), "attachments": list(what.attachments)}.items()
    }
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=True).encode()).hexdigest()

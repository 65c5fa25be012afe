"""What exactly is sealed, so that anybody can reckon it again with SHA-256 and a JSON writer.

An entry is one JSON array in ASCII (everything else as \\uXXXX, lower case), without blanks:

    ["samband-entry-1", id, period, at, action, outcome, rule, user_id, actor_kind, actor_name, actor_label,
     assignment_id, unit_id, organization_id, view, thing, session, detail, [[subject id, person_id], …]]

`at` is whole microseconds since 1970-01-01 UTC. `detail` is a string: its JSON with keys in the order of their code points and
numbers by value (a whole number as its digits, any other as digits "e" exponent without trailing zeros: 1.50 is 15e-1), as the
engines keep the order of keys and the form of numbers each in its own way. Subjects come in the order of their id. What cannot
be read as its type is written as it stands, after "raw:".

A leaf is 44 bytes: the id (8), the number of subjects (4), the entry's SHA-256 (32), big-endian. `root` is the SHA-256 of the
batch's leaves in the order of id. A seal's digest is the SHA-256 of the array

    ["samband-seal-1", number, period, first_id, last_id, entries, sealed_at, root, anchor, before]

where `before` is the digest of the seal before (64 zeros for the first) and `anchor` the SHA-256 of the last line in the file
of checkpoints when it was sealed.
"""

import hashlib
import json
import struct
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, NoReturn

from samband.core.models import AuditSeal

NOTHING = "0" * 64
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
LEAF = struct.Struct(">qI32s")


class Leaf(NamedTuple):
    """What a seal remembers of one entry."""

    id: int
    subjects: int
    digest: bytes


def _odd(value: Any) -> str:
    """Bytes or the like in a column of text: somebody's hand, not ours."""
    return f"raw:{value!r}"


_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=_odd).encode


def array(*parts: Any) -> bytes:
    """A JSON array in ASCII without blanks."""
    return _encode(parts).encode("ascii")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def moment(value: datetime) -> int:
    """Microseconds since 1970 in UTC, whatever the zone it came in."""
    return (value - EPOCH) // MICROSECOND


def entry(fields: tuple[Any, ...], subjects: list[tuple[int, int]]) -> Leaf:
    """`fields` from id to detail in the order above, `at` as microseconds and `detail` as JSON text."""
    line = _encode(("samband-entry-1", *fields[:-1], detail(fields[-1]), subjects))
    return Leaf(fields[0], len(subjects), hashlib.sha256(line.encode("ascii")).digest())


@lru_cache(maxsize=8192)
def detail(text: Any) -> str:
    """JSON text by what it means."""
    try:
        return _written(json.loads(text, parse_float=Decimal, parse_constant=_no_number))
    except (ValueError, TypeError, RecursionError):
        return f"raw:{text}"


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{_encode(key)}:{_written(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_written, value)) + "]"
    return _number(value) if isinstance(value, Decimal) else _encode(value)


def _number(value: Decimal) -> str:
    sign, places, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    written = "".join(map(str, places)).lstrip("0")
    digits = written.rstrip("0")
    exponent += len(written) - len(digits)
    if not digits:
        return "0"
    minus = "-" if sign else ""
    return f"{minus}{digits}{'0' * exponent}" if 0 <= exponent < 400 else f"{minus}{digits}e{exponent}"


def pack(leaves: Iterable[Leaf]) -> bytes:
    return b"".join(LEAF.pack(*leaf) for leaf in leaves)


def unpack(blob: bytes) -> Iterator[Leaf]:
    """What is left over at the end is no leaf; whoever unpacks has compared the root."""
    return (Leaf(*parts) for parts in LEAF.iter_unpack(blob[: len(blob) // LEAF.size * LEAF.size]))


def seal_digest(seal: AuditSeal) -> str:
    """Over everything of a seal but its leaves, which the root stands for."""
    return sha256(
        array(
            "samband-seal-1",
            seal.number,
            seal.period,
            seal.first_id,
            seal.last_id,
            seal.entries,
            moment(seal.sealed_at),
            seal.root,
            seal.anchor,
            seal.before,
        )
    )

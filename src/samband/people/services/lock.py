"""Two who write at once lose nothing: what was read is compared with what is stored before anything is written."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import Model


class Conflict(Exception):
    """Somebody else saved in between. `stored` is what stands there now."""

    def __init__(self, stored: Model):
        super().__init__("saved by somebody else in between")
        self.stored = stored


def mark(thing: Model | None, fields: Iterable[str]) -> str:
    """A short mark of the fields as they are; a form carries it and gives it back."""
    if thing is None or thing.pk is None:
        return "new"
    values = repr([thing.serializable_value(name) for name in fields])
    return hashlib.sha256(values.encode()).hexdigest()[:20]


def require_same(stored: Model, fields: Iterable[str], seen: str) -> None:
    """Raises Conflict where the fields are not what the writer saw."""
    if mark(stored, fields) != seen:
        raise Conflict(stored)


def assign(thing: Model, values: dict[str, Any]) -> list[str]:
    """Set the values; the names of those that changed."""
    changed = [name for name, value in values.items() if getattr(thing, name) != value]
    for name in changed:
        setattr(thing, name, values[name])
    return changed

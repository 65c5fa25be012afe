"""Things whose versions are written as a draft under an optimistic lock and never change once published.

A version has `lock` and `status` (`draft` while it is written). Templates, decks, worksheets and routines work so.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from samband.core.text import fold

DRAFT = "draft"


@dataclass(eq=False)
class Stale(Exception):
    """Somebody else saved the draft in between. Nothing was written. `version` is the row as it stands now."""

    version: Any


def step(draft: Any, lock: int, **changes: Any) -> None:
    """Write the draft and take its lock one step on, or raise Stale where it was written since `lock`. In the caller's transaction."""
    rows = type(draft)._default_manager.filter(pk=draft.pk, lock=lock, status=DRAFT)
    if not rows.update(lock=lock + 1, **changes):
        raise Stale(type(draft)._default_manager.get(pk=draft.pk))
    draft.refresh_from_db()


def slug_of(model: type[Model], name: str, otherwise: str, taken: Collection[str] = ()) -> str:
    """A name for addresses and files that no other row has, nor `taken`; of a name without letters, `otherwise`."""
    base = re.sub(r"[^a-z0-9]+", "-", fold(name).translate(str.maketrans("åäö", "aao"))).strip("-")[:50] or otherwise
    number, slug = 1, base
    while model._default_manager.filter(slug=slug).exists() or slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug

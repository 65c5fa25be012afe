"""A mark of its own in every text of every row about a person: whoever shows the mark has shown that field of that row."""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from samband.people.models import Person
from tests.access.rows import Written
from tests.walk import filling

MARK = re.compile(r"qz([0-9a-z]{4})k", re.IGNORECASE)
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# Not for anybody's eyes: keys, addresses of rows, rules of recurrence, keys for search and order.
NO_TEXT = {
    "thing", "digest", "rrule", "icon", "language", "slug", "url", "once", "search_text", "search_name", "sort_name",
    "sort_title", "identity_kind", "identity_number", "source", "mark", "endpoint", "token", "file", "link", "email",
    "number", "level", "worker", "works_why", "by_kind", "answered_number", "need", "kind", "field", "key", "hash", "sha256", "mime",
}  # fmt: skip


@dataclass(frozen=True)
class Owner:
    """Whose text it is: the row's model, the row, its field, and the person whom it is about."""

    label: str
    pk: int
    field: str
    person: int
    row: Any


def maker() -> Callable[[], str]:
    """Marks, each of them once."""
    numbers = itertools.count(1)
    return lambda: _mark(next(numbers))


def _mark(number: int) -> str:
    text = ""
    for _ in range(4):
        number, rest = divmod(number, 36)
        text = DIGITS[rest] + text
    return f"Qz{text}k"


def mark(made: Written) -> dict[str, Owner]:
    """Marks everything about every person of the world; the table says whose each mark is."""
    table: dict[str, Owner] = {}
    by_pk = {row.pk: key for key, row in made.persons.items()}
    for model in filling.every_model():
        path = filling.way(model)
        if path is None:
            continue
        for person in made.persons.values():
            for row in filling.about(model, person):
                _one(made, model, row, by_pk[person.pk], table)
    return table


def _one(made: Written, model: type[models.Model], row: Any, person: int, table: dict[str, Owner]) -> None:
    changed = {}
    for field in model._meta.concrete_fields:
        if not _is_text(model, field, row):
            continue
        value = str(getattr(row, field.name) or "")
        if not MARK.fullmatch(value):
            value = changed[field.name] = made.text()
            setattr(row, field.name, value)
        table[value[2:6].lower()] = Owner(model._meta.label, row.pk, field.name, person, row)
    if isinstance(row, Person):
        row.fill_keys()
        changed |= {"search_name": row.search_name, "sort_name": row.sort_name}
    if changed:
        model._base_manager.filter(pk=row.pk).update(**changed)


def _is_text(model: type[models.Model], field: models.Field, row: Any) -> bool:
    if not isinstance(field, models.TextField | models.CharField) or isinstance(field, models.FileField):
        return False
    if field.choices or field.name in NO_TEXT or (field.max_length or 999) < 8 or field.unique:
        return False
    return field.name != "signed_by" or bool(getattr(row, "signed_at", None))

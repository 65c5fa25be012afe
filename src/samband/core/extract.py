"""What the product holds about a person, part by part: each module says for each of its models what is hers (GDPR art. 15, 20).

A module registers in its `extract.py`, imported by `apps.ready`. A test goes over every model that is about persons (docs/
dataskydd.md): one that is neither a part nor said to be outside, with the reason, is red. So is a field without a word for it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import FileField, Model, Q, QuerySet
from django.db.models.fields import Field
from django.utils.functional import Promise

from samband.core import clock, policy
from samband.core.decision import Actor
from samband.core.extract_words import TECHNICAL, word_for

Text = str | Promise
Find = Callable[[Any], Q]


@dataclass(frozen=True)
class Part:
    """One model's rows about a person.

    `find`: from the person to the condition on the rows. `action`: asked of the policy for the person herself, so that what a
    rule closes to her is not in it; `left_out` says then what and why. `hide`: fields that are a key of ours, or somebody else's.
    `mask`: fields of one row that are somebody else's to hide (a relative's protected number), told by the row and the person.
    `owner`: the lookup to the organization whose own it is, where somebody else's staff may not take it out for her.
    """

    label: str
    title: Text
    find: Find
    action: str = ""
    where: Q | None = None
    hide: frozenset[str] = frozenset()
    left_out: Text = ""
    owner: str = ""
    files: Callable[[Any], tuple[str, bytes] | None] | None = None
    mask: Callable[[Any, Any], frozenset[str]] | None = None

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    def fields(self) -> list[Field]:
        """What is told of each row: all of it, but for what is hidden, the key, and files (which lie beside)."""
        found = [
            field
            for field in self.model._meta.concrete_fields
            if field.name not in self.hide
            and not field.primary_key
            and not isinstance(field, FileField)
            and not _who(field)
        ]
        return sorted(found, key=lambda field: field.name == "created_at")

    def told(self, row: Any, person: Any, fields: list[Field]) -> list[Field]:
        """Of the fields, those of the row that are told."""
        shut = self.mask(row, person) if self.mask else frozenset()
        return [field for field in fields if field.name not in shut] if shut else fields

    def rows(self, person: Any, organization: int | None = None) -> QuerySet:
        """Hers, in the order of keys; where staff take it out, of what is an organization's own only their organization's."""
        found = self.model._default_manager.filter(self.find(person))
        if self.owner and organization is not None:
            found = found.filter(**{self.owner: organization})
        found = found.filter(self.where) if self.where is not None else found
        if self.action:
            found = policy.scoped(herself(person), self.action, found)
        return found.select_related(*_near(self.fields())).order_by("pk")


parts: dict[str, Part] = {}
outside: dict[str, Text] = {}


def part(label: str, title: Text, *paths: str, find: Find | None = None, hide: str = "", **more: Any) -> None:
    """Register a model by the lookups that lead from its rows to the person (any of them), or by `find`."""
    parts[label] = Part(label, title, find or _by(paths), hide=frozenset(hide.split()), **more)


def not_in_it(label: str, why: Text) -> None:
    """A model about persons that the extract does not hold, and the reason, which it tells the person."""
    outside[label] = why


def herself(person: Any) -> Actor:
    """The person as she asks for her own."""
    return Actor(
        kind="person", name=person.full_name, label=person.full_name, person_id=person.pk, user_id=person.user_id
    )


def _by(paths: tuple[str, ...]) -> Find:
    def find(person: Any) -> Q:
        found = Q(pk__in=[])
        for path in paths:
            found |= Q(**{path: person.pk})
        return found

    return find


def _who(field: Field) -> bool:
    """Points to a person or an account: who it is, is known, or is somebody else's."""
    return field.is_relation and _target(field)._meta.label in STRANGE


def _target(field: Field) -> Any:
    """The model that a relation points to."""
    return field.related_model


def _near(fields: list[Field]) -> list[str]:
    """What the rows' relations are called by, so that no row asks for itself."""
    found = []
    for field in fields:
        if not field.is_relation:
            continue
        found.append(field.name)
        further = [f for f in _target(field)._meta.concrete_fields if f.is_relation]
        found += [f"{field.name}__{f.name}" for f in further if not _who(f)]
    return found


STRANGE = {"people.Person", "core.User"}


def plain(row: Model, field: Field) -> Any:
    """A value for the machine: text, number, yes or no, list; moments in ISO 8601; a relation as {id, text}."""
    if field.is_relation:
        other = getattr(row, field.name)
        return None if other is None else {"id": str(getattr(other, "public_id", other.pk)), "text": named(other)}
    value = getattr(row, field.attname)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def spoken(row: Model, field: Field) -> str:
    """The same for a reader; empty where there is nothing to say."""
    from django.utils.translation import gettext as _

    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")() or "")
    value = plain(row, field)
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(getattr(row, field.attname, None), datetime):
        return f"{clock.local(getattr(row, field.attname)):%Y-%m-%d %H.%M}"
    if isinstance(value, dict) and set(value) == {"id", "text"}:
        return value["text"]
    return "" if value in (None, "", [], {}) else str(value)


def named(other: Any) -> str:
    """How a row that is pointed to is called; a member of staff by name and unit."""
    return f"{other.staff}, {other}" if hasattr(other, "staff") and hasattr(other, "unit") else str(other)


def machine(row: Model, fields: list[Field]) -> dict[str, Any]:
    return {field.name: plain(row, field) for field in fields}


def readable(row: Model, fields: list[Field]) -> Iterator[tuple[str, str]]:
    """(word, value) of what says something."""
    for field in fields:
        if field.name not in TECHNICAL and (value := spoken(row, field)):
            yield str(word_for(field)), value

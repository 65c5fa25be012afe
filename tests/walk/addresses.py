"""An address for each URL and person: the arguments are found by the view's model, or by the parameter's name."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from samband.core.models import AuditEvent
from samband.people.models import Person
from tests.access.rows import Written
from tests.tools.urls import Entry, entries
from tests.walk import filling

# Parameters that are called otherwise than the model whose row they name.
CALLED = {
    "template": "library.Definition", "earlier": "people.EarlierNumber", "run": "people.ImportRun", "account": "core.User",
    "pattern": "contact.RotaRule", "swap": "contact.SwapRequest", "shift": "contact.RotaShift", "consent": "records.ReadingConsent",
    "party": "access.Party", "contact": "people.ContactRole", "note": "plans.RelativeNote", "correction": "plans.Correction",
    "goal": "plans.Goal", "said": "regions.Statement", "statement": "regions.Statement",
}  # fmt: skip
# Parameters that name no row: a word or a number that the address takes.
WORDS: dict[str, Any] = {
    "name": "board", "batch": uuid.UUID(int=0), "contact_kind": "care_contact", "import_kind": "persons", "kind": "no-plan",
    "stamp": "20261123T0000", "version": 1, "number": 1, "part_type": "action", "part_key": "a", "token": "no-token",
    "file_kind": "shifts", "provider_id": "none", "factor": 1, "report": uuid.UUID(int=0),
    "code": "10", "said_kind": "statement", "export_table": "statements", "room_code": "CDEFHJKM",
    "file_form": "csv", "deck_format": "csv", "card_key": "ett",
    "event": lambda: AuditEvent.objects.order_by("-pk").values_list("pk", flat=True)[0],
}  # fmt: skip


class NoArgument(Exception):
    """A URL asks for something of which the walk knows nothing."""


def table() -> list[Entry]:
    """Every URL that is ours and has an address."""
    return [entry for entry in entries() if entry.action is not None]


def model_of(entry: Entry, name: str) -> type | None:
    if getattr(entry.view, "policy_kwarg", None) == name and getattr(entry.view, "policy_model", None):
        return entry.view.policy_model
    if name in CALLED:
        return apps.get_model(CALLED[name])
    found = [m for m in apps.get_models() if m._meta.model_name == name and hasattr(m, "public_id")]
    return found[0] if len(found) == 1 else None


def rows_for(made: Written, entry: Entry, name: str, person: Person) -> list[Any]:
    """The values that a parameter may have about one person."""
    model = model_of(entry, name)
    if model is None:
        if name not in WORDS:
            raise NoArgument(
                f"{entry.route}: say in tests/walk/addresses.py (CALLED or WORDS) what {name!r} stands for"
            )
        word = WORDS[name]
        return [word() if callable(word) else word]
    if filling.way(model) is not None and model is not None:
        return [row.public_id for row in filling.about(model, person)]
    return list(model._base_manager.order_by("pk").values_list("public_id", flat=True)[:2])


def about_person(entry: Entry) -> bool:
    models = [model_of(entry, name) for name in entry.parameters]
    return any(model is not None and filling.way(model) is not None for model in models)


def addresses(made: Written, entry: Entry, person: Person, most: int = 1) -> Iterator[str]:
    """Up to `most` addresses of the URL about the person; one where it is about none."""
    columns = {name: rows_for(made, entry, name, person) for name in entry.parameters}
    longest = max((len(rows) for rows in columns.values()), default=1)
    for n in range(min(longest, most)):
        if all(columns.values()):
            try:
                yield reverse(entry.name, kwargs={name: rows[n % len(rows)] for name, rows in columns.items()})
            except NoReverseMatch as error:
                raise NoArgument(f"{entry.route}: {error}") from error

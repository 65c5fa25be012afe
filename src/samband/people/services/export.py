"""The list of persons as a file for a spreadsheet: the same scope, nothing hidden comes out, no cell becomes a formula."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from samband.core.spreadsheet import safe
from samband.people.models import ContactRole, Person
from samband.people.services.lists import contact


class _Echo:
    def write(self, line: str) -> str:
        return line


def lines(persons: Iterable[Person]) -> Iterator[str]:
    """The file, line by line, with a BOM so that spreadsheets see UTF-8."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(_head())
    for person in persons:
        yield writer.writerow([safe(cell) for cell in _cells(person)])


def _head() -> list[str]:
    return [
        _("Personnummer"), _("Efternamn"), _("Förnamn"), _("Ålder"), _("Skyddade personuppgifter"), _("Adress"), _("Telefon"),
        _("Område"), _("Språk"), _("Tolk"), _("Fast vårdkontakt"), _("Fast läkarkontakt"), _("Fast omsorgskontakt"),
    ]  # fmt: skip


def _cells(person: Person) -> list[Any]:
    held = [contact(person, kind) for kind in ContactRole.Kind.values]
    return [
        person.shown_number, person.family_name, person.given_name, person.age,
        person.get_protection_display() if person.is_protected else "", person.shown_address, person.shown_phone,
        person.area or "", person.language, _("ja") if person.interpreter else "",
        *(role.assignment.staff.full_name if role else "" for role in held),
    ]  # fmt: skip

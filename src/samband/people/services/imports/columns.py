"""The columns of each import, as documented for users: heading, whether it must be there, how it is read."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop

from samband.people.models import Assignment, Unit
from samband.people.services.imports import cells


@dataclass(frozen=True)
class Column:
    """`field` is the name in code; `expected` tells the user what to write; `example` stands in the template."""

    name: str
    field: str
    read: cells.Reader
    expected: str
    example: str = ""
    required: bool = False


def _labels(choices: Any) -> dict[str, str]:
    """What may be written for a choice: the Swedish label first, then the code."""
    from django.utils.translation import override

    with override("sv"):
        labels = {str(label): value for value, label in choices}
    return labels | {value: value for value, _ in choices}


INFORMATION = {"vanlig": "plain", "stor": "large", "uppläst": "spoken"}
PROTECTION = {
    "nej": "none",
    "sekretessmarkering": "sekretessmarkering",
    "skyddad folkbokföring": "skyddad_folkbokforing",
}

PLACE = (
    Column("Latitud", "latitude", cells.degrees(-90, 90), gettext_noop("grader"), "59.93"),
    Column("Longitud", "longitude", cells.degrees(-180, 180), gettext_noop("grader"), "16.87"),
)

PERSONS = (
    Column("Personnummer", "identity", cells.identity, gettext_noop("ÅÅÅÅMMDD-NNNN, även samordnings- och reservnummer"),
           "20210325K069", required=True),
    Column("Förnamn", "given_name", cells.text(100), gettext_noop("text"), "Alva", required=True),
    Column("Efternamn", "family_name", cells.text(100), gettext_noop("text"), "Exempel", required=True),
    Column("Skyddade uppgifter", "protection", cells.choice(PROTECTION, "none"),
           gettext_noop("nej, sekretessmarkering eller skyddad folkbokföring"), "nej"),
    Column("Gatuadress", "street", cells.text(200), gettext_noop("text"), "Exempelvägen 1"),
    Column("Postnummer", "postal_code", cells.postal_code, gettext_noop("fem siffror"), "744 00"),
    Column("Ort", "city", cells.text(100), gettext_noop("text"), "Heby"),
    *PLACE,
    Column("Telefon", "phone", cells.phone, gettext_noop("telefonnummer"), "070-174 06 05"),
    Column("Område", "area", cells.text(100), gettext_noop("namnet på ett område som finns"), "Heby"),
    Column("Språk", "language", cells.language, gettext_noop("två eller tre bokstäver, sv om inget står"), "sv"),
    Column("Tolk", "interpreter", cells.yes_no, gettext_noop("ja eller nej"), "nej"),
    Column("Information", "information", cells.choice(INFORMATION, "plain"), gettext_noop("vanlig, stor eller uppläst"),
           "vanlig"),
    Column("Enhet", "unit", cells.text(31), gettext_noop("HSA-id för den enhet som får en vårdrelation"), ""),
)  # fmt: skip

UNITS = (
    Column("HSA-id", "hsa_id", cells.hsa_id, gettext_noop("SE följt av tio siffror, bindestreck och tecken"),
           "SE0000000001-EXEMPEL1", required=True),
    Column("Organisation", "organization", cells.hsa_id, gettext_noop("HSA-id för en organisation som finns"),
           "SE0000000001-ORG", required=True),
    Column("Namn", "name", cells.text(200), gettext_noop("text"), "Exempelbyns vårdcentral", required=True),
    Column("Slag", "kind", cells.choice(_labels(Unit.Kind.choices)), gettext_noop("till exempel Vårdcentral"),
           "Vårdcentral", required=True),
    Column("Telefon", "phone", cells.phone, gettext_noop("telefonnummer"), "0980-319 200"),
    Column("Adress", "address", cells.text(200), gettext_noop("text"), "Exempelvägen 2, Heby"),
    Column("Område", "area", cells.text(100), gettext_noop("namnet på ett område som finns"), "Heby"),
    *PLACE,
    Column("Öppettider", "hours", cells.opening, gettext_noop("till exempel mån–fre 08.00–17.00, eller dygnet runt"),
           "mån–fre 08.00–17.00"),
)  # fmt: skip

STAFF = (
    Column("HSA-id", "hsa_id", cells.hsa_id, gettext_noop("SE följt av tio siffror, bindestreck och tecken"),
           "SE0000000001-P0001", required=True),
    Column("Förnamn", "given_name", cells.text(100), gettext_noop("text"), "Love", required=True),
    Column("Efternamn", "family_name", cells.text(100), gettext_noop("text"), "Exempel", required=True),
    Column("Telefon", "phone", cells.phone, gettext_noop("telefonnummer"), "0980-319 201"),
    Column("Enhet", "unit", cells.hsa_id, gettext_noop("HSA-id för en enhet som finns"), "SE0000000001-EXEMPEL1",
           required=True),
    Column("Roll", "role", cells.choice(_labels(Assignment.Role.choices)), gettext_noop("till exempel Sjuksköterska"),
           "Sjuksköterska", required=True),
    Column("Titel", "title", cells.text(100), gettext_noop("text"), "Distriktssköterska", required=True),
    Column("Från", "starts_on", cells.day, gettext_noop("ÅÅÅÅ-MM-DD, i dag om inget står"), "2026-01-01"),
    Column("Till och med", "ends_on", cells.day, gettext_noop("ÅÅÅÅ-MM-DD, tomt om ingen slutdag finns"), ""),
)  # fmt: skip

COLUMNS = {"persons": PERSONS, "units": UNITS, "staff": STAFF}


def template(kind: str) -> str:
    """The file to start from: headings and one invented row, with a BOM so that spreadsheets see UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS[kind]])
    writer.writerow([column.example for column in COLUMNS[kind]])
    return "\ufeff" + out.getvalue()

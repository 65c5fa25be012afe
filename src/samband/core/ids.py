"""Identity numbers: personnummer, samordningsnummer, national reserve number, HSA-id, organisation number.

Sources: the tax agency's rules for samordningsnummer (day + 60; month and day may be unknown, 00), Inera's national
reserve number (letters among the last four), HSA's form for ids. Numbers are stored with 12 characters, no separator.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from personnummer import personnummer as library

from samband.core import clock
from samband.core.check_digit import luhn


class IdentityKind(StrEnum):
    """What sort of number identifies the person; the FHIR system of each is in `SYSTEMS`."""

    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    RESERVE = "reserve"


SYSTEMS = {
    IdentityKind.PERSONNUMMER: "http://electronichealth.se/identifier/personnummer",
    IdentityKind.SAMORDNINGSNUMMER: "http://electronichealth.se/identifier/samordningsnummer",
    IdentityKind.RESERVE: "http://electronichealth.se/identifier/nationelltReservnummer",
}
EXPECTED = "ÅÅÅÅMMDD-NNNN"


class InvalidIdentity(ValueError):
    """The text is no identity number. `reason` is Swedish, safe to show, and never repeats the number."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Identity:
    """A valid number: `number` has 12 characters; `born` is None where month or day is unknown."""

    kind: IdentityKind
    number: str
    born: date | None

    @property
    def shown(self) -> str:
        """As people write it: 19470312-238X."""
        return f"{self.number[:8]}-{self.number[8:]}"


def parse_identity(text: str) -> Identity:
    """Read a number as typed (10 or 12 characters, with or without `-`, `+` for a hundred years or more).

    Raises InvalidIdentity with a sentence that says what was expected.
    """
    raw = re.sub(r"\s", "", text or "").upper()
    if not raw:
        raise InvalidIdentity(f"Numret saknas. Skriv det som {EXPECTED}.")
    if re.fullmatch(r"\d{8}[-+]?(?=.*[A-ZÅÄÖ])[0-9A-ZÅÄÖ]{4}", raw):
        return _reserve(raw)
    if not re.fullmatch(r"(\d{6}|\d{8})[-+]?\d{4}", raw):
        raise InvalidIdentity(f"Numret har fel form. Skriv det som {EXPECTED}.")
    number = _with_century(raw)
    if not luhn(number[2:]):
        raise InvalidIdentity("Kontrollsiffran stämmer inte. Jämför med legitimationen.")
    if int(number[6:8]) >= 60:
        return _coordination(number)
    if not library.valid(number):
        raise InvalidIdentity("Datumet i numret finns inte. Skriv det som ÅÅÅÅMMDD-NNNN.")
    born = _date(number[:8])
    if born is None or born > clock.today():
        raise InvalidIdentity("Födelsedatumet ligger i framtiden. Jämför med legitimationen.")
    return Identity(IdentityKind.PERSONNUMMER, number, born)


def _with_century(raw: str) -> str:
    digits = raw.replace("-", "").replace("+", "")
    if len(digits) == 12:
        return digits
    year = clock.today().year - (100 if "+" in raw else 0)
    full = year - (year - int(digits[:2])) % 100
    return f"{full // 100}{digits}"


def _coordination(number: str) -> Identity:
    """Day + 60. The tax agency also gives out unknown months and days (00) and days that the month does not have."""
    month, day = int(number[4:6]), int(number[6:8]) - 60
    if month > 12 or day > 31:
        raise InvalidIdentity("Datumet i samordningsnumret finns inte. Dagen är födelsedagen plus 60.")
    if int(number[:4]) > clock.today().year:
        raise InvalidIdentity("Födelseåret ligger i framtiden. Jämför med legitimationen.")
    return Identity(IdentityKind.SAMORDNINGSNUMMER, number, _date(f"{number[:6]}{day:02d}"))


def _reserve(raw: str) -> Identity:
    number = raw.replace("-", "").replace("+", "")
    born = _date(number[:8])
    if born is None or born > clock.today():
        raise InvalidIdentity("Datumet i reservnumret finns inte. Skriv det som ÅÅÅÅMMDD följt av fyra tecken.")
    return Identity(IdentityKind.RESERVE, number, born)


def _date(eight: str) -> date | None:
    try:
        return date(int(eight[:4]), int(eight[4:6]), int(eight[6:8]))
    except ValueError:
        return None


def valid_hsa_id(text: str) -> bool:
    """SE<10-digit organisation number>-<letters and digits>, at most 31 characters (HSA)."""
    return len(text) <= 31 and re.fullmatch(r"SE\d{10}-[A-Za-z0-9]+", text) is not None


def valid_org_number(text: str) -> bool:
    """Ten digits with a Luhn check digit; the hyphen is optional."""
    digits = text.replace("-", "")
    return re.fullmatch(r"\d{10}", digits) is not None and luhn(digits)

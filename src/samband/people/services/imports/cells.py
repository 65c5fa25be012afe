"""From the text of a cell to a value. A wrong cell raises Wrong with what was expected."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from samband.core.ids import Identity, InvalidIdentity, parse_identity, valid_hsa_id
from samband.core.text import fold
from samband.people.hours import BadHours, Stretch, parse_week

Reader = Callable[[str], Any]

TOO_LONG = gettext_noop("Högst %(n)d tecken får plats.")
IDENTITY = gettext_noop("%(reason)s")
CHOICE = gettext_noop("”%(value)s” går inte att välja. Skriv något av: %(known)s.")
YES_NO = gettext_noop("Skriv ja eller nej.")
LANGUAGE = gettext_noop("Skriv språket med två eller tre bokstäver, till exempel sv, en eller so.")
NUMBER = gettext_noop("Skriv ett tal i grader mellan %(low)d och %(high)d, till exempel 59,93.")
POSTAL = gettext_noop("Ett postnummer har fem siffror.")
PHONE = gettext_noop("Ett telefonnummer har bara siffror, blanksteg, bindestreck och ett plus först.")
DATE_FORM = gettext_noop("Skriv datumet som ÅÅÅÅ-MM-DD.")
DATE_GONE = gettext_noop("Det datumet finns inte.")
HSA = gettext_noop("Ett HSA-id ser ut som SE0000000001-AB12, högst 31 tecken.")
HOURS = gettext_noop("%(reason)s")


class Wrong(ValueError):
    """A cell that cannot be used: the sentence and its values."""

    def __init__(self, text: str, /, **values: Any):
        super().__init__(text)
        self.text, self.values = text, values


def text(longest: int) -> Reader:
    def read(cell: str) -> str:
        if len(cell) > longest:
            raise Wrong(TOO_LONG, n=longest)
        return cell

    return read


def identity(cell: str) -> Identity:
    try:
        return parse_identity(cell)
    except InvalidIdentity as error:
        raise Wrong(IDENTITY, reason=error.reason) from error


def choice(known: dict[str, str], default: str = "") -> Reader:
    """`known` maps what may be written (first the recommended word of each) to the stored value."""
    table = {fold(word): value for word, value in known.items()}
    first: dict[str, str] = {}
    for word, value in known.items():
        first.setdefault(value, word)
    shown = ", ".join(first.values())

    def read(cell: str) -> str:
        if not cell:
            return default
        if fold(cell) not in table:
            raise Wrong(CHOICE, value=cell[:40], known=shown)
        return table[fold(cell)]

    return read


def yes_no(cell: str) -> bool:
    answers = {"": False, "nej": False, "no": False, "0": False, "ja": True, "yes": True, "1": True, "x": True}
    if fold(cell) not in answers:
        raise Wrong(YES_NO)
    return answers[fold(cell)]


def language(cell: str) -> str:
    if cell and not re.fullmatch(r"[A-Za-z]{2,3}", cell):
        raise Wrong(LANGUAGE)
    return cell.lower() or "sv"


def degrees(low: int, high: int) -> Reader:
    def read(cell: str) -> float | None:
        if not cell:
            return None
        if not re.fullmatch(r"-?[0-9]{1,3}([.,][0-9]{1,10})?", cell):
            raise Wrong(NUMBER, low=low, high=high)
        value = float(cell.replace(",", "."))
        if not low <= value <= high:
            raise Wrong(NUMBER, low=low, high=high)
        return value

    return read


def postal_code(cell: str) -> str:
    digits = re.sub(r"\s", "", cell)
    if digits and not re.fullmatch(r"[0-9]{5}", digits):
        raise Wrong(POSTAL)
    return f"{digits[:3]} {digits[3:]}" if digits else ""


def phone(cell: str) -> str:
    if cell and not re.fullmatch(r"\+?[0-9][0-9 \-]{4,28}", cell):
        raise Wrong(PHONE)
    return cell


def day(cell: str) -> date | None:
    if not cell:
        return None
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", cell)
    if not found:
        raise Wrong(DATE_FORM)
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError as error:
        raise Wrong(DATE_GONE) from error


def hsa_id(cell: str) -> str:
    if not valid_hsa_id(cell):
        raise Wrong(HSA)
    return cell


def opening(cell: str) -> list[Stretch] | None:
    """The week's hours; None for `dygnet runt`."""
    if fold(cell) == "dygnet runt":
        return None
    try:
        return parse_week(cell)
    except BadHours as error:
        raise Wrong(HOURS, reason=error.reason) from error

"""Who answers now, for a person or an area: the face that pages, cases and other modules call."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samband.contact import rules
from samband.contact.models import Channel, NeedKind
from samband.contact.rules.resolver import AHEAD, BACK, rotas_of
from samband.contact.services import book as books
from samband.core import clock, text
from samband.people.models import Area, Person


@dataclass(frozen=True)
class Spoken:
    """An answer or a hole as a page says it. `number` is always somebody who answers, in a hole the last of the chain."""

    need: str
    label: str
    who: str
    unit: str
    number: str
    channel: str
    state: str
    word: str
    until: str
    after: str
    hole: bool
    reason: str
    unit_id: int | None
    assignment_id: int | None


@dataclass(frozen=True)
class Call:
    """The one number to ring now. `known` is False where nobody of hers answers and no rota covers the place."""

    who: str
    number: str
    known: bool


def whom_to_call(person: Person, moment: datetime | None = None) -> Call:
    """Somebody who answers by phone now, whatever it is about: her contacts, those who know her, the area, the advice line."""
    moment, need = moment or clock.now(), rules.Need.ADVICE
    place = books.place_of_person(person, (need,))
    book = _book(place.areas, moment, (need,))
    found = rules.chain(book, moment, place, need)
    line, unit = next((row for row in found if row[0].channel == Channel.PHONE), found[-1])
    known = len(found) > 1 or bool(rotas_of(book, place, need))
    return Call(f"{line.who}, {unit}" if unit and unit != line.who else line.who, line.number, known)


def reason_word(reason: rules.Reason) -> str:
    """Why nobody answers, in words."""
    return {
        rules.Reason.ABSENT: _("den som skulle svara är borta och ingen är satt i stället"),
        rules.Reason.VACANT: _("passet är inte tillsatt"),
        rules.Reason.CLOSED: _("enheten är nedlagd"),
        rules.Reason.UNKNOWN: _("ingen har skrivit in öppettiderna"),
        rules.Reason.GAP: _("ingen står på schemat då"),
        rules.Reason.NO_ROTA: _("ingen enhet har tagit på sig det"),
    }[reason]


def resolve_person(person: Person, need: str, moment: datetime | None = None) -> rules.Answer | rules.Hole:
    """Who answers `need` for this person now: her contacts, the units that know her, then the area's rotas."""
    moment = moment or clock.now()
    place = books.place_of_person(person, (need,))
    return rules.answers_now(_book(place.areas, moment, (need,)), moment, place, rules.Need(need))


def resolve_area(area: Area, need: str, moment: datetime | None = None) -> rules.Answer | rules.Hole:
    """Who answers for somebody in the area whom nobody knows yet."""
    moment = moment or clock.now()
    place = books.place_of(area)
    return rules.answers_now(_book(place.areas, moment, (need,)), moment, place, rules.Need(need))


def resolve_case(person: Person | None, area: Area | None, need: str) -> rules.Answer | rules.Hole | None:
    """About a person, or about somebody in an area; None where neither is known."""
    if person is not None:
        return resolve_person(person, need)
    return resolve_area(area, need) if area is not None else None


def all_needs(place: rules.Place, moment: datetime | None = None) -> list[Spoken]:
    """Every kind of need at once, in the same number of queries."""
    moment = moment or clock.now()
    book = _book(place.areas, moment)
    return [speak(rules.answers_now(book, moment, place, rules.Need(need))) for need in NeedKind.values]


def for_person(person: Person, moment: datetime | None = None) -> list[Spoken]:
    return all_needs(books.place_of_person(person), moment)


def for_area(area: Area, moment: datetime | None = None) -> list[Spoken]:
    return all_needs(books.place_of(area), moment)


def _book(areas: tuple[int, ...], moment: datetime, needs: tuple[str, ...] = ()) -> rules.Book:
    return books.book_of(books.rotas_for(areas, needs), moment - BACK, moment + AHEAD)


def speak(found: rules.Answer | rules.Hole) -> Spoken:
    """In words: who, until when, who after that."""
    label = str(NeedKind(found.need).label) if found.need in NeedKind.values else _("Fara för livet")
    if isinstance(found, rules.Answer):
        return Spoken(
            found.need, label, found.line.who, found.unit, found.line.number, found.line.channel, "ok", _("svarar nu"),
            _until(found.until), _after(found.after), False, "", found.unit_key, found.line.assignment,
        )  # fmt: skip
    return Spoken(
        found.need, label, found.last.who, "", found.last.number, found.last.channel, "act", _("ingen svarar"),
        _until(found.until), _after(found.after), True, reason_word(found.reason), None, None,
    )  # fmt: skip


def _until(moment: datetime | None) -> str:
    if moment is None:
        return ""
    same = books.today_of(moment) == clock.today()
    when = text.clock_time(moment) if same else text.spoken_time(moment)
    return _("till %(when)s") % {"when": when}


def _after(found: rules.Answer | rules.Hole | None) -> str:
    if found is None:
        return ""
    if isinstance(found, rules.Answer):
        return _("sedan %(who)s") % {"who": who_of(found)}
    return _("sedan ingen") if found.until is None else _("sedan ingen %(until)s") % {"until": _until(found.until)}


def who_of(found: rules.Answer) -> str:
    """`Ida Wallin, Hemsjukvården Heby`; the unit alone where nobody is named."""
    return found.line.who if found.line.who == found.unit or not found.unit else f"{found.line.who}, {found.unit}"

"""Whom to call: who answers now, who does not, and what always answers."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from samband.access.models import CareRelation, Party
from samband.contact.services import answers
from samband.core import text
from samband.people.models import ContactRole, Person, Unit
from samband.people.models.staff import current
from samband.plans.services.summary import answering as answers_now
from samband.plans.services.summary import closes, opens_next

# Who knows the person best at any hour comes first.
FIRST = (
    Unit.Kind.HOME_NURSING,
    Unit.Kind.ADVANCED_HOME_CARE,
    Unit.Kind.MOBILE_TEAM,
    Unit.Kind.CARE_HOME,
    Unit.Kind.HOME_HELP,
    Unit.Kind.CARE_CENTER,
    Unit.Kind.PSYCHIATRY,
    Unit.Kind.ON_CALL,
)
ADVICE = "1177"


@dataclass(frozen=True)
class Line:
    """A number to call, and whether somebody answers there now (None: we do not know)."""

    name: str
    phone: str
    open: bool | None
    note: str
    unit: Unit | None = None

    @property
    def state(self) -> str:
        return {True: "ok", False: "unknown", None: "unknown"}[self.open]

    @property
    def word(self) -> str:
        return {True: _("svarar nu"), False: _("har stängt nu"), None: _("vi vet inte om de svarar")}[self.open]


def hours_note(unit: Unit) -> str:
    """`dygnet runt`, `till 16.30`, `öppnar i morgon 08.00`; empty where the hours are not known."""
    if unit.always_open:
        return _("dygnet runt")
    ends = closes(unit)
    if ends:
        return _("till %(time)s") % {"time": text.clock_time(ends)}
    opens = opens_next(unit)
    return _("öppnar %(when)s") % {"when": text.spoken_time(opens)} if opens else ""


def line(unit: Unit) -> Line:
    """One unit as a number to call."""
    return Line(unit.name, unit.phone, unit.open_at(), hours_note(unit), unit)


def lines(person: Person) -> list[Line]:
    """The units around the person, those that answer now first, then by who knows her best."""
    # Two small sets: joined, every relation of a unit would meet every party of it, a million rows in a county.
    agreed = Party.objects.filter(person=person, withdrawn_at__isnull=True).values("unit")
    cares = CareRelation.objects.filter(current(), person=person).values("unit")
    units = Unit.objects.filter(Q(pk__in=agreed) | Q(pk__in=cares), closed_from__isnull=True).exclude(phone="")
    found = [line(unit) for unit in units.exclude(organization__kind="outside").prefetch_related("hours")]
    return sorted(found, key=lambda row: (row.open is not True, row.open is None, _rank(row.unit), row.name))


def _rank(unit: Unit | None) -> int:
    return FIRST.index(unit.kind) if unit and unit.kind in FIRST else len(FIRST)


def answering(found: list[Line]) -> Line | None:
    """The one to call first now."""
    return next((row for row in found if row.open), None)


def help_button(person: Person, found: list[Line], together: bool) -> dict:
    """The button that is always there. Who answers is `contact`'s to say; where no rota covers the person, the opening
    hours of her units are all there is to go by.
    """
    title = _("Vi behöver hjälp") if together else _("Jag behöver hjälp")
    call = answers.whom_to_call(person)
    first = None if call.known else answering(found)
    if first:
        call = answers.Call(first.name, first.phone, True)
    if call.number == ADVICE:
        return {"title": title, "who": _("1177 svarar nu, dygnet runt"), "phone": ADVICE}
    who = _("%(name)s svarar\N{NO-BREAK SPACE}nu") % {"name": call.who}
    return {"title": title, "who": who, "phone": call.number}


ROLES = (ContactRole.Kind.CARE, ContactRole.Kind.PHYSICIAN, ContactRole.Kind.SOCIAL)


def contacts(person: Person) -> list[dict]:
    """The three contacts, never merged (A13); a role without a name says so."""
    rows = ContactRole.objects.filter(current(), person=person)
    rows = rows.select_related("assignment__staff", "assignment__unit").prefetch_related("assignment__unit__hours")
    by_kind = {row.kind: row for row in rows}
    return [_contact(kind, by_kind.get(kind)) for kind in ROLES]


def _contact(kind: ContactRole.Kind, row: ContactRole | None) -> dict:
    if row is None:
        return {"role": kind.label, "name": "", "phone": ""}
    unit = row.assignment.unit
    state, word = answers_now(unit)
    return {
        "role": kind.label,
        "name": row.assignment.staff.full_name,
        "unit": unit.name,
        "state": state,
        "word": word,
        "phone": row.assignment.staff.phone or unit.phone,
        "label": _("Ring"),
    }

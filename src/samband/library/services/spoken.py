"""Templates in words: names of parts and fields, what is wrong, what differs."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samband.library.rules import Problem
from samband.people.models import Unit
from samband.plans.forms.icons import ICONS, PICTURES
from samband.plans.models import Action
from samband.plans.rules import spoken_rule

NAMED = frozenset(key for key, _label in (*ICONS, *PICTURES))  # a picture without a name is seen and not read
# A field as the forms call it. Lazy, so that a field looks up its own name only.
FIELDS = {
    "text": gettext_lazy("Vad"),
    "title": gettext_lazy("Vad"),
    "detail": gettext_lazy("Hur"),
    "why": gettext_lazy("Varför"),
    "by": gettext_lazy("Vem har det"),
    "unit_kind": gettext_lazy("Slag av enhet"),
    "competence": gettext_lazy("Kompetens"),
    "minutes": gettext_lazy("Minuter"),
    "rrule": gettext_lazy("Hur ofta"),
    "time_from": gettext_lazy("Tidigast"),
    "time_to": gettext_lazy("Senast"),
    "milestone": gettext_lazy("Ett steg som personen väntar på"),
    "icon": gettext_lazy("Bild"),
    "trigger": gettext_lazy("Om …"),
    "steps_person": gettext_lazy("Så gör personen"),
    "steps_relative": gettext_lazy("Så gör närstående"),
    "steps_staff": gettext_lazy("Så gör personalen"),
    "emergency": gettext_lazy("Ring 112"),
    "call_kind": gettext_lazy("Vem svarar"),
    "body": gettext_lazy("Text"),
    "source": gettext_lazy("Källa"),
    "days": gettext_lazy("Dagar tills det ska vara gjort"),
}


def type_name(type_: str) -> str:
    names = {
        "question": _("Att prata om"),
        "check": _("Att göra en gång"),
        "action": _("Insats"),
        "situation": _("Situation"),
        "info": _("Text att läsa"),
    }
    return names.get(type_, type_)


def field_name(name: str) -> str:
    """A field as the forms call it."""
    return str(FIELDS.get(name, name))


def title_of(part: dict) -> str:
    """The line by which a part is known."""
    fields = part.get("fields") or {}
    return str(fields.get("title") or fields.get("text") or fields.get("trigger") or part.get("key", ""))


def shown(name: str, value: Any) -> str:
    """A field's value in words."""
    if value in (None, ""):
        return _("(tomt)")
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    if name == "rrule":
        return spoken_rule(value, lang=get_language() or "sv")
    if name in ("time_from", "time_to"):
        return str(value).replace(":", ".")
    choices: dict[str, Any] = {
        "unit_kind": Unit.Kind.choices,
        "call_kind": Unit.Kind.choices,
        "competence": Action.Competence.choices,
        "by": Action.By.choices,
        "icon": [*ICONS, *PICTURES],
    }
    return str(dict(choices.get(name, [])).get(value, value))


def rows_of(part: dict) -> list[dict[str, str]]:
    """The filled fields of a part, the one that is its title left out. A field that is gone is shown and marked."""
    from samband.library.rules import TYPES

    known = TYPES.get(part["type"], {})
    title = title_of(part)
    found = []
    for name, value in (part.get("fields") or {}).items():
        if (
            value in (None, "", False, "none")
            or (name == "icon" and value not in NAMED)
            or (value == title and name in ("title", "text", "trigger"))
        ):
            continue
        found.append({"label": field_name(name), "value": shown(name, value), "gone": name not in known, "name": name})
    return found


def spoken_problem(problem: Problem, parts: Sequence[dict] = ()) -> str:
    """What is wrong, where, and what was expected."""
    part = next((part for part in parts if part.get("key") == problem.key), None)
    field = field_name(problem.field)
    says = {
        "empty": _("Mallen har inga delar än. Lägg till minst en."),
        "key": _("Två delar har samma nyckel."),
        "type": _("En sådan del hör inte till det här slaget av mall."),
        "gone": _("Fältet ”%(field)s” finns inte längre. Ta bort det eller flytta texten till ett annat fält."),
        "needed": _("Fyll i ”%(field)s”."),
        "choice": _("Valet i ”%(field)s” finns inte längre. Välj ett annat."),
        "time": _("Skriv ”%(field)s” som 08:30."),
        "flag": _("”%(field)s” är ja eller nej."),
        "number": _("”%(field)s” är ett helt tal mellan 0 och %(limit)d."),
        "text": _("”%(field)s” är en text."),
        "long": _("”%(field)s” är för lång: högst %(limit)d tecken."),
    }
    sentence = says[problem.code] % {"field": field, "limit": problem.limit}
    return f"{type_name(part['type'])} ”{title_of(part)}”: {sentence}" if part else sentence

"""The rows of the list of persons, as ui/parts/table.html draws them."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from babel import Locale
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samband.people import marks
from samband.people.header import person_url
from samband.people.models import ContactRole, Person
from samband.people.services.lists import Wish, contact


def table(
    persons: Iterable[Person], total: int, asked: Wish, kept: dict[str, str], url: str, facts: bool = True
) -> dict[str, Any]:
    """The context of the table: what is asked, what is shown, what may be done.

    `facts`: whether the reader takes part in the care; else no warnings and no file (P5).
    """
    note = ngettext("%(n)d person", "%(n)d personer", total) % {"n": total}
    persons = list(persons)
    marked = marks.of([person.pk for person in persons])
    return {
        "caption": _("Personer som din enhet deltar i vården av"),
        "columns": _columns(asked, kept, url),
        "rows": [_row(person, marked.get(person.pk, ""), facts) for person in persons],
        "total": total,
        "note": note,
        "acts": [
            {
                "label": _("Spara som fil"),
                "url": reverse("people:export"),
                "post": True,
                "hidden": kept,
                "icon": "export",
                "kind": "quiet",
            }
        ]
        if total and facts
        else [],
        "empty": _empty(bool(asked.area or asked.unit or asked.mark), url),
    }


def _columns(asked: Wish, kept: dict[str, str], url: str) -> list[dict]:
    sortable = [
        ("name", _("Person"), False),
        ("age", _("Ålder"), False),
        ("number", _("Personnummer"), False),
        ("area", _("Område"), False),
    ]
    found: list[dict] = []
    for key, label, numeric in sortable:
        here = asked.sort == key
        to = f"-{key}" if here and not asked.descending else key
        found.append(
            {
                "label": label,
                "num": numeric,
                "url": f"{url}?{urlencode(kept | {'sort': to})}",
                "sorted": ("desc" if asked.descending else "asc") if here else "",
            }
        )
    return [*found, {"label": _("Fast vårdkontakt")}, {"label": _("Att veta")}]


def _row(person: Person, mark: str, facts: bool) -> dict[str, Any]:
    held = contact(person, ContactRole.Kind.CARE)
    return {
        "id": person.public_id,
        "name": f"{person.family_name}, {person.given_name}",
        "url": person_url(person),
        "note": mark,
        "cells": [
            {"text": _("%(n)d år") % {"n": person.age} if person.age is not None else _("okänd")},
            {"text": person.shown_number},
            {"text": person.area.name if person.area else ""},
            {"text": held.assignment.staff.full_name, "note": held.assignment.unit.name}
            if held
            else {"text": _("ingen utsedd"), "state": "warn"},
            {"text": known(person, facts)},
        ],
    }


def known(person: Person, facts: bool = True) -> str:
    """What everybody must know, in short: protection, interpreter, first warning."""
    words = []
    if person.deceased_on:
        words.append(_("avliden"))
    if person.is_protected:
        words.append(_("skyddade personuppgifter"))
    if person.interpreter:
        words.append(_("tolk: %(language)s") % {"language": language_name(person.language)})
    if facts:
        words.extend(flag.text for flag in person.flags_now if flag.kind == "warning")  # type: ignore[attr-defined]
    return ", ".join(words[:3])


def language_name(code: str) -> str:
    """`ar` → `arabiska`, in the reader's language; a code nobody knows stays as it is."""
    locale = Locale((get_language() or "sv")[:2])
    return locale.languages.get(code, code)


def _empty(filtered: bool, url: str) -> dict:
    if filtered:
        return {"title": _("Ingen person passar det du valt"), "act": {"label": _("Visa alla"), "url": url}}
    return {
        "title": _("Din enhet deltar inte i någons vård just nu"),
        "text": _("En person syns här när enheten har en vårdrelation med henne."),
        "act": {"label": _("Starta en vårdrelation"), "url": reverse("people:start")},
    }

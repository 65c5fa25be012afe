"""A change in words: what was done, and for each field what it was and what it became."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samband.core import text
from samband.plans.models import Revision
from samband.plans.services import history, together

HIDDEN = frozenset(
    {
        "words_at",
        "by",
        "icon",
        "position",
        "done_by",
        "number",
        "version",
        "handover",
        "status_why",
        "status_by",
        "status_at",
    }
)
# What happens to the plan as a whole, and to the parts that it takes with it.
WHOLE = {
    "pause": gettext_lazy("Planen vilar"),
    "resume": gettext_lazy("Planen gäller igen"),
    "close": gettext_lazy("Planen avslutades"),
    "reopen": gettext_lazy("Planen öppnades igen"),
}
HANDED = {
    "asked": gettext_lazy("Fråga om överlämning: %(title)s"),
    "accepted": gettext_lazy("Överlämning mottagen: %(title)s"),
    "partly": gettext_lazy("Överlämning mottagen till en del: %(title)s"),
    "declined": gettext_lazy("Överlämning avböjd: %(title)s"),
    "withdrawn": gettext_lazy("Fråga om överlämning återtagen: %(title)s"),
}
# Every other line, by its kind. Lazy, so that a row looks up the one text it needs: a chooser says sixty rows.
LINES = {
    "add": gettext_lazy("Nytt: %(title)s"),
    "change": gettext_lazy("Ändrat: %(title)s"),
    "propose": gettext_lazy("Förslag om %(title)s"),
    "accept": gettext_lazy("Förslag godtaget: %(title)s"),
    "decline": gettext_lazy("Förslag avböjt: %(title)s"),
    "party": gettext_lazy("Ny part: %(title)s"),
    "withdraw": gettext_lazy("Inte längre part: %(title)s"),
    "capacity": gettext_lazy("Förmåga att samtycka: %(title)s"),
    "occurrence": gettext_lazy("Avsteg från planen: %(title)s"),
    "template": gettext_lazy("Mall använd: %(title)s"),
    "checklist": gettext_lazy("Checklistan: %(title)s"),
    "ask": gettext_lazy("Fråga till %(asked)s: %(title)s"),
    "ask_yes": gettext_lazy("Ja till insatsen: %(title)s"),
    "ask_no": gettext_lazy("Nej till insatsen: %(title)s"),
    "unask": gettext_lazy("Frågan togs tillbaka: %(title)s"),
    "return": gettext_lazy("Insatsen lämnades tillbaka: %(title)s"),
    "approve": gettext_lazy("Planen godkänd"),
    "disagree": gettext_lazy("Inte överens om planen"),
    "consent": gettext_lazy("Samtycke till planen: %(title)s"),
    "unconsent": gettext_lazy("Samtycket till planen togs tillbaka: %(title)s"),
    "restore": gettext_lazy("Återställt: %(title)s"),
    "close": gettext_lazy("Slutade med planen: %(title)s"),
    "reopen": gettext_lazy("Tillbaka med planen: %(title)s"),
    "strike": gettext_lazy("Rättat: %(title)s"),
    "handover": gettext_lazy("Överlämnat: %(title)s"),
    "contact": gettext_lazy("Ny kontakt: %(title)s"),
}


def kind_of(thing: str) -> str:
    """`plans.action:…` → what people call it."""
    names = {
        "plans.careplan": _("planen"),
        "plans.goal": _("målet"),
        "plans.action": _("insatsen"),
        "plans.situation": _("situationen"),
        "plans.followup": _("uppföljningen"),
        "plans.planevent": _("händelsen"),
        "plans.relativenote": _("den närståendes del"),
    }
    return names.get(thing.partition(":")[0], "")


def sentence(row: Revision) -> str:
    """One line for the timeline and the history."""
    title = row.title
    if row.kind in WHOLE and row.thing.startswith("plans.careplan"):
        return str(WHOLE[row.kind])
    if row.kind == "change" and row.thing.startswith("plans.careplan"):
        if "words" in row.changes:
            return _("Egna ord ändrade")
        return _("Ändrat: %(title)s") % {"title": ", ".join(_small(pair["label"]) for pair in pairs(row))}
    if row.kind == "change" and "together" in row.changes:
        return _("Ändrat vilka som kommer med: %(title)s") % {"title": title}
    if row.kind == "add" and row.thing.startswith("plans.careplan"):
        return _("Planen började")
    if row.thing.startswith("plans.relativenote"):
        if "shared" in row.changes:
            shown = (
                _("Visas igen: det %(name)s har skrivit")
                if row.changes["shared"][1]
                else _("Visas inte längre: det %(name)s har skrivit")
            )
            return shown % {"name": title}
        return _("%(name)s skrev i sin del") % {"name": title}
    if row.kind == "change" and "ongoing_since" in row.changes:
        began = row.changes["ongoing_since"][1] is not None
        return (_("Började: ”%(title)s”") if began else _("Över: ”%(title)s”")) % {"title": title}
    if row.thing.startswith("plans.followup") and row.kind in ("add", "change"):
        return _("Uppföljning gjord") if "done_at" in row.changes and row.kind == "change" else _("Uppföljning bestämd")
    asked = next((name for name in row.changes.get("asked", []) if name), "") if row.kind == "ask" else ""
    lines, kind = (HANDED, _last(row, "handover")) if row.kind == "handed" else (LINES, row.kind)
    return str(lines.get(kind, "%(title)s")) % {"title": title, "asked": asked}


def _last(row: Revision, name: str) -> str:
    pair = row.changes.get(name)
    return str(pair[1]) if isinstance(pair, list) and len(pair) == 2 else ""


def _small(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"


def pairs(row: Revision) -> list[dict[str, Any]]:
    """Each changed field: its name, before and after in words."""
    label = row.thing.partition(":")[0]
    if row.kind == "occurrence":
        label = "plans.occurrencestate"
    found = []
    for name, pair in row.changes.items():
        if name in HIDDEN or not isinstance(pair, list) or len(pair) != 2:
            continue
        try:
            field = apps.get_model(label)._meta.get_field(name)
        except (LookupError, FieldDoesNotExist, ValueError):
            before, after = (_told(kept) for kept in pair)
            found.append({"label": labels().get(name, name), "before": before, "after": after})
            continue
        found.append(
            {
                "label": labels().get(name) or str(field.verbose_name).capitalize(),
                "before": "" if pair[0] is None and row.kind == "add" else history.shown(field, pair[0]),
                "after": history.shown(field, pair[1]),
            }
        )
    return found


def _told(kept: Any) -> str:
    """What is no field of the part: a day as people say it, who comes along, or the words as they stand."""
    if isinstance(kept, str) and len(kept) == len("2026-11-26"):
        with suppress(ValueError):
            return text.short_date(date.fromisoformat(kept))
    return together.told(kept)


def labels() -> dict[str, str]:
    """Names of fields that no form shows."""
    return {
        "ongoing_since": _("Pågår sedan"),
        "done_at": _("Gjord"),
        "status": _("Läge"),
        "moved_to": _("Flyttat till"),
        "assignment": _("Ansvarig"),
        "note": _("Anteckning"),
        "parties": _("Parter"),
        "party": _("Part"),
        "together": _("Kommer med"),
        "template": _("Ur mallen"),
        "item": _("I checklistan"),
        "asked": _("Frågan ställd till"),
        "answer_by": _("Svar önskas senast"),
        "answer": _("Svar"),
        "said_by": _("Vem som sade det"),
        "basis": _("På vilken grund"),
        "consent": _("Samtycke"),
    }

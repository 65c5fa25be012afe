"""Every change is kept: who, when, why, from what to what. Entered in the same transaction as the change itself."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db.models import Field, ForeignKey, Max, Model
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.translation import gettext as _

from samband.core import clock, text
from samband.core.policy import Actor
from samband.people.models import Assignment
from samband.plans.models import CarePlan, Revision
from samband.plans.rules import spoken_rule
from samband.plans.rules.fold import WRITES

Plain = Any  # what JSON can hold


def field_of(model: Any, name: str) -> Field:
    """A field by its name."""
    return model._meta.get_field(name)


def thing_of(part: Model) -> str:
    """`plans.action:<public_id>`."""
    return f"{part._meta.label_lower}:{part.public_id}"  # type: ignore[attr-defined]


def plain(field: Field, value: Any) -> Plain:
    """A value as it is kept: names of others' rows are written down as they were."""
    if isinstance(field, ForeignKey):
        if value is None:
            return None
        return {"id": str(getattr(value, "public_id", value.pk)), "text": named(value)}
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value


def named(row: Model) -> str:
    """How a row is called in the history: a member of staff by name, all else as it calls itself."""
    return f"{row.staff}, {row.title.lower()}" if isinstance(row, Assignment) else str(row)


def value_of(field: Field, kept: Plain) -> Any:
    """The way back from `plain`; a row that no longer exists becomes None."""
    kind = field.get_internal_type()
    if isinstance(field, ForeignKey):
        rows = field.related_model._default_manager
        return rows.filter(public_id=kept["id"]).first() if kept else None
    if kept is None or not isinstance(kept, str):
        return kept
    reader = {"DateField": parse_date, "TimeField": parse_time, "DateTimeField": parse_datetime}.get(kind)
    return reader(kept) if reader else kept


def same(one: Plain, other: Plain) -> bool:
    """Whether two kept values are the same; a renamed row is the same row."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.get("id") == other.get("id")
    return one == other or (one in ("", None) and other in ("", None))


def snapshot(part: Model, names: Any) -> dict[str, Plain]:
    """The part's fields as they are kept."""
    return {name: plain(field_of(part, name), getattr(part, name)) for name in names}


def base_of(part: Model, version: int, names: Any) -> dict[str, Plain]:
    """What the fields held at an earlier version, read back from the history."""
    now = snapshot(part, names)
    steps = part.version - version  # type: ignore[attr-defined]
    rows = Revision.objects.filter(thing=thing_of(part), kind__in=WRITES).order_by("-number")[: max(steps, 0)]
    for row in rows:
        now.update({name: pair[0] for name, pair in row.changes.items() if name in now})
    return now


def enter(
    plan: CarePlan, actor: Actor, thing: str, title: str, kind: str, changes: Mapping[str, list[Plain]], why: str = ""
) -> Revision:
    """Write one change down. The caller holds the plan's lock, so numbers never collide."""
    last = Revision.objects.filter(plan=plan).aggregate(Max("number"))["number__max"] or 0
    return Revision.objects.create(
        plan=plan,
        number=last + 1,
        at=clock.now(),
        thing=thing,
        title=title[:200],
        kind=kind,
        changes=dict(changes),
        why=why[:300],
        by_name=actor.name,
        by_label=actor.label,
        by_kind=actor.kind,
        assignment_id=actor.assignment_id,
    )


def shown(field: Field, kept: Plain) -> str:
    """A kept value in words."""
    if kept is None or kept == "" or kept == []:
        return _("(tomt)")
    if isinstance(kept, dict):
        return str(kept.get("text", ""))
    if isinstance(kept, bool):
        return _("Ja") if kept else _("Nej")
    if field.choices:
        return str(dict(field.flatchoices).get(kept, kept))
    if field.name == "rrule":
        from django.utils.translation import get_language

        return spoken_rule(kept, lang=get_language() or "sv")
    kind, value = field.get_internal_type(), value_of(field, kept)
    if kind == "DateField" and value:
        return text.short_date(value)
    if kind == "TimeField" and value:
        return f"{value:%H.%M}"
    if kind == "DateTimeField" and value:
        return f"{text.short_date(clock.local(value).date())} {text.clock_time(value)}"
    return str(kept)

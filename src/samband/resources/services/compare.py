"""A draft beside what holds: who is affected, what gets better and worse. Names only where the reader may read the visit."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from samband.core import clock, policy, text
from samband.core.policy import Actor
from samband.people.models import Assignment, Person
from samband.resources.models import DayPlan, Visit
from samband.resources.services import pricing, publishing
from samband.resources.services.publishing import Change


@dataclass
class Affected:
    """One who is touched: a person or a member of staff, with a line for each change."""

    name: str
    lines: list[str] = field(default_factory=list)


@dataclass
class Comparison:
    draft: DayPlan
    before: DayPlan | None
    outdated: bool
    persons: list[Affected]
    hidden: int
    staff: list[Affected]
    figures: list[dict[str, Any]]
    reach: int
    seen: set[int]


def reach(draft: DayPlan) -> int:
    """How many persons publishing would touch."""
    return len({c.person for c in publishing.changes(publishing.published(draft.pool, draft.day), draft)})


def compare(actor: Actor, draft: DayPlan) -> Comparison:
    before = publishing.published(draft.pool, draft.day)
    found = publishing.changes(before, draft)
    open_to = set(
        policy.scoped(actor, "visit.read", Visit.objects.filter(pk__in={c.visit for c in found})).values_list(
            "pk", flat=True
        )
    )
    mine = [c for c in found if c.visit in open_to]
    ids = {spot[0] for c in found for spot in (c.was, c.now) if spot}
    who = {a.pk: a.staff.full_name for a in Assignment.objects.filter(pk__in=ids).select_related("staff")}
    names = {p.pk: p.full_name for p in Person.objects.filter(pk__in={c.person for c in mine})}
    hidden = len({c.person for c in found} - names.keys())
    outdated = draft.status == DayPlan.Status.DRAFT and (before.pk if before else None) != draft.based_on_id
    return Comparison(
        draft, before, outdated, _persons(mine, names, who), hidden, _staff(found, who), figures(before, draft),
        len({c.person for c in found}), set(names),
    )  # fmt: skip


def _persons(found: list[Change], names: dict[int, str], who: dict[int, str]) -> list[Affected]:
    """What each had and gets, in the order of the day."""
    return _gathered([(c.person, _at(c), f"{_said(c.was, who)} → {_then(c, who)}") for c in found], names)


def _at(change: Change) -> datetime:
    """When in the day it was or is; what had no time stands last."""
    spot = change.was or change.now
    return spot[1] if spot else datetime.max.replace(tzinfo=UTC)


def _then(change: Change, who: dict[int, str]) -> str:
    return text.short_date(change.to) if change.to else _said(change.now, who)


def _said(spot: Any, who: dict[int, str]) -> str:
    return f"{_clock(spot[1])} {who[spot[0]]}" if spot else _("utan plats")


def _staff(found: list[Change], who: dict[int, str]) -> list[Affected]:
    """What each gains, loses and does at another time; others' visits by their time alone."""
    lines: list[tuple[int, datetime, str]] = []
    for c in found:
        if c.was and c.now and c.was[0] == c.now[0]:
            lines.append((c.was[0], c.was[1], f"{_clock(c.was[1])} → {_clock(c.now[1])}"))
            continue
        if c.was:
            lines.append((c.was[0], c.was[1], _("lämnar besöket %(at)s") % {"at": _clock(c.was[1])}))
        if c.now:
            lines.append((c.now[0], c.now[1], _("får ett besök %(at)s") % {"at": _clock(c.now[1])}))
    return _gathered(lines, who)


def _gathered(lines: list[tuple[int, datetime, str]], names: dict[int, str]) -> list[Affected]:
    out: dict[int, Affected] = {}
    for key, _at, line in sorted(lines, key=lambda row: row[1]):
        out.setdefault(key, Affected(names[key])).lines.append(line)
    return sorted(out.values(), key=lambda a: text.sort_key(a.name))


def _clock(at: datetime) -> str:
    return text.clock_time(clock.local(at))


LESS_IS_BETTER = ("unserved", "travel", "tardiness", "overtime", "continuity", "crossing", "language", "unwanted")


def figures(before: DayPlan | None, draft: DayPlan) -> list[dict[str, Any]]:
    """Each measure before and now, and whether it is better."""
    day = pricing.built(draft)
    now = _measures(day, draft)
    was = _measures(day, before) if before else {}
    out = []
    for name in LESS_IS_BETTER:
        a, b = was.get(name), now[name]
        state = "" if a is None or round(a) == round(b) else "ok" if b < a else "warn"
        word = {"ok": _("bättre"), "warn": _("sämre")}.get(state, "")
        was_shown = "" if a is None else round(a)
        out.append({"label": labels()[name], "was": was_shown, "now": round(b), "state": state, "word": word})
    return out


def _measures(day: Any, plan: DayPlan) -> dict[str, float]:
    return pricing.price(day, pricing.rows(plan))


def labels() -> dict[str, str]:
    return {
        "unserved": _("Besök utan plats"),
        "travel": _("Minuter på vägen"),
        "tardiness": _("Minuter efter fönstret"),
        "overtime": _("Minuter över arbetstid"),
        "continuity": _("Gånger någon ny för personen"),
        "crossing": _("Besök av en annan organisations personal"),
        "language": _("Besök utan gemensamt språk"),
        "unwanted": _("Besök av någon som personen helst inte vill ha"),
    }

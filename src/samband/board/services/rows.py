"""One line about one person, the same for tile, list, export and first strip."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Window
from django.utils import timezone
from django.utils.translation import gettext as _

from samband.board.services import gaps, today
from samband.board.services.kinds import FOLLOW_UP, NEXT_STEP, NO_CONTACT, NO_PLAN, Kind
from samband.board.services.scope import Scope
from samband.core import clock, text
from samband.people.models import ContactRole
from samband.plans.models import Action, OccurrenceState
from samband.plans.services.occurrences import Occurrence


@dataclass(frozen=True)
class Row:
    """`reason` is short (tile), `what` whole (list); `age` says how long, `exact` the day or time itself."""

    person: int
    uuid: UUID
    name: str
    order: str
    years: int | None
    place: str
    reason: str
    what: str
    who: str
    owned: bool
    since: date | datetime | None
    age: str
    exact: str
    id: str = ""


def short_roles() -> dict[str, str]:
    """The three contacts in one word each."""
    return {"care_contact": _("vård"), "physician_contact": _("läkare"), "social_contact": _("omsorg")}


def contact_words(kinds: Iterable[str]) -> tuple[str, str]:
    """Short and whole names of the missing roles; the three are named apart, never merged (A13)."""
    kinds, short, labels = list(kinds), short_roles(), dict(ContactRole.Kind.choices)
    return ", ".join(short[k] for k in kinds), ", ".join(str(labels[k]).lower() for k in kinds)


def spoken_age(since: date | datetime | None) -> str:
    """`2 dagar`, `3 h`; `i dag` for a date of today; nothing where it is not known."""
    if since is None:
        return ""
    if isinstance(since, datetime):
        return text.spoken_span(clock.now() - since)
    away = (clock.today() - since).days
    return text.spoken_span(timedelta(days=away)) if away > 0 else _("i dag")


def exact(since: date | datetime | None) -> str:
    """The day or the time, written out."""
    if since is None:
        return ""
    if isinstance(since, datetime):
        local = timezone.localtime(since)
        return f"{text.short_date(local.date())} {text.clock_time(since)}"
    return text.short_date(since)


NAMES = ("pk", "person_pk", "uuid", "given", "family", "born", "place", "order", "since")
EXTRA = {NEXT_STEP.slug: ("what", "by", "has_given", "has_family", "has_unit")}


def top(kind: Kind, scope: Scope, most: int) -> tuple[int, list[Row]]:
    """How many there are, and the oldest, in one query (two for contacts: which of them is missing)."""
    rows = gaps.ROWS[kind.slug](scope).annotate(total=Window(Count("pk")))
    found = list(ordered(rows, "since").values(*NAMES, *EXTRA.get(kind.slug, ()), "total")[:most])
    return (found[0]["total"] if found else 0), rows_of(kind, found)


SORTS = ("since", "-since", "name", "-name", "place", "-place")


def ordered(rows: QuerySet, sort: str) -> QuerySet:
    """In a stable order: by time, name or place; ties by name and key."""
    descending = sort.startswith("-")
    field = {"name": "order", "place": "place"}.get(sort.lstrip("-"), "since")
    first = F(field).desc(nulls_last=True) if descending else F(field).asc(nulls_last=True)
    return rows.order_by(first, "order", "pk")


def page(kind: Kind, rows: QuerySet) -> list[Row]:
    """The rows of a slice of a list."""
    return rows_of(kind, list(rows.values(*NAMES, *EXTRA.get(kind.slug, ()))))


def rows_of(kind: Kind, found: list[dict[str, Any]]) -> list[Row]:
    missing = gaps.missing_contacts([r["person_pk"] for r in found]) if kind is NO_CONTACT else {}
    return [_row(kind, r, missing.get(r["person_pk"], [])) for r in found]


def _row(kind: Kind, r: dict[str, Any], missing: list[str]) -> Row:
    reason, what, who, owned = _words(kind, r, missing)
    return Row(
        person=r["person_pk"],
        uuid=r["uuid"],
        name=f"{r['given']} {r['family']}",
        order=r["order"],
        years=text.age(r["born"]),
        place=r["place"] or "",
        reason=reason,
        what=what,
        who=who,
        owned=owned,
        since=r["since"],
        age=spoken_age(r["since"]),
        exact=exact(r["since"]),
        id=str(r["uuid"]),
    )


def _words(kind: Kind, r: dict[str, Any], missing: list[str]) -> tuple[str, str, str, bool]:
    """Reason, what, who has it, and whether anybody has."""
    if kind is NEXT_STEP:
        name = f"{r['has_given']} {r['has_family']}" if r["has_family"] else r["has_unit"] or ""
        owned = r["by"] != Action.By.NOBODY
        by_person = {Action.By.PERSON: _("personen själv"), Action.By.RELATIVE: _("närstående")}
        return small(r["what"] or ""), r["what"] or "", by_person.get(r["by"], name), owned
    if kind is NO_CONTACT:
        short, whole = contact_words(missing)
        return short, whole, "", True
    if kind is FOLLOW_UP:
        day = f"{r['since'].day} {text.short_date(r['since']).split()[1][:3]}"
        return _("skulle %(date)s") % {"date": day}, text.short_date(r["since"]), "", True
    assert kind is NO_PLAN
    years = text.age(r["born"])
    return (_("%(age)d år") % {"age": years} if years is not None else ""), "", "", True


def occurrence_rows(found: Iterable[Occurrence]) -> list[Row]:
    """Today's occurrences as rows."""
    return [_occurrence(o) for o in found]


def today_rows(scope: Scope) -> list[Row]:
    return occurrence_rows(today.unassigned(scope))


def _occurrence(o: Occurrence) -> Row:
    person = o.action.plan.person
    unit = o.unit.name if o.unit else ""
    left = o.status == OccurrenceState.Status.UNASSIGNED and bool(unit)
    start = _("under dagen") if o.all_day else text.clock_time(o.starts)
    return Row(
        person=person.pk,
        uuid=person.public_id,
        name=person.full_name,
        order=person.sort_name,
        years=person.age,
        place=person.area.name if person.area else "",
        reason=small(o.action.title),
        what=o.action.title,
        who=_("lämnad av %(unit)s") % {"unit": unit} if left else _("ingen än"),
        owned=False,
        since=o.due,
        age=start,
        exact=f"{start}–{text.clock_time(o.ends)}" if o.ends and not o.all_day else start,
        id=o.key,
    )


def small(title: str) -> str:
    """A title inside a sentence: `Omläggning` → `omläggning`, but `SIP-möte` stays."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def sorted_today(rows: list[Row], sort: str) -> list[Row]:
    """Sorted in Python: today's list is small and not in the database."""
    keys = {"name": lambda r: r.order, "place": lambda r: (r.place, r.order)}
    key = keys.get(sort.lstrip("-"), lambda r: (r.since, r.order))
    return sorted(rows, key=key, reverse=sort.startswith("-"))

"""One line about one person, the same for tile, list, export and first strip."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Window
from django.utils.translation import gettext as _

from samband.board.services import gaps
from samband.board.services.kinds import Kind
from samband.board.services.scope import Scope
from samband.board.services.today import Waiting
from samband.board.services.words import WORDS, small
from samband.core import clock, text
from samband.people.models import Person
from samband.plans.models import Action
from samband.plans.services.occurrences import key_of


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
        local = clock.local(since)
        return f"{text.short_date(local.date())} {text.clock_time(since)}"
    return text.short_date(since)


# What a line shows of the person, and where it stands, seen from her.
PERSON = {
    "uuid": "public_id",
    "given": "given_name",
    "family": "family_name",
    "born": "birth_date",
    "place": "area__name",
    "order": "sort_name",
}
NAMES = ("pk", "person_pk", *PERSON, "since")
# So many of those who may be oldest are fetched to tell who is.
NEAR = 40


def named(kind: Kind, rows: QuerySet) -> QuerySet:
    """With the person's name, age and place, and what the words of the number need."""
    return rows.annotate(**{name: F(f"{kind.way}{path}") for name, path in PERSON.items()}, **_words(kind))


def _words(kind: Kind) -> dict[str, F]:
    return {name: F(path) for name, path in WORDS[kind.slug].fields.items()}


def oldest(kind: Kind, scope: Scope, most: int, count: bool) -> list[dict[str, Any]]:
    """The oldest with what their words need, but for the names (`lines` puts those in); `count`: `total` in each."""
    rows = gaps.ROWS[kind.slug](scope)
    if count:
        rows = rows.annotate(total=Window(Count("pk")))
    # Where an index gives them oldest first, the few are found at once.
    rows = rows.order_by(*gaps.IN_ORDER.get(kind.slug, (F("since").asc(nulls_last=True), "pk")))
    words = _words(kind)
    found = rows.annotate(**words).values("pk", "person_pk", "since", *words, *(["total"] if count else ()))
    near = _near(kind, found, most) if kind.slug in gaps.NOT_BEFORE else None
    return list(found[:most]) if near is None else near


def _near(kind: Kind, found: QuerySet, most: int) -> list[dict[str, Any]] | None:
    """The oldest out of those that may be oldest, found by index. None where that does not tell: then all are compared."""
    bound = gaps.NOT_BEFORE[kind.slug]
    rows = list(found.annotate(bound=F(bound)).order_by(bound, "pk")[:NEAR])
    if any(r["since"] is None or r["bound"] is None for r in rows):
        return None
    oldest = sorted(rows, key=lambda r: (r["since"], r["pk"]))[:most]
    # Whoever was not fetched has a bound as late as the last one's, and is no older than that.
    return oldest if len(rows) < NEAR or oldest[-1]["since"] < rows[-1]["bound"] else None


def lines(chosen: Mapping[Kind, list[dict[str, Any]]]) -> dict[Kind, list[Row]]:
    """Rows that `oldest` found in scope, number by number, as lines; one query for all their names."""
    persons = Person.objects.filter(pk__in={r["person_pk"] for found in chosen.values() for r in found})
    names = {pk: dict(zip(PERSON, row, strict=True)) for pk, *row in persons.values_list("pk", *PERSON.values())}
    return {kind: [_row(kind, r | names[r["person_pk"]]) for r in found] for kind, found in chosen.items()}


def of_keys(kind: Kind, since: Mapping[int, date | datetime | None]) -> list[Row]:
    """The rows of keys that were found in scope already, in their order."""
    if not since:
        return []
    rows = named(kind, WORDS[kind.slug].model._default_manager.filter(pk__in=since))
    fields = [name for name in (*NAMES, *WORDS[kind.slug].fields) if name != "since"]
    words = {r["pk"]: r for r in rows.annotate(person_pk=F(f"{kind.way}pk")).values(*fields)}
    return [_row(kind, {**words[pk], "since": when}) for pk, when in since.items()]


SORTS = ("since", "-since", "name", "-name", "place", "-place")


def ordered(rows: QuerySet, sort: str) -> QuerySet:
    """Named rows in a stable order: by time, name or place; ties by name and key."""
    descending = sort.startswith("-")
    field = {"name": "order", "place": "place"}.get(sort.lstrip("-"), "since")
    first = F(field).desc(nulls_last=True) if descending else F(field).asc(nulls_last=True)
    return rows.order_by(first, "order", "pk")


def page(kind: Kind, rows: QuerySet) -> list[Row]:
    """The rows of a slice of a list."""
    return [_row(kind, r) for r in rows.values(*NAMES, *WORDS[kind.slug].fields)]


def _row(kind: Kind, r: dict[str, Any]) -> Row:
    said = WORDS[kind.slug].say(r)
    return Row(
        person=r["person_pk"],
        uuid=r["uuid"],
        name=f"{r['given']} {r['family']}",
        order=r["order"],
        years=text.age(r["born"]),
        place=r["place"] or "",
        reason=said.reason,
        what=said.what,
        who=said.who,
        owned=said.owned,
        since=r["since"],
        age=spoken_age(r["since"]),
        exact=exact(r["since"]),
        id=str(r.get("row_id") or r["uuid"]),
    )


def waiting_rows(found: Iterable[Waiting]) -> list[Row]:
    """Today's occurrences as rows, in the given order; one query for their words."""
    found = list(found)
    fields = {
        "action_uuid": F("public_id"),
        "what": F("title"),
        "has_unit": F("unit__name"),
        "uuid": F("plan__person__public_id"),
        "given": F("plan__person__given_name"),
        "family": F("plan__person__family_name"),
        "born": F("plan__person__birth_date"),
        "place_name": F("plan__person__area__name"),
        "order": F("plan__person__sort_name"),
    }
    actions = Action.objects.filter(pk__in={one.action for one in found}).annotate(**fields).values("pk", *fields)
    words = {row["pk"]: row for row in actions} if found else {}
    return [_waiting(one, words[one.action]) for one in found]


def _waiting(one: Waiting, r: dict[str, Any]) -> Row:
    start = _("under dagen") if one.of.all_day else text.clock_time(one.starts)
    left = one.left and r["has_unit"]
    return Row(
        person=one.person,
        uuid=r["uuid"],
        name=f"{r['given']} {r['family']}",
        order=r["order"],
        years=text.age(r["born"]),
        place=r["place_name"] or "",
        reason=small(r["what"]),
        what=r["what"],
        who=_("lämnad av %(unit)s") % {"unit": r["has_unit"]} if left else _("ingen än"),
        owned=False,
        since=one.of.due,
        age=start,
        exact=f"{start}–{text.clock_time(one.of.ends)}" if one.of.ends and not one.of.all_day else start,
        id=key_of(r["action_uuid"], one.original),
    )


def sorted_today(rows: list[Row], sort: str) -> list[Row]:
    """Sorted in Python: today's list is small and not in the database."""
    keys = {"name": lambda r: r.order, "place": lambda r: (r.place, r.order)}
    key = keys.get(sort.lstrip("-"), lambda r: (r.since, r.order))
    return sorted(rows, key=key, reverse=sort.startswith("-"))

"""One line about one person, the same for tile, list, export and first strip."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Window
from django.utils import timezone
from django.utils.translation import gettext as _

from samband.board.models import Mark
from samband.board.services import gaps, marks
from samband.board.services.kinds import FOLLOW_UP, NEXT_STEP, NO_CONTACT, NO_PLAN, Kind
from samband.board.services.scope import Scope
from samband.board.services.today import Waiting
from samband.core import clock, text
from samband.people.models import ContactRole
from samband.plans.models import Action, CarePlan


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
STEP = ("what", "by", "has_given", "has_family", "has_unit")


def named(kind: Kind, rows: QuerySet) -> QuerySet:
    """With the person's name, age and place, and for a step what it is and who has it."""
    rows = rows.annotate(
        uuid=F("person__public_id"),
        given=F("person__given_name"),
        family=F("person__family_name"),
        born=F("person__birth_date"),
        place=F("person__area__name"),
        order=F("person__sort_name"),
    )
    if kind is not NEXT_STEP:
        return rows
    return rows.annotate(
        what=F("next_action__title"),
        by=F("next_action__by"),
        has_given=F("next_action__assignment__staff__given_name"),
        has_family=F("next_action__assignment__staff__family_name"),
        has_unit=F("next_action__unit__name"),
    )


def top(kind: Kind, scope: Scope, most: int) -> tuple[int, list[Row]]:
    """How many there are, and the oldest: one query to count and choose, one for the words of those that show."""
    lean = gaps.ROWS[kind.slug](scope).annotate(total=Window(Count("pk")))
    oldest = F("since").asc(nulls_last=True)
    found = list(lean.order_by(oldest, "pk").values_list("pk", "since", "total")[:most])
    return (found[0][2] if found else 0), of_keys(kind, {pk: since for pk, since, _total in found})


def of_keys(kind: Kind, since: dict[int, date | datetime | None]) -> list[Row]:
    """The rows of keys that were found in scope already, in their order."""
    if not since:
        return []
    model = CarePlan if kind.of_plan else Mark
    rows = named(kind, model._default_manager.filter(pk__in=since))
    fields = [name for name in (*NAMES, *_extra(kind)) if name != "since"]
    words = {r["pk"]: r for r in rows.annotate(person_pk=F("person_id")).values(*fields)}
    return rows_of(kind, [{**words[pk], "since": when} for pk, when in since.items()])


def _extra(kind: Kind) -> tuple[str, ...]:
    return STEP if kind is NEXT_STEP else ()


SORTS = ("since", "-since", "name", "-name", "place", "-place")


def ordered(rows: QuerySet, sort: str) -> QuerySet:
    """Named rows in a stable order: by time, name or place; ties by name and key."""
    descending = sort.startswith("-")
    field = {"name": "order", "place": "place"}.get(sort.lstrip("-"), "since")
    first = F(field).desc(nulls_last=True) if descending else F(field).asc(nulls_last=True)
    return rows.order_by(first, "order", "pk")


def page(kind: Kind, rows: QuerySet) -> list[Row]:
    """The rows of a slice of a list."""
    return rows_of(kind, list(rows.values(*NAMES, *_extra(kind))))


def rows_of(kind: Kind, found: list[dict[str, Any]]) -> list[Row]:
    missing = marks.missing_contacts([r["person_pk"] for r in found]) if kind is NO_CONTACT else {}
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


def waiting_rows(found: Iterable[Waiting]) -> list[Row]:
    """Today's occurrences as rows, in the given order; one query for their words."""
    found = list(found)
    fields = {
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
    start = _("under dagen") if one.all_day else text.clock_time(one.starts)
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
        since=one.due,
        age=start,
        exact=f"{start}–{text.clock_time(one.ends)}" if one.ends and not one.all_day else start,
        id=one.key,
    )


def small(title: str) -> str:
    """A title inside a sentence: `Omläggning` → `omläggning`, but `SIP-möte` stays."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def sorted_today(rows: list[Row], sort: str) -> list[Row]:
    """Sorted in Python: today's list is small and not in the database."""
    keys = {"name": lambda r: r.order, "place": lambda r: (r.place, r.order)}
    key = keys.get(sort.lstrip("-"), lambda r: (r.since, r.order))
    return sorted(rows, key=key, reverse=sort.startswith("-"))

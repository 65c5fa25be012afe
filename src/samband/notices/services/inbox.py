"""The inbox: a page of copies, what may be shown of each, how many are unread, read and unread again."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from samband.core import clock, notices, policy
from samband.core.policy import Actor
from samband.notices.models import Delivery, Recipient
from samband.notices.services import preferences, receipts
from samband.notices.services.opening import openable
from samband.people.models import Person
from samband.people.models.staff import current

PAGE = 25
SHOW = ("unread", "receipt", "all")
MANY = 99
FRESH = 15
UNDO = "notices_read_all"


@dataclass(frozen=True)
class Line:
    """A copy as a page draws it. `name` and `url` only where the reader may see the person and the thing now."""

    copy: Delivery
    title: str
    name: str = ""
    url: str = ""
    person: int | None = None
    gone: bool = False
    elsewhere: str = ""
    waits: bool = False
    given: str = ""
    given_at: datetime | None = None
    steps: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    number: int
    more: bool

    @property
    def persons(self) -> list[int]:
        """Whom the page names, for the audit."""
        return [line.person for line in self.lines if line.person and line.name]


def mine(actor: Actor) -> QuerySet[Delivery]:
    return policy.scoped(actor, "notice.list", Delivery.objects.all())


def chosen(actor: Actor, show: str, group: str = "") -> QuerySet[Delivery]:
    """The copies behind a choice of view: unread, waiting for my receipt, or all; of one group of kinds."""
    rows = mine(actor)
    if show == "unread":
        rows = rows.filter(read_at__isnull=True)
    elif show == "receipt":
        rows = rows.filter(receipts.waiting_for(actor))
    if group:
        rows = rows.filter(notice__kind__in=[kind.key for kind in notices.kinds.values() if kind.group == group])
    return rows


def page(actor: Actor, show: str, group: str, number: int) -> Page:
    """One page, newest first, in a bounded number of questions whatever it holds."""
    first = (number - 1) * PAGE
    rows = chosen(actor, show, group).select_related(
        "notice", "assignment__unit", "recipient__by_assignment__staff", "recipient__by_assignment__unit",
        "recipient__by_relative", "recipient__by_person",
    ).prefetch_related("recipient__steps").order_by("-at", "-id")  # fmt: skip
    found = list(rows[first : first + PAGE + 1])
    return Page(lines(actor, found[:PAGE]), number, len(found) > PAGE)


def lines(actor: Actor, copies: list[Delivery]) -> list[Line]:
    """What may be shown of each now: one question about the persons, one for each sort of page that they lead to."""
    here = [copy for copy in copies if _in_this_capacity(actor, copy)]
    open_urls = openable(actor, (copy.notice.url for copy in here))
    ids = {copy.notice.person_id for copy in here if copy.notice.person_id and copy.notice.url in open_urls}
    seen = (
        policy.scoped(actor, "person.read", Person.objects.filter(pk__in=ids)) if ids and actor.kind == "staff" else ()
    )
    names = {person.pk: person.full_name for person in seen}
    return [_line(actor, copy, open_urls, names) for copy in copies]


def _in_this_capacity(actor: Actor, copy: Delivery) -> bool:
    """Staff see through one assignment at a time (A1): what came to another one is shown when that is chosen."""
    return actor.kind != "staff" or copy.assignment_id == actor.assignment_id


def _line(actor: Actor, copy: Delivery, open_urls: set[str], names: dict[int, str]) -> Line:
    notice, row = copy.notice, copy.recipient
    if not _in_this_capacity(actor, copy):
        return Line(copy, notice.title, elsewhere=str(copy.assignment), waits=row.waits)
    if notice.url not in open_urls:
        return Line(copy, notice.title, gone=True)
    return Line(
        copy, notice.title, name=names.get(notice.person_id or 0, ""), person=notice.person_id,
        url=reverse("notices:open", args=[copy.public_id]), waits=row.waits, given=given_by(row),
        given_at=row.acknowledged_at, steps=[{"at": step.at, "text": receipts.step_words()[step.step]} for step in row.steps.all()],
    )  # fmt: skip


def given_by(row: Recipient) -> str:
    """Who acknowledged, as the reader's side may know: staff by name and unit, others as what they are."""
    if row.by_assignment:
        return f"{row.by_assignment.staff}, {row.by_assignment.unit}"
    if row.by_relative:
        return row.by_relative.full_name
    return row.by_person.full_name if row.by_person else ""


def unread(actor: Actor) -> int:
    """How many, at most a hundred, at most a few seconds old: every page asks."""
    key = _key(actor)
    found = cache.get(key)
    if found is None:
        found = mine(actor).filter(read_at__isnull=True)[: MANY + 1].count()
        cache.set(key, found, FRESH)
    return found


def unread_elsewhere(actor: Actor) -> int:
    """Unread in the account's other capacities: oneself, or near somebody. Mail and push count them too."""
    here = mine(actor).values("pk")
    return (
        preferences.of_account(actor.user_id).filter(_holds_today(), read_at__isnull=True).exclude(pk__in=here).count()
    )


def _holds_today() -> Q:
    """Copies in a capacity that can still be chosen."""
    person = Q(person__isnull=False)
    return current(prefix="assignment__") | person | (current(prefix="relative__") & Q(relative__reads=True))


def _key(actor: Actor) -> str:
    return f"notices-unread-{actor.kind}-{actor.staff_id or actor.relative_id or actor.person_id}"


def forget(actor: Actor) -> None:
    """After the reader herself changed something: the count is asked anew."""
    cache.delete(_key(actor))


def mark(actor: Actor, copy: Delivery, read: bool) -> None:
    """Read, or unread again."""
    mine(actor).filter(pk=copy.pk, read_at__isnull=read).update(read_at=clock.now() if read else None)
    forget(actor)


def mark_all(actor: Actor, show: str, group: str) -> tuple[int, str]:
    """Everything in the view is read; how many, and the mark by which it can be undone. A receipt is not given by this."""
    moment = clock.now()
    count = chosen(actor, show, group).filter(read_at__isnull=True).update(read_at=moment)
    forget(actor)
    return count, moment.isoformat()


def unmark_all(actor: Actor, raw: str) -> int:
    """Those that were read together at that moment are unread again."""
    moment = parse_datetime(raw) if raw else None
    if moment is None:
        return 0
    count = mine(actor).filter(read_at=moment).update(read_at=None)
    forget(actor)
    return count

"""What was told becomes a notice with its recipients and a copy for every reader, in the transaction of the change.

The number of questions does not grow with the readers: copies are made in one insert.
"""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from samband.core import clock, notices
from samband.core.notices import Telling
from samband.notices.models import Delivery, Notice, Recipient
from samband.notices.rules import escalation, sending
from samband.notices.services import preferences, readers
from samband.people.models import Assignment, Person, Relative

BATCH = 500


@transaction.atomic
def receive(telling: Telling) -> Notice:
    """Deliver. Told again with the same `once` it is the same notice; whoever was not told then is told now."""
    notice = _notice(telling)
    put = _recipients(notice, telling)
    by = telling.by
    copies: list[Delivery] = []
    units = {row.unit_id: row for row in put if row.unit_id}
    for unit, found in readers.members(units, notice.url).items() if units else ():
        copies += [Delivery(notice=notice, recipient=units[unit], assignment=a) for a in found]
    named = {row.assignment_id: row for row in put if row.assignment_id}
    if named:
        copies += [Delivery(notice=notice, recipient=named[a.pk], assignment=a) for a in readers.named(named)]
    persons = {row.person_id: row for row in put if row.person_id}
    if persons:
        copies += [
            Delivery(notice=notice, recipient=persons[p.pk], person=p)
            for p in Person.objects.filter(pk__in=list(persons), deceased_on__isnull=True)
        ]
    relatives = {row.relative_id: row for row in put if row.relative_id}
    if relatives:
        copies += [
            Delivery(notice=notice, recipient=relatives[r.pk], relative=r) for r in readers.near(list(relatives))
        ]
    deliver(notice, [copy for copy in copies if by is None or not _own(copy, by)])
    return notice


def _own(copy: Delivery, by: notices.Actor) -> bool:
    """Nobody is told what she did herself."""
    if by.kind == "staff":
        return copy.assignment is not None and copy.assignment.staff_id == by.staff_id
    if by.kind == "relative":
        return copy.relative_id is not None and copy.relative_id == by.relative_id
    return by.kind == "person" and copy.person_id is not None and copy.person_id == by.person_id


def _notice(telling: Telling) -> Notice:
    kind, by = telling.kind, telling.by
    values = {
        "person_id": telling.person_id, "thing": telling.thing[:120], "url": telling.url, "receipt": kind.receipt,
        "wait": kind.escalate_after if kind.receipt else None, "from_unit_id": by.unit_id if by else None,
        "from_assignment_id": by.assignment_id if by else None, "told_at": clock.now(),
    }  # fmt: skip
    if not telling.once:
        return Notice.objects.create(kind=kind.key, **values)
    once = telling.once[:120]
    same = Notice.objects.select_for_update().filter(kind=kind.key, once=once)
    if (known := same.first()) is not None:
        return known
    try:
        with transaction.atomic():
            return Notice.objects.create(kind=kind.key, once=once, **values)
    except IntegrityError:
        # Somebody told the same between the question and the answer.
        return same.get()


def _recipients(notice: Notice, telling: Telling) -> list[Recipient]:
    """The rows that are new; a recipient that had this notice before has it."""
    asked = [
        *(("unit", pk) for pk in telling.units), *(("assignment", pk) for pk in telling.assignments),
        *(("person", pk) for pk in telling.persons), *(("relative", pk) for pk in telling.relatives),
    ]  # fmt: skip
    names = ("unit", "assignment", "person", "relative")
    have = {(n, getattr(r, f"{n}_id")) for r in notice.recipients.all() for n in names if getattr(r, f"{n}_id")}
    now, rows = clock.now(), []
    for name, pk in sorted(set(asked) - have):
        state = escalation.State(escalation.To(name), notice.wait, now)
        due = escalation.due(state) if notice.receipt else None
        rows.append(Recipient(notice=notice, since=now, waits=notice.receipt, due_at=due, **{f"{name}_id": pk}))
    Recipient.objects.bulk_create(rows, batch_size=BATCH)
    return rows


def deliver(notice: Notice, copies: list[Delivery]) -> int:
    """Copies for those who have none yet, each with the moments at which it leaves the house. Returns how many."""
    fresh = _without_known(notice, copies)
    reach = preferences.reach_of(filter(None, (_account(copy) for copy in fresh)))
    now, kind, group = clock.now(), preferences.rule_kind(notice), preferences.group_of(notice)
    duty = notices.on_duty((c.assignment_id for c in fresh if c.assignment_id and _account(c) in reach), now)
    for copy in fresh:
        copy.at = now
        found = reach.get(_account(copy) or 0)
        if found is not None:
            when = sending.when_to_send(kind, found.prefs(group), now, copy.assignment_id in duty)
            copy.mail_at, copy.push_at = when.mail, when.push
    Delivery.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
    return len(fresh)


def _without_known(notice: Notice, copies: Iterable[Delivery]) -> list[Delivery]:
    """One copy for each reader, whichever way the notice came to her."""
    known = set(notice.deliveries.values_list("assignment_id", "person_id", "relative_id"))
    fresh: dict[tuple[int | None, int | None, int | None], Delivery] = {}
    for copy in copies:
        key = (copy.assignment_id, copy.person_id, copy.relative_id)
        if key not in known:
            fresh.setdefault(key, copy)
    return list(fresh.values())


def _account(copy: Delivery) -> int | None:
    who: Assignment | Person | Relative | None = copy.assignment or copy.person or copy.relative
    return who.staff.user_id if isinstance(who, Assignment) else who.user_id if who else None

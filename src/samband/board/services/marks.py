"""What a person lacks: worked out in this one place, stored as a mark, counted by the board and its lists.

Whoever counts calls `settle` first. It works out anew the marks of those about whom something was written since
(`board.triggers` notes them, whoever wrote) and of those for whom a day has come that changes the answer. A number is
then right without a worker; the worker's turn only spares the reader the work.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from samband.access.models import CareRelation
from samband.board.models import Mark, MarkDue
from samband.board.services import agreed
from samband.core import clock
from samband.people.models import ContactRole, Person, Unit

Kind = ContactRole.Kind
CONTACTS = tuple(Kind.values)
BATCH = 2000
PLANLESS = Q(planless=True)
CONTACTLESS = Q(contacts__gt=0)
UNCONSENTED = Q(unconsented__isnull=False)
# Any number that no other advisory lock of Samband has.
LOCK = 20_261_125


def lacking_contact(kind: str = "") -> QuerySet[Mark]:
    """The marks of those who lack at least one of the contacts that they should have today (`kind`: that one)."""
    settle()
    rows = Mark.objects.filter(CONTACTLESS)
    if not kind:
        return rows
    # A bit is set in every other number: written out, as the seven numbers are few and an index finds them.
    bit = 1 << CONTACTS.index(kind)
    return rows.filter(contacts__in=[n for n in range(1, 1 << len(CONTACTS)) if n & bit])


def lacking_plan() -> QuerySet[Mark]:
    """The marks of those who have neither a plan in force nor a draft."""
    settle()
    return Mark.objects.filter(PLANLESS)


def lacking_consent() -> QuerySet[Mark]:
    """The marks of those who have an open plan and no consent that holds."""
    settle()
    return Mark.objects.filter(UNCONSENTED)


def lacking_answer() -> QuerySet[Mark]:
    """The marks of those whose plan in force is not approved as it stands."""
    settle()
    return Mark.objects.filter(answer__gt=0)


def missing_contacts(person_pks: list[int]) -> dict[int, list[str]]:
    """Which of the three each of the persons lacks; they are scoped already."""
    found = dict(Mark.objects.filter(pk__in=person_pks).values_list("pk", "contacts"))
    return {pk: [kind for bit, kind in enumerate(CONTACTS) if found.get(pk, 0) >> bit & 1] for pk in person_pks}


_settled: ContextVar[bool] = ContextVar("marks_settled", default=False)


@contextmanager
def settled() -> Iterator[None]:
    """Bring every mark up to date once for all that is counted inside: a board asks many questions about one moment."""
    settle()
    token = _settled.set(True)
    try:
        yield
    finally:
        _settled.reset(token)


def settle() -> int:
    """Bring every mark up to date; one short question when nothing has happened. Returns how many were worked out."""
    done = 0
    if _settled.get():
        return done
    noted, passed = MarkDue.objects.order_by(), Mark.objects.filter(_passed(clock.today())).order_by()
    while noted.values_list("person").union(passed.values_list("pk"), all=True)[:1]:
        done += _settle_batch(noted, passed)
    return done


def _passed(today: date) -> Q:
    return Q(until__lte=today) | Q(worked_on__gt=today)


@transaction.atomic
def _settle_batch(noted: QuerySet[MarkDue], passed: QuerySet[Mark]) -> int:
    _alone()
    due = list(noted.order_by("person").values_list("person", flat=True).distinct()[:BATCH])
    # Taken away before the facts are read: what is written after this is noted anew and waits for the next turn.
    noted.filter(person__in=due).delete()
    pks = {*due, *passed.values_list("pk", flat=True)[:BATCH]}
    _store(pks)
    return len(pks)


def _alone() -> None:
    """One at a time, or an older answer might be stored over a newer. SQLite's transactions already are."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


STORED = [field.name for field in Mark._meta.concrete_fields if not field.primary_key]


def _store(pks: Collection[int]) -> None:
    rows = work_out(pks)
    Mark.objects.bulk_create(rows, update_conflicts=True, unique_fields=["person"], update_fields=STORED)


def work_out(pks: Collection[int]) -> list[Mark]:
    """The definition. A mark for each of the persons who exist, not stored; eight queries.

    A care contact and a physician contact for everybody; a social-care contact where home help, a care home or social
    services take part (that one does, not which one, shows: A6). A plan in force or a draft; a closed plan is no plan.
    Consent and the person's answer to the plan: `agreed`.
    """
    today = clock.today()
    changes: dict[int, set[date]] = defaultdict(set)
    relations = list(_now(CareRelation.objects.filter(person__in=pks), today, changes, "starts_on", "unit__kind"))
    began: dict[int, date] = {}
    for pk, starts, _kind in relations:
        began[pk] = min(starts, began.get(pk, starts))
    helped = {pk for pk, _starts, kind in relations if kind in Unit.SOCIAL}
    held = set(_now(ContactRole.objects.filter(person__in=pks), today, changes, "kind"))
    ended = _ended(pks, today)
    plans = agreed.open_plans(pks)
    consents, answers = agreed.consents(plans), agreed.answers(plans)
    people = Person.objects.filter(pk__in=pks).order_by().values_list("pk", "deceased_on")
    found = []
    for pk, deceased in people:
        mark = Mark(person_id=pk, living=deceased is None, worked_on=today, until=min(changes[pk], default=None))
        if deceased is None:
            wanted = (kind for kind in CONTACTS if kind != Kind.SOCIAL or pk in helped)
            mark.began = began.get(pk)
            _lacks(mark, [kind for kind in wanted if (pk, kind) not in held], ended)
            mark.planless = pk not in plans
            mark.unconsented, mark.withdrawn = consents.get(pk, (None, False))
            # Whether it is late is asked by the clock, when it is counted.
            mark.follow_up_on = plan.follow_up_on if (plan := plans.get(pk)) and plan.active else None
            mark.answer, mark.answer_since = answers.get(pk, (Mark.Answer.GIVEN, None))
        found.append(mark)
    return found


def _lacks(mark: Mark, missing: list[str], ended: dict[tuple[int, str], date]) -> None:
    """Enter which contacts are missing and since when."""
    mark.contacts = sum(1 << CONTACTS.index(kind) for kind in missing)
    for kind in missing:
        setattr(mark, f"ended_{kind}", ended.get((mark.person_id, kind)))
    mark.ended = max((ended[mark.person_id, kind] for kind in missing if (mark.person_id, kind) in ended), default=None)
    mark.contact_since = mark.ended or mark.began


def _now(rows: QuerySet, today: date, changes: dict[int, set[date]], *fields: str) -> Iterator[tuple]:
    """(person, …) for each row that holds today; the days when that begins or ends are put into `changes`."""
    lasting = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today)).order_by()
    for person, starts, ends, *rest in lasting.values_list("person_id", "starts_on", "ends_on", *fields):
        if starts > today:
            changes[person].add(starts)
            continue
        if ends is not None:
            changes[person].add(ends + timedelta(days=1))
        yield person, *rest


def _ended(pks: Collection[int], today: date) -> dict[tuple[int, str], date]:
    """The last day of the contact that ended latest, by person and kind."""
    rows = ContactRole.objects.filter(person__in=pks, ends_on__lt=today).order_by()
    last = rows.values_list("person_id", "kind").annotate(last=Max("ends_on"))
    return {(person, kind): day for person, kind, day in last}

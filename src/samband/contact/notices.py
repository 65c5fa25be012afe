"""What contact tells through the port of notices (core/notices.py), and who is on duty now."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samband.contact.models import Absence, Case, RotaRule, RotaShift, SwapRequest
from samband.contact.rules import public_holidays, to_minutes
from samband.contact.rules.days import DAY, wall, weekday_of
from samband.contact.rules.escalation import Step
from samband.core import clock, events, notices
from samband.core.policy import Actor
from samband.people.models import Assignment
from samband.people.models.staff import current

notices.group("contact", _("Ärenden"))
notices.group("rota", _("Jour och pass"))
notices.kind("contact.case_opened", _("Ett nytt ärende har kommit till er"))
notices.kind("contact.case_handed", _("Ett ärende väntar på att ni tar emot det"))
notices.kind("contact.case_answered", _("Du har fått svar på din fråga"))
notices.kind("contact.case_closed", _("Din fråga är avslutad"))
notices.kind("contact.case_waits", _("Ett ärende har väntat för länge"))
notices.kind(
    "contact.case_escalated", _("Ingen tar hand om ett ärende"), receipt=True, escalate_after=timedelta(hours=1)
)
notices.kind("contact.swap_asked", _("Någon vill byta pass med dig"), group="rota")
notices.kind("contact.swapped", _("Bytet av pass är klart"), group="rota")


def address(case: Case) -> str:
    return reverse("contact:case", args=[case.public_id])


@events.listen("contact.case_opened")
def case_opened(case: Case, actor: Actor | None = None) -> None:
    """The unit that got it, and by name whoever is on call."""
    named = [case.to_assignment_id] if case.to_assignment_id else []
    notices.tell(
        "contact.case_opened", address(case), thing=case, person_id=case.person_id, once=str(case.public_id), by=actor,
        units=[case.unit_id], assignments=named,
    )  # fmt: skip


@events.listen("contact.case_handed")
def case_handed(case: Case, actor: Actor | None = None) -> None:
    if case.handed_unit_id is None:
        return
    notices.tell(
        "contact.case_handed", address(case), thing=case, person_id=case.person_id, by=actor,
        once=f"{case.public_id} {case.version}", units=[] if case.handed_to_id else [case.handed_unit_id],
        assignments=[case.handed_to_id] if case.handed_to_id else [],
    )  # fmt: skip


@events.listen("contact.case_answered")
def case_answered(case: Case, actor: Actor | None = None, shown: bool = True) -> None:
    if shown:
        _tell_sender("contact.case_answered", case, actor)


@events.listen("contact.case_closed")
def case_closed(case: Case, actor: Actor | None = None) -> None:
    _tell_sender("contact.case_closed", case, actor)


def _tell_sender(key: str, case: Case, actor: Actor | None) -> None:
    """Whoever asked, on her own page; a relative's question is hers."""
    own, once = reverse("contact:my_case", args=[case.public_id]), f"{case.public_id} {case.version}"
    if case.sender_relative_id:
        notices.tell(
            key, own, thing=case, person_id=case.person_id, once=once, relatives=[case.sender_relative_id], by=actor
        )
    elif case.sender_kind == Case.Sender.PERSON and case.person_id:
        notices.tell(key, own, thing=case, person_id=case.person_id, once=once, persons=[case.person_id], by=actor)
    elif case.sender_staff_id:
        notices.tell(
            key, address(case), thing=case, person_id=case.person_id, once=once, assignments=[case.sender_staff_id], by=actor
        )  # fmt: skip


@events.listen("contact.case_escalated")
def case_escalated(case: Case, step: str) -> None:
    """What the clock did reaches those it was done for: the unit, whoever is on call, the coordinators with a receipt."""
    unit = case.handed_unit_id or case.unit_id
    named = case.handed_to_id if case.handed_unit_id else case.to_assignment_id
    key, units, people = "contact.case_waits", [unit], [named] if named else []
    if step == Step.COORDINATOR:
        key, units, people = "contact.case_escalated", [], _coordinators(unit)
    notices.tell(
        key, address(case), thing=case, person_id=case.person_id, once=f"{case.public_id} {case.version}",
        units=units, assignments=people,
    )  # fmt: skip


def _coordinators(unit: int) -> list[int]:
    rows = Assignment.objects.filter(Q(unit_id=unit) | Q(covers=unit), current(), role=Assignment.Role.COORDINATOR)
    return list(rows.values_list("pk", flat=True).distinct())


@events.listen("contact.swap_asked")
def swap_asked(swap: SwapRequest, actor: Actor | None = None) -> None:
    _about_swap("contact.swap_asked", swap, swap.asked_id, actor)


@events.listen("contact.swapped")
def swapped(swap: SwapRequest, actor: Actor | None = None) -> None:
    _about_swap("contact.swapped", swap, swap.asked_by_id, actor)


def _about_swap(key: str, swap: SwapRequest, to: int, actor: Actor | None) -> None:
    notices.tell(
        key, reverse("contact:swaps"), thing=swap, once=f"{swap.public_id} {swap.mine_version}", assignments=[to], by=actor
    )  # fmt: skip


@notices.on_duty_from
def on_duty(assignments: frozenset[int], moment: datetime) -> set[int]:
    """Who of them has a shift at the moment, by date or by weekly pattern, and is not away."""
    shifts = RotaShift.objects.filter(
        starts_at__lte=moment, ends_at__gt=moment, removed_at__isnull=True, vacant=False, assignment__in=assignments
    )
    found = {pk for pk in shifts.values_list("assignment_id", flat=True) if pk}
    now, day = to_minutes(moment), clock.local_now().date()
    days = (day - timedelta(days=1), day)
    holidays = public_holidays({d.year for d in days})
    rules = RotaRule.objects.filter(current(day), assignment__in=assignments)
    found |= {r.assignment_id for r in rules if r.assignment_id and any(_holds(r, d, now, holidays) for d in days)}
    away = Absence.objects.filter(
        starts_at__lte=moment, ends_at__gt=moment, removed_at__isnull=True, assignment__in=found
    )
    return found - set(away.values_list("assignment_id", flat=True))


def _holds(rule: RotaRule, day: date, now: int, holidays: frozenset[date]) -> bool:
    """Whether the pattern's turn that begins on the day holds at the minute."""
    weekday = weekday_of(day, holidays if rule.holidays_as_sunday else frozenset())
    opens, closes = (t.hour * 60 + t.minute for t in (rule.opens, rule.closes))
    return str(weekday) in rule.weekdays and wall(day, opens) <= now < wall(
        day, closes if closes > opens else closes + DAY
    )

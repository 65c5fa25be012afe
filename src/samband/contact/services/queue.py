"""The queue of the units: order, filter, search by POST, paging; and the short list on the board."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samband.contact.models import Case
from samband.contact.rules import escalation
from samband.contact.services.cases import state_of
from samband.core import audit, clock, policy, text

PAGE = 40
BOARD = 6
PROMISED = 3
ORDERS = {
    "urgency": ("urgency_rank", "opened_at"),
    "age": ("opened_at",),
    "promised": ("promised_at", "urgency_rank"),
}
SEARCH = "contact_search"
SHORTEST = 2
LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """One page of the queue; `more` says whether there is another. Nothing is counted beyond what is shown."""

    rows: list[Case]
    number: int
    more: bool


RELATED = (
    "person", "unit", "owner__staff", "handed_unit", "sender_relative", "sender_staff__staff", "to_assignment__staff",
)  # fmt: skip


def base(actor: policy.Actor) -> QuerySet[Case]:
    return policy.scoped(actor, "case.list", Case.objects.select_related(*RELATED))


def whole(rows: QuerySet[Case]) -> list[Case]:
    """The cases of a short, ordered row, with whom they are about and who has them.

    The keys are asked for first: a database that puts a county's cases in order carries every word of them along.
    """
    keys = list(rows.values_list("pk", flat=True))
    found = Case.objects.select_related(*RELATED).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def page(actor: policy.Actor, show: str = "open", order: str = "urgency", number: int = 1, words: str = "") -> Page:
    """`show`: open, mine, free (nobody has taken it), closed."""
    rows = base(actor)
    rows = rows.filter(closed_at__isnull=show != "closed")
    if show == "mine":
        rows = rows.filter(owner_id=actor.assignment_id)
    elif show == "free":
        rows = rows.filter(owner__isnull=True)
    for word in text.fold(words).split() if len(words.strip()) >= SHORTEST else []:
        rows = rows.filter(search_text__contains=f" {word}")
    keys = ORDERS.get(order, ORDERS["urgency"])
    if show == "closed":
        keys = ("-closed_at",)
    elif order == "promised":
        rows = rows.filter(promised_at__isnull=False)
    start = (max(number, 1) - 1) * PAGE
    found = whole(rows.order_by(*keys, "pk")[start : start + PAGE + 1])
    return Page(found[:PAGE], max(number, 1), len(found) > PAGE)


def coming(actor: policy.Actor) -> list[Case]:
    """What another unit has handed to us and nobody here has received."""
    rows = policy.scoped(
        actor, "case.read", Case.objects.filter(closed_at__isnull=True, handed_unit_id__in=actor.unit_ids)
    )
    return list(rows.select_related("person", "unit", "handed_unit", "handed_to__staff").order_by("handed_at")[:PAGE])


def mark(case: Case) -> str:
    return escalation.mark(state_of(case), clock.now())


def has_it(case: Case) -> str:
    """Who has the case: a name, or nobody yet."""
    if case.handed_at and case.handed_unit:
        return _("på väg till %(unit)s") % {"unit": case.handed_unit.name}
    return case.owner.staff.full_name if case.owner else _("ingen än")


def promised(case: Case) -> str:
    if case.promised_at is None:
        return ""
    if case.promised_at <= clock.now():
        return _("lovat %(when)s") % {"when": text.spoken_time(case.promised_at)}
    same = text.spoken_date(clock.local_now().date()) == text.spoken_date(
        case.promised_at.astimezone(clock.local_now().tzinfo).date()
    )
    return _("lovat %(when)s") % {
        "when": text.clock_time(case.promised_at) if same else text.spoken_time(case.promised_at)
    }


def line(case: Case) -> dict[str, Any]:
    """A case as a row: age, what and about whom, who has it and what was promised."""
    return {
        "case": case,
        "url": reverse("contact:case", args=[case.public_id]),
        "state": mark(case),
        "age": text.spoken_span(clock.now() - case.opened_at),
        "about": case.shown_about if case.person_id or case.about else "",
        "has": has_it(case),
        "nobody": case.owner_id is None and not case.handed_at,
        "promised": promised(case),
    }


def persons(cases: list[Case]) -> list[int]:
    return [case.person_id for case in cases if case.person_id]


def for_board(request: HttpRequest) -> dict[str, Any]:
    """The six most pressing, and how many there are. The nearest promises of today always have a place.

    What was answered in the night is neither late nor nobody's; it must not be pushed out by what is, or the promise is
    forgotten.
    """
    actor = request.actor  # type: ignore[attr-defined]
    ahead = base(actor).filter(
        closed_at__isnull=True, promised_at__gt=clock.now(), promised_at__lt=clock.day_bounds(clock.today())[1]
    )
    kept = whole(ahead.order_by("promised_at", "pk")[:PROMISED])
    pressing = [case for case in page(actor).rows if case not in kept]
    order = {"act": 0, "warn": 1, "ok": 2}

    # Of two in the same state the one that was promised something comes first, the nearest promise before the others.
    def place(case: Case) -> tuple:
        return order.get(mark(case), 3), case.promised_at or LATEST, case.opened_at

    shown = sorted([*kept, *sorted(pressing, key=place)[: BOARD - len(kept)]], key=place)
    audit.seen(request, "case.list", persons(shown), view="contact:board")
    total = base(actor).filter(closed_at__isnull=True).count()
    return {"lines": [line(case) for case in shown], "total": total, "coming": len(coming(actor))}

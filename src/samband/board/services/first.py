"""The strip of at most three things that need somebody first, with the reason in one sentence."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, Count, F, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from samband.board import rules
from samband.board.services import gaps
from samband.board.services.rows import Row
from samband.board.services.scope import Scope
from samband.board.services.today import Waiting
from samband.board.services.words import small
from samband.core import clock
from samband.plans.models import Action


@dataclass(frozen=True, slots=True)
class LateStep:
    """A plan whose next step is late: enough to choose by."""

    plan: int
    person: int
    due: datetime
    owned: bool


@dataclass(frozen=True)
class Chosen:
    """What the strip shows, before its words are fetched."""

    needs: list[rules.Need]
    waiting: list[Waiting]
    late: list[LateStep]


@dataclass(frozen=True)
class First:
    """A line of the strip."""

    row: Row
    due: datetime
    title: str
    text: str
    why: str


def late_steps(scope: Scope) -> tuple[int, list[LateStep]]:
    """How many next steps are late, and the oldest of them, as many as the strip and the tile can need. One query.

    That is, of those that nobody has and of those that somebody has, so many that persons who stand in the strip for
    something of today do not leave it short.
    """
    # The few without an owner as a set that is found once, not a look at each late plan's action.
    nobodys = Action.objects.filter(by=Action.By.NOBODY).order_by().values("pk")
    free = Case(When(next_action__in=nobodys, then=True), default=False, output_field=BooleanField())
    oldest = Window(RowNumber(), partition_by=F("free"), order_by=(F("next_due"), F("pk")))
    late = gaps.next_step_late(scope).annotate(free=free, total=Window(Count("pk")), place=oldest)
    late = late.filter(place__lte=2 * rules.MOST).order_by()
    rows = list(late.values_list("pk", "person_id", "next_due", "free", "total"))
    found = [LateStep(pk, person, due, not free) for pk, person, due, free, _total in rows if due is not None]
    return (rows[0][4] if rows else 0), sorted(found, key=lambda step: (step.due, step.plan))


def choose(waiting: list[Waiting], late: list[LateStep]) -> Chosen:
    """At most three, by the rules."""
    today = {rules.Need(w.person, w.of.due, owned=False, today=True): w for w in reversed(waiting)}
    steps = {rules.Need(s.person, s.due, owned=s.owned, today=False): s for s in late}
    needs = rules.first([*today, *steps], clock.now())
    return Chosen(needs, [today[n] for n in needs if n.today], [steps[n] for n in needs if not n.today])


def lines(chosen: Chosen, waiting: list[Row], steps: list[Row]) -> list[First]:
    """The strip in words."""
    now = clock.now()
    today = {(row.person, row.since): row for row in reversed(waiting)}
    late = {row.person: row for row in steps}
    found = []
    for need in chosen.needs:
        row = today[need.person, need.due] if need.today else late[need.person]
        found.append(_line(need, row, rules.rank(need, now)))
    return found


def _line(need: rules.Need, row: Row, rank: int) -> First:
    if need.today:
        title = _("%(name)s har ingen för %(what)s")
        text = _("I dag, %(when)s. %(who)s.") % {"when": row.exact, "who": row.who[:1].upper() + row.who[1:]}
    else:
        title = _("%(name)s väntar på %(what)s")
        words = _("Skulle ha varit klart %(when)s. Ansvarig: %(who)s.")
        text = words % {"when": row.exact, "who": row.who or _("ingen")}
    return First(row, need.due, title % {"name": row.name, "what": small(row.what)}, text, why(rank))


def why(rank: int) -> str:
    """Why this one is first (rules.rank)."""
    return {
        0: _(
            "Ingen är ansvarig, och tiden är inom fyra timmar eller har redan passerat. "
            "Det som är närmast i tid kommer först."
        ),
        1: _("Steget är sent och ingen är ansvarig för det. Det äldsta kommer först."),
        2: _("Ingen är ansvarig för något som ska göras i dag. Det som är närmast i tid kommer först."),
        3: _("Steget är sent. Det som ingen är ansvarig för går före, därefter det äldsta."),
    }[rank]

"""The strip of at most three things that need somebody first, with the reason in one sentence."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samband.board import rules
from samband.board.services import gaps
from samband.board.services.kinds import NEXT_STEP
from samband.board.services.rows import Row, ordered, page, small
from samband.board.services.scope import Scope
from samband.core import clock
from samband.plans.models import Action


@dataclass(frozen=True)
class First:
    """A line of the strip."""

    row: Row
    due: datetime
    title: str
    text: str
    why: str


def first(scope: Scope, waiting: list[Row], oldest: list[Row]) -> list[First]:
    """Choose among today's occurrences without anyone (`waiting`), the oldest late steps, and the late ones nobody has."""
    nobodys = gaps.next_step_late(scope).filter(next_action__by=Action.By.NOBODY)
    late = {row.person: row for row in [*oldest, *page(NEXT_STEP, ordered(nobodys, "since")[: rules.MOST])]}
    needs = {_need(row, True): row for row in waiting} | {_need(row, False): row for row in late.values()}
    now = clock.now()
    return [_line(need, needs[need], rules.rank(need, now)) for need in rules.first(needs, now)]


def _need(row: Row, today: bool) -> rules.Need:
    assert isinstance(row.since, datetime)
    return rules.Need(person=row.person, due=row.since, owned=row.owned, today=today)


def _line(need: rules.Need, row: Row, rank: int) -> First:
    if need.today:
        title = _("%(name)s har ingen för %(what)s")
        text = _("I dag, %(when)s. Ansvarig: %(who)s.") % {"when": row.exact, "who": row.who}
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

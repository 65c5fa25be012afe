"""What a sitting came to, summed so that nobody can be told; and how a statement moves over the years.

Shown only once the sitting is closed: whoever looked before and after one more answer could tell it by subtraction.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samband.core.policy import Actor, decide, require
from samband.dialogue.models import Sheet, Sitting, StatementAnswer
from samband.dialogue.rules.sheets import Middle, Pair, Summed, summed
from samband.dialogue.rules.small_groups import LEAST_SHOWN
from samband.dialogue.services import sheets_steps
from samband.people.models import Assignment, Organization


@dataclass
class Row:
    """A statement's result. Groups as (name, middle), texts in an order that tells nothing."""

    number: int
    key: str
    group: str
    text: str
    whole: Middle | None
    organizations: list[tuple[str, Middle]] = field(default_factory=list)
    roles: list[tuple[str, Middle]] = field(default_factory=list)
    hidden: bool = False
    today_texts: list[str] = field(default_factory=list)
    wanted_texts: list[str] = field(default_factory=list)


@dataclass
class Result:
    """`answered`: how many gave both levels to at least one statement; None with fewer than five."""

    sitting: Sitting
    answered: int | None
    rows: list[Row]
    steps: list[dict[str, Any]] = field(default_factory=list)

    @property
    def widest(self) -> Row | None:
        """The statement with the widest gap between today and wanted."""
        return max(
            (row for row in self.rows if row.whole), key=lambda row: row.whole.gap if row.whole else 0, default=None
        )


def answered(sitting: Sitting) -> int | None:
    """How many have answered, as may be told: None with fewer than five. Steps count for nothing here."""
    both = StatementAnswer.objects.filter(participation__sitting=sitting, today__isnull=False, wanted__isnull=False)
    number = both.values("participation").distinct().count()
    return number if number >= LEAST_SHOWN else None


def result(actor: Actor, sitting: Sitting) -> Result:
    """The result of a closed sitting. Raises Denied, or ValidationError while it can still be answered."""
    require(actor, "sitting.read", sitting)
    if sitting.is_open:
        raise ValidationError(_("Resultatet visas när bladet är stängt, så att ingens svar går att räkna ut."))
    rows = _rows(sitting)
    return Result(sitting, answered(sitting), rows, sheets_steps.shared_at(sitting))


def _rows(sitting: Sitting) -> list[Row]:
    pairs, texts = _given(sitting)
    names = dict(
        Organization.objects.filter(pk__in={p.organization for ps in pairs.values() for p in ps}).values_list(
            "pk", "name"
        )
    )
    roles = dict(Assignment.Role.choices)
    found = []
    for number, statement in enumerate(sitting.version.statements.all(), 1):
        sums: Summed = summed(pairs[statement.pk])
        row = Row(number, statement.key, statement.group, statement.text, sums.whole, hidden=sums.hidden)
        row.organizations = sorted((names[pk], middle) for pk, middle in sums.organizations.items())
        row.roles = sorted(
            ((str(roles[role]), middle) for role, middle in sums.roles.items()), key=lambda pair: pair[0]
        )
        if sums.whole:
            row.today_texts, row.wanted_texts = (sorted(found) for found in texts[statement.pk])
        found.append(row)
    return found


def _given(sitting: Sitting) -> tuple[dict[int, list[Pair]], dict[int, tuple[list[str], list[str]]]]:
    """Pairs, and the texts that their authors let be shown, by the statement's key. One question."""
    pairs: dict[int, list[Pair]] = defaultdict(list)
    texts: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    rows = StatementAnswer.objects.filter(participation__sitting=sitting).select_related("participation")
    for row in rows:
        if row.today is not None and row.wanted is not None:
            whose = row.participation
            pairs[row.statement_id].append(Pair(whose.organization_id, whose.role, row.today, row.wanted))
        if row.texts_shared:
            for said, place in ((row.today_text, 0), (row.wanted_text, 1)):
                if said.strip():
                    texts[row.statement_id][place].append(said.strip())
    return pairs, texts


@dataclass(frozen=True)
class Year:
    """A statement's middle in a year; None: it was not asked, or too few answered."""

    year: int
    whole: Middle | None


def years(actor: Actor, sheet: Sheet, organization: int | None) -> list[tuple[str, list[Year]]]:
    """Each statement of the latest version with its middle every year from the first to the last; the latest sitting of a year.

    Sittings of one organization, or (None) those of everyone: the two are different people and are not joined.
    """
    require(actor, "sheet.read", sheet)
    closed = Sitting.objects.filter(version__sheet=sheet, status=Sitting.Status.CLOSED, organization=organization)
    found: dict[int, dict[str, Middle | None]] = {}
    latest: dict[str, str] = {}
    for sitting in closed.select_related("version").order_by("year", "id"):
        if not decide(actor, "sitting.read", sitting):
            continue
        rows = _rows(sitting)
        found[sitting.year] = {row.key: row.whole for row in rows}
        latest = {row.key: row.text for row in rows}
    if not found:
        return []
    span = range(min(found), max(found) + 1)
    return [(text, [Year(y, found.get(y, {}).get(key)) for y in span]) for key, text in latest.items()]

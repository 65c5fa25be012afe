"""What holds now of the regions, read in a bounded number of queries; and what of an account the source does not have."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from samband.core import policy
from samband.core.policy import Actor
from samband.regions.models import Goal, Irregularity, Region, SectionKey, Source, Statement

# The parts that every account of this shape should have; a case study is an extra.
EXPECTED = (
    SectionKey.DIRECTION, SectionKey.ORGANISATION, SectionKey.PRIORITIES, SectionKey.COLLABORATION, SectionKey.JOINT,
)  # fmt: skip
POINTS = (Statement.Form.BULLET, Statement.Form.NUMBERED)
Gaps = dict[int, list[SectionKey]]


def regions(actor: Actor) -> QuerySet[Region]:
    return policy.scoped(actor, "region.list", Region.objects.all())


def current(actor: Actor, model: Any) -> QuerySet:
    """Rows that hold: neither replaced nor ended."""
    return policy.scoped(actor, "region.list", model.objects.filter(ended_at__isnull=True))


def counted(actor: Actor) -> dict[tuple[int, str], tuple[int, int]]:
    """(all statements, points at the outmost level) by region and section. One query."""
    points = Count("pk", filter=Q(form__in=POINTS, parent__isnull=True))
    rows = current(actor, Statement).order_by().values("region_id", "section").annotate(n=Count("pk"), points=points)
    return {(row["region_id"], row["section"]): (row["n"], row["points"]) for row in rows}


def gaps(actor: Actor, places: Iterable[Region], known: dict[tuple[int, str], tuple[int, int]] | None = None) -> Gaps:
    """By region: the parts that its account lacks, in order. Of priorities the points count: a picture's caption is none.

    An editor who writes such a part fills the gap; what the importer noted as missing then has to be struck.
    """
    known = counted(actor) if known is None else known
    told: dict[int, set[str]] = defaultdict(set)
    for region_id, missing in current(actor, Irregularity).exclude(missing="").values_list("region_id", "missing"):
        told[region_id].add(missing)
    found: Gaps = {}
    for region in places:
        found[region.pk] = [
            key for key in EXPECTED if key.value in told[region.pk] or not _holds(known, region.pk, key)
        ]
    return found


def _holds(known: dict[tuple[int, str], tuple[int, int]], region_id: int, key: SectionKey) -> bool:
    every, points = known.get((region_id, key.value), (0, 0))
    return points > 0 if key == SectionKey.PRIORITIES else every > 0


def goal_words(goal: Goal) -> str:
    """A goal in a few words: its year, else its horizon, else the period of the plan."""
    return str(goal.year) if goal.year else goal.horizon or goal.period or goal.text[:60]


def last_source(actor: Actor) -> Source | None:
    """The document that speaks for the latest day."""
    rows = Source.objects.filter(kind=Source.Kind.DOCUMENT).order_by("-as_of", "-pk")
    return policy.scoped(actor, "region.list", rows).first()

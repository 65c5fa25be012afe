"""What planning knows of persons and staff: who has been there in 14 days, who is wanted and who is not."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from samband.people.models.staff import current
from samband.resources.models import ActionTerms, DayPlan, Placement, Tie, Visit
from samband.resources.rules.prices import DAYS_KNOWN


@dataclass
class Known:
    """By person: staff who did (or were to do) her visits, ties by kind, and how many different at most."""

    met: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    ties: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    target: dict[int, int] = field(default_factory=dict)

    def full(self, person: int) -> bool:
        """Whether one more would be more than the target."""
        return person in self.target and len(self.met[person]) >= self.target[person]


def known(persons: Collection[int], day: date) -> Known:
    """Three queries. A visit that was not done has met nobody."""
    found = Known()
    met = Placement.objects.filter(
        plan__status=DayPlan.Status.PUBLISHED, plan__day__gte=day - timedelta(days=DAYS_KNOWN), plan__day__lt=day,
        part__visit__person_id__in=persons,
    ).exclude(part__visit__status__in=(Visit.Status.NOT_DONE, Visit.Status.CANCELLED, Visit.Status.GONE))  # fmt: skip
    for person, staff in met.values_list("part__visit__person_id", "shift__assignment__staff_id").distinct():
        found.met[person].add(staff)
    for person, kind, staff in Tie.objects.filter(current(day), person_id__in=persons).values_list(
        "person_id", "kind", "staff_id"
    ):
        found.ties[person, kind].add(staff)
    targets = ActionTerms.objects.filter(action__plan__person_id__in=persons, target__isnull=False)
    for person, target in targets.values_list("action__plan__person_id", "target"):
        if target is not None:
            found.target[person] = min(target, found.target.get(person, target))
    return found

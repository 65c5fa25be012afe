"""Parts of visits by kind, and who may do which kind: the names that the planner compares.

`assistant+insulin` is a competence with a delegated act. Where who may do it hangs on more (a delegation for one person only, whose
visit it is, what is lent), a number is added: parts with one name can be done by the same people.
"""

from dataclasses import dataclass, field
from datetime import date

from samband.resources.models import Pool, VisitPart
from samband.resources.rules.needs import Need, kind, refused
from samband.resources.services.built import Key
from samband.resources.services.loans import Offer, lenders
from samband.resources.services.workers import WorkerDay


@dataclass
class Services:
    """`service`: VisitPart → name; `skills`: worker → names."""

    service: dict[int, str] = field(default_factory=dict)
    skills: dict[str, frozenset[str]] = field(default_factory=dict)

    def of(self, worker: WorkerDay) -> frozenset[str]:
        return self.skills.get(worker.id, frozenset())


class Needs(dict[Key, Need]):
    """(visit, part) → what it asks for; `pks`: the same keys → VisitPart."""

    def __init__(self) -> None:
        super().__init__()
        self.pks: dict[Key, int] = {}


def needs_of(pool: Pool, day: date, parts: dict[int, list[VisitPart]], staff: list[WorkerDay]) -> Needs:
    names = {w.unit_id: w.able.organization for w in staff}
    lent = lenders(pool, day, _offers(parts, staff), names)
    found = Needs()
    for pk, rows in parts.items():
        for k, part in enumerate(rows):
            found[f"v{pk}", k] = _need(part, lent.get(part.pk, frozenset()))
            found.pks[f"v{pk}", k] = part.pk
    return found


def _need(part: VisitPart, lent: frozenset[int]) -> Need:
    return Need(part.competence, tuple(sorted(part.acts)), part.visit.person_id, part.unit.organization_id, lent)


def _offers(parts: dict[int, list[VisitPart]], staff: list[WorkerDay]) -> list[Offer]:
    able = {w.able for w in staff}
    counted: dict[Need, int] = {}
    found = []
    for rows in parts.values():
        for part in rows:
            need = _need(part, frozenset())
            if need not in counted:
                counted[need] = sum(not refused(one, need) for one in able)
            visit = part.visit
            found.append(
                Offer(part.pk, part.unit.organization_id, part.competence, visit.area_id or visit.person.area_id,
                      visit.window_from, visit.window_to, part.minutes, visit.priority, counted[need])
            )  # fmt: skip
    return found


def services(needs: Needs, staff: list[WorkerDay]) -> Services:
    """Every kind gets its name, and everybody the names of those that she may do."""
    bound = frozenset(act for w in staff for act, person in w.able.delegations if person is not None)
    kinds: dict[tuple[object, ...], str] = {}
    samples: dict[str, Need] = {}
    found = Services()
    for key, need in needs.items():
        sort = kind(need, bound)
        if sort not in kinds:
            taken = need.name in samples
            kinds[sort] = f"{need.name}@{len(kinds)}" if taken else need.name
            samples[kinds[sort]] = need
        found.service[needs.pks[key]] = kinds[sort]
    for worker in staff:
        found.skills[worker.id] = frozenset(n for n, need in samples.items() if not refused(worker.able, need))
    return found

"""What a relative may read of the entries today, as facts for the rules and as a condition of the query (A13)."""

from dataclasses import dataclass

from django.db.models import Q

from samband.core import clock
from samband.core.policy import Actor
from samband.people.models.staff import current
from samband.records.models import Share, SharePart


@dataclass(frozen=True)
class Shared:
    """What holds today for one relative: everything, what some providers wrote, some entries. Empty: nothing."""

    everything: bool = False
    providers: frozenset[tuple[int, bool]] = frozenset()
    entries: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everything or bool(self.providers or self.entries)

    def has(self, entry_id: int, provider: tuple[int, bool]) -> bool:
        return self.everything or provider in self.providers or entry_id in self.entries


NOTHING = Shared()


def standing(actor: Actor, person_id: int) -> list[tuple[int, bool]]:
    """The shares that hold today for this relative, each with whether it is everything."""
    rows = Share.objects.filter(
        current(prefix="relative__"), person=person_id, relative=actor.relative_id or 0, relative__person=person_id,
        relative__reads=True, ended_at__isnull=True, until__gte=clock.today(),
    )  # fmt: skip
    return list(rows.order_by().values_list("pk", "everything"))


def shared(actor: Actor, person_id: int) -> Shared:
    """Two small questions."""
    found = standing(actor, person_id)
    if not found or any(everything for _pk, everything in found):
        return Shared(everything=bool(found))
    parts = SharePart.objects.filter(share__in=[pk for pk, _all in found]).order_by()
    rows = list(parts.values_list("organization_id", "social", "entry_id"))
    return Shared(
        providers=frozenset((org, social) for org, social, _entry in rows if org is not None),
        entries=frozenset(entry for _org, _social, entry in rows if entry is not None),
    )


def readable(known: Shared) -> Q:
    """Of one person's entries: those that `access.read` allows a relative. The tests hold the two to each other."""
    if not known:
        return Q(pk__in=[])
    parts = Q() if known.everything else Q(pk__in=list(known.entries))
    for organization, social in () if known.everything else sorted(known.providers):
        parts |= Q(organization=organization, social=social)
    return Q(signed_at__isnull=False) & parts

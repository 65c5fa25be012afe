"""What the rules need to know about a reader and a person's entries, asked once for a request; and the same as a condition."""

from dataclasses import dataclass, field

from django.db.models import Q

from samband.access.rules import is_care
from samband.access.services.facts import cannot_consent, facts_about
from samband.core import clock
from samband.core.policy import Actor
from samband.people.models import Unit
from samband.records.models import Block, Entry, Information, Reading, ReadingConsent
from samband.records.rules import access
from samband.records.rules.access import EntryFacts
from samband.records.services import near_facts
from samband.records.services.near_facts import NOTHING, Shared

Provider = tuple[int, bool]


@dataclass(frozen=True)
class Around:
    """Everything but the entry: the reader's provider, what the person was told and decided, what the reader opened today."""

    provider: Provider = (0, False)
    unit: int = 0
    relation: bool = False
    informed: bool = False
    consent: bool = False
    incapable: bool = False
    opened: str = ""
    inner: dict[int, str] = field(default_factory=dict)
    blocked: frozenset[Provider] = frozenset()
    inner_blocked: frozenset[int] = frozenset()
    shared: Shared = NOTHING


def social(unit: Unit) -> bool:
    """Whether the unit works under social services law, and so is another provider than its organization's health care."""
    return unit.kind in Unit.SOCIAL


def provider_of(actor: Actor) -> Provider:
    """The provider that the actor acts for; remembered for the request."""
    key = ("records.provider", actor.unit_id)
    if actor.memo is not None and key in actor.memo:
        return actor.memo[key]
    kind = Unit.objects.filter(pk=actor.unit_id or 0).values_list("kind", flat=True).first()
    found = (actor.organization_id or 0, kind in Unit.SOCIAL)
    if actor.memo is not None:
        actor.memo[key] = found
    return found


def takes_part(actor: Actor, person_id: int) -> bool:
    """A1: all that is asked where no entry is in question, as beside the plan. The policy knows it already."""
    return is_care(actor) and facts_about(actor, person_id).relation


def around(actor: Actor, person_id: int) -> Around:
    """Six small questions, remembered for the request; `forget` after something was decided in it."""
    key = ("records", person_id)
    if actor.memo is not None and key in actor.memo:
        return actor.memo[key]
    found = _look_up(actor, person_id) if actor.kind == "staff" else _near(actor, person_id)
    if actor.memo is not None:
        actor.memo[key] = found
    return found


def _near(actor: Actor, person_id: int) -> Around:
    """A relative; the person herself needs no facts."""
    return Around(shared=near_facts.shared(actor, person_id)) if actor.kind == "relative" else Around()


def forget(actor: Actor, person_id: int) -> None:
    if actor.memo is not None:
        actor.memo.pop(("records", person_id), None)


def _look_up(actor: Actor, person_id: int) -> Around:
    provider, today = provider_of(actor), clock.today()
    standing = Block.objects.filter(person=person_id, lifted_at__isnull=True).order_by()
    blocks = list(standing.values_list("organization_id", "social", "unit_id"))
    of_today = Reading.objects.filter(person=person_id, assignment=actor.assignment_id or 0, day=today)
    readings = list(of_today.order_by("at", "pk").values_list("entry_id", "ground"))
    lasting = Q(until__isnull=True) | Q(until__gte=today)
    consent = ReadingConsent.objects.filter(
        lasting, person=person_id, organization=provider[0], social=provider[1], withdrawn_at__isnull=True
    )
    return Around(
        provider=provider,
        unit=actor.unit_id or 0,
        relation=takes_part(actor, person_id),
        informed=Information.objects.filter(person=person_id).exists(),
        consent=consent.exists(),
        incapable=cannot_consent(actor, person_id),
        opened=next((ground for entry, ground in reversed(readings) if entry is None), ""),
        inner={entry: ground for entry, ground in readings if entry is not None},
        blocked=frozenset((org, soc) for org, soc, unit in blocks if unit is None),
        inner_blocked=frozenset(unit for _org, _soc, unit in blocks if unit is not None),
    )


def of_entry(known: Around, entry: Entry) -> EntryFacts:
    """The facts about one entry."""
    source = (entry.organization_id, entry.social)
    return EntryFacts(
        relation=known.relation,
        same_provider=source == known.provider,
        same_unit=entry.unit_id == known.unit,
        signed=entry.signed_at is not None,
        reader_social=known.provider[1],
        source_social=entry.social,
        informed=known.informed,
        blocked=source in known.blocked,
        consent=known.consent,
        incapable=known.incapable,
        opened=known.opened,
        inner_blocked=entry.unit_id in known.inner_blocked,
        inner=known.inner.get(entry.pk, ""),
        shared=known.shared.has(entry.pk, source),
    )


def at_all(known: Around) -> EntryFacts:
    """The facts without an entry: what may be opened, asked for, written."""
    return EntryFacts(
        relation=known.relation, reader_social=known.provider[1], informed=known.informed, consent=known.consent,
        incapable=known.incapable, opened=known.opened,
    )  # fmt: skip


def ours(known: Around) -> Q:
    """Of entries: the reader's own provider's."""
    return Q(organization=known.provider[0], social=known.provider[1])


def blocked(known: Around) -> Q:
    """Of entries: those of providers that the person has blocked. Matches nothing where there is none."""
    found = Q(pk__in=[])
    for organization, soc in sorted(known.blocked):
        found |= Q(organization=organization, social=soc)
    return found


def readable(known: Around) -> Q:
    """Of one person's entries: those that `access.read` allows. The tests hold the two to each other."""
    if not known.relation:
        return Q(pk__in=[])
    inner = ~Q(unit__in=known.inner_blocked) | Q(unit=known.unit) | Q(pk__in=list(known.inner))
    return (ours(known) & inner) | _of_others(known)


def _of_others(known: Around) -> Q:
    if not known.informed or not known.opened:
        return Q(pk__in=[])
    open_at_all = ~ours(known) & Q(signed_at__isnull=False) & ~blocked(known)
    reader_social = known.provider[1]
    if known.incapable:
        allowed = known.opened == access.INCAPABLE
        return open_at_all & (Q(social=True) if reader_social else Q()) if allowed else Q(pk__in=[])
    if known.opened == access.EMERGENCY and not known.consent:
        return open_at_all if not reader_social else Q(pk__in=[])
    return open_at_all if known.consent else Q(pk__in=[])

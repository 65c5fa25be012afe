"""What the pages show: entries in the order of time, what is closed and why, who has written, who may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from samband.core.policy import Actor
from samband.people.models import Organization, Person, Unit
from samband.records.models import Block, Entry, LiftRequest, Reading, ReadingConsent
from samband.records.services import facts
from samband.records.services.facts import Around

PAGE = 25


@dataclass(frozen=True)
class Closed:
    """What is there and is not open to the reader: at other providers (A6), blocked by the person (A5), behind an inner block (A3)."""

    others: bool
    blocked: bool
    inner: list[Entry]


def page(actor: Actor, person: Person, number: str | int, kind: str = "", words: str = "") -> Page:
    """The entries that the reader may read, newest first, chosen in the query."""
    rows = person.entries.filter(facts.readable(facts.around(actor, person.pk)))
    rows = rows.filter(kind=kind) if kind in Entry.Kind.values else rows
    rows = rows.filter(Q(title__icontains=words) | Q(text__icontains=words)) if words else rows
    # Counting groups the rows, and a grouped question forgets the model's order.
    rows = rows.annotate(files_count=Count("attachments", filter=Q(attachments__until_version__isnull=True)))
    rows = rows.order_by("-happened_at", "-id")
    return Paginator(rows.select_related("unit", "organization").prefetch_related("dissents"), PAGE).get_page(number)


def closed(actor: Actor, person: Person) -> Closed:
    """What else there is. Neither whose it is nor how much, but for what the own provider's units wrote (A3, A6)."""
    known = facts.around(actor, person.pk)
    signed = person.entries.filter(signed_at__isnull=False)
    unseen = signed.exclude(facts.ours(known)).exclude(facts.readable(known))
    inner = person.entries.filter(facts.ours(known)).exclude(facts.readable(known)).select_related("unit")
    return Closed(
        others=unseen.exclude(facts.blocked(known)).exists(),
        blocked=unseen.filter(facts.blocked(known)).exists(),
        inner=list(inner[:PAGE]) if known.relation else [],
    )


def own_page(person: Person, number: str | int) -> Page:
    """All that is signed about the person, from every provider (A13)."""
    rows = person.entries.filter(signed_at__isnull=False).select_related("unit", "organization")
    return Paginator(rows.prefetch_related("dissents"), PAGE).get_page(number)


@dataclass(frozen=True)
class Wrote:
    """A provider that has written about the person, whether others are kept from it, and its units."""

    organization: Organization
    social: bool
    key: str
    name: str
    block: Block | None
    units: list[tuple[Unit, Block | None]]


def providers(person: Person) -> list[Wrote]:
    """Who has written about the person, by name; what the person has blocked is there too."""
    blocks = list(Block.objects.filter(person=person, lifted_at__isnull=True).select_related("organization", "unit"))
    wrote = person.entries.order_by().values_list("organization", "social", "unit").distinct()
    units = Unit.objects.select_related("organization").in_bulk([unit for _org, _soc, unit in wrote])
    found: dict[tuple[int, bool], list[Unit]] = {}
    for organization, social, unit in wrote:
        found.setdefault((organization, social), []).append(units[unit])
    rows = [_wrote(key, sorted(mine, key=lambda u: u.sort_name), blocks) for key, mine in found.items()]
    return sorted(rows, key=lambda row: row.name)


def _wrote(key: tuple[int, bool], units: list[Unit], blocks: Sequence[Block]) -> Wrote:
    organization, social = units[0].organization, key[1]
    mine = [b for b in blocks if (b.organization_id, b.social) == key]
    inner = {b.unit_id: b for b in mine if b.unit_id}
    return Wrote(
        organization, social, key_of(organization, social), name_of(organization, social),
        next((b for b in mine if b.unit_id is None), None), [(unit, inner.get(unit.pk)) for unit in units],
    )  # fmt: skip


def name_of(organization: Organization, social: bool) -> str:
    """A municipality's home help is not its home nursing."""
    return _("%(name)s, omsorgen") % {"name": organization.name} if social else organization.name


def decided(person: Person) -> dict[str, Any]:
    """What the person has said about reading between providers, and who has read on which ground."""
    consents = ReadingConsent.objects.filter(person=person, withdrawn_at__isnull=True).select_related("organization")
    readings = Reading.objects.filter(person=person).select_related("assignment__staff", "assignment__unit")[:20]
    return {
        "consents": [(row, name_of(row.organization, row.social)) for row in consents],
        "readings": list(readings),
        "informed": person.informed.first(),
        "asked": list(person.lift_requests.select_related("unit", "block__organization")[:10]),
        "lifted": _lifted_by_others(person),
    }


def _lifted_by_others(person: Person) -> list[tuple[Block, str, str]]:
    """A10: blocks that a provider lifted, newest first: the row, the provider's name, and the key that blocks again.

    The key is empty where she has blocked that provider again already.
    """
    rows = Block.objects.filter(person=person, unit__isnull=True).select_related("organization")
    standing = {(row.organization_id, row.social) for row in rows if row.lifted_at is None}
    lifted = rows.filter(requests__answer=LiftRequest.Answer.LIFTED).distinct().order_by("-lifted_at", "-pk")[:10]
    return [
        (row, name_of(row.organization, row.social),
         "" if (row.organization_id, row.social) in standing else key_of(row.organization, row.social))
        for row in lifted
    ]  # fmt: skip


def key_of(organization: Organization, social: bool) -> str:
    """What a form calls a provider."""
    return f"{organization.public_id}:{int(social)}"


def who_reads(known: Around) -> dict[str, bool]:
    """What the page of the other providers' entries says about where the reader stands."""
    return {
        "informed": known.informed, "consent": known.consent, "incapable": known.incapable, "opened": bool(known.opened),
        "social": known.provider[1],
    }  # fmt: skip

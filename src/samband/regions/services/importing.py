"""A document of the regions into the database: all of it or nothing, nothing twice, and nothing of an editor's overwritten.

    found = importing.preview(content)                 # parse and compare, nothing kept
    done = importing.run(actor, content, name)         # with leave asked (the page)
    done = importing.keep(content, name, actor)        # without (the command line, the demo)

A newer document replaces what an older document said of the same region and section. What a person has written there stays, and is
told as something to look at. A document that speaks for an earlier day than what is there is kept as history at once.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.regions.models import Body, Document, Goal, Irregularity, Region, Section, Source, Statement
from samband.regions.rules.layout import COLLABORATION, DIRECTION, KEYS
from samband.regions.rules.parse import parse
from samband.regions.rules.parsed import Account, Parsed
from samband.regions.rules.reading import Note
from samband.regions.services import finding, known
from samband.regions.services.rows import Made, rows_of

COMMAND = Actor(name="Kommandoraden", label="Samband")
MODELS: tuple[type[Any], ...] = (Section, Statement, Document, Goal, Body, Irregularity)
Placed = tuple[Region, Account]


@dataclass(frozen=True)
class Conflict:
    """Somebody has written of this region and section, and a document now says something of it too."""

    region: str
    section: str
    said_by: str
    text: str


@dataclass
class Outcome:
    """What came of it. `same`: the very file is there already, and nothing was written."""

    parsed: Parsed
    source: Source | None = None
    same: bool = False
    older: bool = False
    made: Counter = field(default_factory=Counter)
    ended: int = 0
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def notes(self) -> list[Note]:
        return self.parsed.notes


def preview(content: bytes) -> Outcome:
    """Read and compare; nothing is kept. Raises Unreadable."""
    outcome = Outcome(parse(content))
    outcome.source = _known_source(outcome.parsed)
    outcome.same = outcome.source is not None
    accounts = _placed(outcome.parsed, {row.code: row for row in Region.objects.all()})
    for account in outcome.parsed.accounts:
        outcome.made.update(_counted(account))
    outcome.conflicts = _conflicts(accounts)
    return outcome


def run(actor: Actor, content: bytes, name: str, as_of: date | None = None) -> Outcome:
    """As `keep`, for somebody who has to have leave. Raises Denied, Unreadable."""
    policy.require(actor, "region.edit")
    return keep(content, name, actor, as_of)


def keep(content: bytes, name: str, actor: Actor = COMMAND, as_of: date | None = None) -> Outcome:
    """Read the file in. One transaction; the same file twice changes nothing. Raises Unreadable."""
    outcome = Outcome(parse(content))
    with transaction.atomic():
        outcome.source = _known_source(outcome.parsed)
        if outcome.source is not None:
            outcome.same = True
            return outcome
        regions = known.load()
        day = as_of or outcome.parsed.as_of or clock.today()
        if day > clock.today():
            raise ValidationError({"as_of": _("Dagen har inte varit än. Skriv den dag som dokumentet gäller för.")})
        outcome.source = _source(outcome, name, actor, day)
        outcome.older = Source.objects.filter(kind=Source.Kind.DOCUMENT, as_of__gt=day).exists()
        _keep_all(outcome, regions, actor)
        if not outcome.older:
            finding.rebuild()
        audit.record(
            actor, "region.edit", thing=outcome.source, rule="A1", imported=dict(outcome.made), ended=outcome.ended,
            conflicts=len(outcome.conflicts),
        )  # fmt: skip
    return outcome


def _known_source(parsed: Parsed) -> Source | None:
    """The very document, if it is here: told by its lines, so other ends of lines make no other document."""
    return Source.objects.filter(kind=Source.Kind.DOCUMENT, sha256=parsed.digest).first()


def _source(outcome: Outcome, name: str, actor: Actor, day: date) -> Source:
    notes = [{"line": note.line, "what": note.what, "text": note.text} for note in outcome.notes]
    return Source.objects.create(
        name=outcome.parsed.title or name[:300], as_of=day, sha256=outcome.parsed.digest,
        file_name=name[:200], lines=outcome.parsed.lines, report=notes, added_by=actor.name,
    )  # fmt: skip


def _keep_all(outcome: Outcome, regions: dict[str, Region], actor: Actor) -> None:
    """Every account: end what is superseded, then write. Three queries for each kind, however many regions there are."""
    source = outcome.source
    assert source is not None
    accounts = _placed(outcome.parsed, regions)
    outcome.conflicts = _conflicts(accounts)
    if not outcome.older:
        outcome.ended = sum(_supersede(accounts, source, actor))
    made = Made()
    told = set(Section.objects.filter(ended_at__isnull=True).exclude(source=source).values_list("region_id", "key"))
    for region, account in accounts:
        rows_of(account, region, source, made, {key for region_id, key in told if region_id == region.pk})
    if outcome.older:
        made.end(clock.now(), actor.name)
    outcome.made = made.keep()


def _placed(parsed: Parsed, regions: dict[str, Region]) -> list[Placed]:
    """The accounts with their regions; one of no known region is left out (and told in the report)."""
    return [(regions[row.known.code], row) for row in parsed.accounts if row.known and row.known.code in regions]


def _supersede(accounts: list[Placed], source: Source, actor: Actor) -> Iterator[int]:
    """End what earlier documents said of the same regions and sections. What a person wrote stays."""
    for model in MODELS:
        rows = model.objects.filter(ended_at__isnull=True, source__kind=Source.Kind.DOCUMENT).exclude(source=source)
        yield rows.filter(_same_sections(model, accounts)).update(ended_at=clock.now(), ended_by=actor.name)


def _same_sections(model: type[Any], accounts: list[Placed]) -> Q:
    """The rows of the regions, in the sections that the accounts have."""
    if model is Irregularity:
        return Q(region__in=[region for region, _account in accounts])
    found = Q(pk__in=[])
    for key in KEYS:
        regions = [region for region, account in accounts if account.has(key)]
        if model is Section:
            found |= Q(region__in=regions, key=key)
        elif model is Statement:
            found |= Q(region__in=regions, section=key)
        elif key == (COLLABORATION if model is Body else DIRECTION):
            found |= Q(region__in=regions)
    return found


def _conflicts(accounts: list[Placed]) -> list[Conflict]:
    """What persons have written of sections that the accounts speak of."""
    present = {region.pk: {heading.key for heading in account.headings} for region, account in accounts}
    found: list[Conflict] = []
    for model in MODELS:
        rows = model.objects.filter(region__in=present, ended_at__isnull=True, source__kind=Source.Kind.EDITOR)
        for row in rows.select_related("region"):
            key = section_of(row)
            if not key or key in present[row.region_id]:
                found.append(Conflict(row.region.name, key, row.said_by, str(row)[:120]))
    return found


def section_of(row: Any) -> str:
    """Which section a row belongs to, as the source has it; empty where it belongs to none."""
    if isinstance(row, Section):
        return row.key
    if isinstance(row, Statement):
        return row.section
    if isinstance(row, Document | Goal):
        return DIRECTION
    return COLLABORATION if isinstance(row, Body) else ""


def _counted(account: Account) -> Counter:
    return Counter(
        Section=len(account.headings), Statement=len(account.said), Document=len(account.documents),
        Goal=len(account.goals), Body=len(account.bodies), Irregularity=len(account.odd),
    )  # fmt: skip


__all__ = ["COMMAND", "KEYS", "Conflict", "Outcome", "keep", "preview", "run", "section_of"]

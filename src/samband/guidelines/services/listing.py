"""The list of routines: what a reader may see, filtered and searched in the query, a page at a time."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from samband.core import clock, policy
from samband.core.policy import Actor
from samband.core.text import fold
from samband.guidelines.models import Divergence, Guideline, GuidelineVersion, ReadReceipt
from samband.guidelines.services import concerned, search
from samband.people.models import Unit

Status = GuidelineVersion.Status
SHOWS = ("current", "unread", "due", "draft", "withdrawn", "retired")
INDEXED = ("current", "unread", "due")  # whose text in force is in the index of search
PAGE = 25
WORDS = 8  # of a search; the rest is not asked for


@dataclass(frozen=True)
class Asked:
    """What the list is asked for. `show`: one of SHOWS; `owner`: a unit's public id."""

    q: str = ""
    level: str = ""
    owner: str = ""
    show: str = "current"

    @classmethod
    def of(cls, data: Any) -> "Asked":
        show, level = data.get("show", ""), data.get("level", "")
        return cls(
            " ".join(data.get("q", "").split())[:200], level if level in Guideline.Level.values else "",
            data.get("owner", "")[:36], show if show in SHOWS else "current",
        )  # fmt: skip


def rows(actor: Actor, asked: Asked) -> QuerySet[Guideline]:
    """The routines asked for, by name, with what a line shows."""
    found = policy.scoped(actor, "guideline.list", Guideline.objects.all()).select_related(
        "unit", "current", "specialises"
    )
    found = _shown(actor, found, asked.show)
    if asked.level:
        found = found.filter(level=asked.level)
    if asked.owner:
        owner = next((u for u in owners(actor) if str(u.public_id) == asked.owner), None)
        found = found.filter(unit=owner)
    if asked.q and asked.show not in INDEXED:
        for word in fold(asked.q).split()[:WORDS]:
            found = found.filter(_says(word))
    open_conflict = Divergence.objects.filter(guideline=OuterRef("pk"), resolved_at__isnull=True)
    mine = ReadReceipt.objects.filter(version=OuterRef("current"), assignment=actor.assignment_id or 0)
    return found.annotate(diverges=Exists(open_conflict), is_read=Exists(mine))


def _says(word: str) -> Q:
    """The word in any version, where the index does not reach: drafts, withdrawn ones, those that rest."""
    needle = word if len(word) >= 4 else f" {word}"
    return Q(pk__in=GuidelineVersion.objects.filter(found_text__contains=needle).values("guideline")) | Q(
        name__icontains=word
    )


def searched(found: QuerySet[Guideline], q: str) -> list[Any]:
    """The rows that the index finds, best first, each with the sentence where it stands (`hit`)."""
    hits = {hit.object_id: hit for hit in search.hits(q, found.order_by())}
    rows = found.in_bulk(hits)
    for pk, row in rows.items():
        row.hit = hits[pk]  # type: ignore[attr-defined]
    return [rows[pk] for pk in hits if pk in rows]


def _shown(actor: Actor, found: QuerySet, show: str) -> QuerySet:
    if show == "retired":
        return found.filter(retired_at__isnull=False)
    found = found.filter(retired_at__isnull=True)
    if show == "draft":
        drafts = policy.scoped(actor, "guideline.edit", GuidelineVersion.objects.filter(status=Status.DRAFT))
        return found.filter(pk__in=drafts.values("guideline"))
    if show == "withdrawn":
        return found.filter(current__isnull=True, versions__status=Status.WITHDRAWN).distinct()
    if show == "due":
        return found.filter(current__review_by__lte=clock.today())
    if show == "unread":
        return unread(actor, found)
    return found.filter(current__isnull=False)


def unread(actor: Actor, found: QuerySet) -> QuerySet:
    """Those that the reader's unit works by and whose version in force she has not signed for."""
    kind = Unit.objects.filter(pk=actor.unit_id or 0).values_list("kind", flat=True).first() or ""
    mine = ReadReceipt.objects.filter(assignment=actor.assignment_id or 0).values("version")
    ours = Guideline.objects.filter(concerned.concerns(actor, kind)).values("pk")
    return found.filter(pk__in=ours, current__isnull=False).exclude(current__in=mine)


def owners(actor: Actor) -> list[Unit]:
    """The units that own a routine the reader may see."""
    mine = policy.scoped(actor, "guideline.list", Guideline.objects.all())
    return list(Unit.objects.filter(pk__in=mine.values("unit")))

"""Who reads and keeps the common routines, registered with the decision point."""

from typing import Any

from django.db.models import Q, QuerySet

from samband.core import policy
from samband.core.policy import Actor, Decision
from samband.guidelines.models import (
    Divergence,
    Guideline,
    GuidelineFeedback,
    GuidelineFile,
    GuidelineUse,
    GuidelineVersion,
    ReadReceipt,
)
from samband.guidelines.rules import access

Status = GuidelineVersion.Status
ROWS = (Guideline, GuidelineVersion, GuidelineFile, GuidelineUse, GuidelineFeedback, Divergence, ReadReceipt)
# The way from a row to its routine, as the query writes it.
WAY = {Guideline: "", GuidelineFile: "version__guideline__", ReadReceipt: "version__guideline__"}


def routine(thing: Any) -> Guideline:
    """The routine that a row belongs to."""
    if isinstance(thing, Guideline):
        return thing
    return thing.version.guideline if hasattr(thing, "version_id") else thing.guideline


def _open(thing: Any) -> bool:
    """Whether the row may be read by all staff: a version that was ever published, or a routine that has one."""
    if isinstance(thing, GuidelineVersion):
        return thing.status != Status.DRAFT
    if isinstance(thing, GuidelineFile):
        return thing.version.status != Status.DRAFT
    return routine(thing).versions.exclude(status=Status.DRAFT).exists()


@policy.rule("guideline.list")
def list_guidelines(actor: Actor, thing: Any = None) -> Decision:
    return access.read(actor)


@policy.rule("guideline.read", about=(Guideline, GuidelineVersion, GuidelineFile))
def read(actor: Actor, thing: Any) -> Decision:
    """Published and withdrawn ones by all staff; drafts by those who keep the routine."""
    reads = access.read(actor)
    return reads if reads and _open(thing) else access.edit(actor, routine(thing).unit_id)


@policy.rule("guideline.edit", about=ROWS)
def edit(actor: Actor, thing: Any) -> Decision:
    return access.edit(actor, routine(thing).unit_id)


@policy.rule("guideline.create")
def create(actor: Actor, thing: Any = None) -> Decision:
    return access.create(actor)


@policy.rule("guideline.common")
def make_common(actor: Actor, thing: Any = None) -> Decision:
    return access.make_common(actor)


def _kept(actor: Actor, way: str) -> Q | None:
    """The condition for what this reader keeps; None where it is everything."""
    if access.keeps_all(actor):
        return None
    units = actor.unit_ids if actor.role == "coordinator" and actor.org_kind != "outside" else ()
    return Q(**{f"{way}unit__in": units})


@policy.scope("guideline.edit")
def editable(actor: Actor, rows: QuerySet) -> QuerySet:
    if rows.model not in ROWS or actor.kind != "staff":
        return rows.none()
    kept = _kept(actor, WAY.get(rows.model, "guideline__"))
    return rows if kept is None else rows.filter(kept)


@policy.scope("guideline.list", "guideline.read")
def readable(actor: Actor, rows: QuerySet) -> QuerySet:
    if rows.model not in (Guideline, GuidelineVersion, GuidelineFile) or not access.read(actor):
        return rows.none()
    kept = _kept(actor, WAY.get(rows.model, "guideline__"))
    if kept is None:
        return rows
    if rows.model is Guideline:
        done = GuidelineVersion.objects.exclude(status=Status.DRAFT).values("guideline")
        return rows.filter(kept | Q(pk__in=done))
    return rows.filter(kept | ~Q(**{"version__status" if rows.model is GuidelineFile else "status": Status.DRAFT}))

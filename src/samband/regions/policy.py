"""Who reads and keeps what is known of the regions, registered with the decision point."""

from typing import Any

from django.db.models import QuerySet

from samband.core import policy
from samband.core.policy import Actor, Decision
from samband.regions import models as own
from samband.regions.rules import access

ROWS = (
    own.Region, own.Source, own.Section, own.Statement, own.Document, own.Goal, own.Body, own.Irregularity, own.Theme,
    own.Municipality, own.Indicator, own.IndicatorValue,
)  # fmt: skip


@policy.rule("region.list", "region.read", about=ROWS)
def read(actor: Actor, thing: Any = None) -> Decision:
    return access.read(actor)


@policy.rule("region.edit", about=ROWS)
def edit(actor: Actor, thing: Any = None) -> Decision:
    return access.edit(actor)


@policy.scope("region.list", "region.read")
def readable(actor: Actor, rows: QuerySet) -> QuerySet:
    return rows if rows.model in ROWS and access.read(actor) else rows.none()


@policy.scope("region.edit")
def editable(actor: Actor, rows: QuerySet) -> QuerySet:
    return rows if rows.model in ROWS and access.edit(actor) else rows.none()

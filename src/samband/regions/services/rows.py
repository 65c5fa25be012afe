"""An account as rows: everything is laid out first and written in a few strokes (bulk), parents before what stands under them."""

from collections import Counter
from datetime import datetime
from typing import Any

from samband.regions.models import Body, Document, Goal, Irregularity, Region, Section, Source, Statement
from samband.regions.rules import told
from samband.regions.rules.parsed import Account, Said


class Made:
    """Rows that wait to be written."""

    def __init__(self) -> None:
        self.rows: dict[type[Any], list[Any]] = {}
        self.under: list[tuple[Statement, Statement]] = []

    def add(self, row: Any) -> Any:
        self.rows.setdefault(type(row), []).append(row)
        return row

    def end(self, moment: datetime, by: str) -> None:
        """They are history from the start: a later document has spoken already."""
        for rows in self.rows.values():
            for row in rows:
                row.ended_at, row.ended_by = moment, by

    def keep(self) -> Counter:
        """Write them; how many of each model."""
        for model, rows in self.rows.items():
            if model is not Statement:
                model.objects.bulk_create(rows, batch_size=500)
        statements = self.rows.get(Statement, [])
        held = {id(child) for child, _parent in self.under}
        Statement.objects.bulk_create([row for row in statements if id(row) not in held], batch_size=300)
        level = self.under
        while level:
            ready = [(child, parent) for child, parent in level if parent.pk]
            if not ready:
                break
            for child, parent in ready:
                child.parent = parent
            Statement.objects.bulk_create([child for child, _parent in ready], batch_size=300)
            level = [(child, parent) for child, parent in level if not child.pk]
        return Counter({model.__name__: len(rows) for model, rows in self.rows.items()})


def rows_of(account: Account, region: Region, source: Source, made: Made, told_before: set[str] | None = None) -> None:
    """All that the account says, as rows of this source. `told_before`: sections that an earlier source still speaks for."""
    common: dict[str, Any] = {"region": region, "source": source, "as_of": source.as_of}
    for order, heading in enumerate(account.headings):
        made.add(Section(**common, order=order, line=heading.line, key=heading.key, heading=heading.heading[:300]))
    _statements(account.said, common, made)
    for order, row in enumerate(account.documents):
        made.add(
            Document(
                **common, order=order, line=row.line, original=row.original, name=(row.name or "")[:300], year=row.year,
                role=row.role[:60], decided_by=row.decided_by[:200], period=row.period[:20],
            )
        )  # fmt: skip
    for order, goal in enumerate(account.goals):
        made.add(
            Goal(
                **common, order=order, line=goal.line, year=goal.year, horizon=goal.horizon[:120],
                period=goal.period[:20], text=("Gemensamt: " if goal.joint else "") + goal.said,
            )
        )  # fmt: skip
    for order, body in enumerate(account.bodies):
        made.add(
            Body(
                **common, order=order, line=body.line, original=body.original, name=body.name[:200],
                short_name=body.short_name[:40], kind=body.kind[:60], level=body.level[:60],
            )
        )  # fmt: skip
    for order, odd in enumerate(account.odd):
        if odd.missing and odd.missing in (told_before or ()):
            continue
        made.add(Irregularity(**common, order=order, line=odd.line, missing=odd.missing, text=told.odd(odd)[:300]))


def _statements(said: list[Said], common: dict[str, Any], made: Made) -> None:
    by_line: dict[int, Statement] = {}
    for order, row in enumerate(said):
        statement = made.add(
            Statement(
                **common, order=order, line=row.line, original=row.original, section=row.section, form=row.form,
                heading=row.heading[:300], text=row.text, parties=row.parties[:300], status=row.status[:60],
            )
        )  # fmt: skip
        if row.parent in by_line:
            made.under.append((statement, by_line[row.parent]))
        by_line[row.line] = statement

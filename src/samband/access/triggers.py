"""The database itself keeps `CareRelation.agreed`: whether the same unit is also a party of the plan (P2, P6), whoever writes.

With it "may the unit read the plan" is one look in an index instead of two for each of a county's persons. It has nothing
to do with the day, so that it holds until somebody writes: the days of the relation are compared when the question is asked.
"""

from samband.core.triggers import Kept, Trigger

AGREED = (
    "EXISTS (SELECT 1 FROM access_party p WHERE p.unit_id = access_carerelation.unit_id"
    " AND p.person_id = access_carerelation.person_id AND p.withdrawn_at IS NULL)"
)
WORK_OUT = f"UPDATE access_carerelation SET agreed = {AGREED}"
# Only where it is wrong: the trigger below may then hear of its own change and has nothing more to do.
OF_ROW = f"{WORK_OUT} WHERE unit_id = {{row}}.unit_id AND person_id = {{row}}.person_id AND agreed <> {AGREED}"


def _triggers(table: str, columns: str, events: tuple[str, ...]) -> tuple[Trigger, ...]:
    rows = {"insert": ("NEW",), "delete": ("OLD",), "update": ("NEW", "OLD")}
    return tuple(
        Trigger(
            f"{table}_agreed_{event}",
            table,
            f"UPDATE OF {columns}" if event == "update" else event.upper(),
            tuple(OF_ROW.format(row=row) for row in rows[event]),
        )
        for event in events
    )


KEPT = Kept(
    triggers=(
        *_triggers("access_party", "unit_id, person_id, withdrawn_at", ("insert", "update", "delete")),
        # `agreed` is among the columns: a row that was read before the person agreed and is saved after it writes what was.
        *_triggers("access_carerelation", "unit_id, person_id, agreed", ("insert", "update")),
    ),
    fields=(("access", "CareRelation", "agreed"), ("access", "Party", "withdrawn_at")),
    refill=WORK_OUT,
)

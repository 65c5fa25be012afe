"""The database itself notes whose mark may not hold any more, whoever writes: a service, an import, a shell.

A handler in Python would miss what is written in bulk, and a mark that is wrong is worse than a slow board. The triggers
only add a line to `board_markdue`; what the line means is worked out in `services.marks`.
"""

from dataclasses import dataclass

from samband.core.triggers import Kept, Trigger

DUE = "board_markdue"
EVENTS = ("insert", "update", "delete")
PERSON = "{row}.person_id"
OF_PLAN = "p.person_id FROM plans_careplan p WHERE p.id = {row}.plan_id"
OF_UNIT = "r.person_id FROM access_carerelation r WHERE r.unit_id = {row}.id"


@dataclass(frozen=True)
class Watch:
    """A table, the columns whose change matters (none: all), and what is selected of the row: whose mark it may change."""

    table: str
    columns: tuple[str, ...] = ()
    whose: str = PERSON
    events: tuple[str, ...] = EVENTS

    def triggers(self) -> list[Trigger]:
        return [
            Trigger(f"{self.table}_mark_{event}", self.table, self.when(event), (self.note(event),))
            for event in self.events
        ]

    def when(self, event: str) -> str:
        return "UPDATE OF " + ", ".join(self.columns) if event == "update" and self.columns else event.upper()

    def note(self, event: str) -> str:
        """The statement inside the trigger, for the row as it was, as it is, or both."""
        rows = {"insert": ("NEW",), "delete": ("OLD",), "update": ("NEW", "OLD")}[event]
        return f"INSERT INTO {DUE} (person) SELECT " + " UNION SELECT ".join(self.whose.format(row=row) for row in rows)


WATCHED = (
    Watch("people_person", ("deceased_on",), whose="{row}.id", events=("insert", "update")),
    Watch("people_contactrole", ("person_id", "kind", "starts_on", "ends_on")),
    Watch("access_carerelation", ("person_id", "unit_id", "starts_on", "ends_on")),
    Watch("access_consent", ("person_id", "given_at", "withdrawn_at")),
    Watch("plans_careplan", ("person_id", "status", "starts_on", "follow_up_on")),
    Watch("plans_approval", whose=OF_PLAN),
    # Only what may be a change of what was agreed (plans.services.agreement.CONTENT); most of a history is not.
    Watch("plans_revision", whose=OF_PLAN + " AND {row}.kind IN ('add', 'change')"),
    Watch("people_unit", ("kind",), whose=OF_UNIT, events=("update",)),
)
KEPT = Kept(
    triggers=tuple(trigger for watch in WATCHED for trigger in watch.triggers()),
    fields=(
        ("board", "MarkDue", "person"),
        ("people", "ContactRole", "kind"),
        ("access", "CareRelation", "unit"),
        ("access", "Consent", "withdrawn_at"),
        ("plans", "Approval", "plan"),
    ),
    refill=f"INSERT INTO {DUE} (person) SELECT id FROM people_person",
)

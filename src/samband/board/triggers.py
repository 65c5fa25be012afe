"""The database itself notes whose mark may not hold any more, whoever writes: a service, an import, a shell.

A handler in Python would miss what is written in bulk, and a mark that is wrong is worse than a slow board. The triggers
only add a line to `board_markdue`; what the line means is worked out in `services.marks`.

SQLite makes a table anew when a migration changes it, and loses its triggers on the way. So they are taken away before
any migration and put back after it, and everybody's mark is then worked out again (that also fills a new table).
"""

from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

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

    def name(self, event: str) -> str:
        return f"{self.table}_mark_{event}"

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


def connect(sender: Any) -> None:
    """Once, when the app is ready."""
    pre_migrate.connect(_before, sender=sender, dispatch_uid="board.triggers")
    post_migrate.connect(_after, sender=sender, dispatch_uid="board.triggers")


def _before(using: str, plan: Any = None, **_rest: Any) -> None:
    if plan:
        remove(connections[using])


def _after(using: str, apps: Any, plan: Any = None, **_rest: Any) -> None:
    known = (
        ("board", "MarkDue"),
        ("people", "ContactRole"),
        ("access", "CareRelation"),
        ("access", "Consent"),
        ("plans", "Approval"),
    )
    if not plan or any(name.lower() not in apps.all_models[app] for app, name in known):
        return
    install(connections[using])
    with connections[using].cursor() as cursor:
        cursor.execute(f"INSERT INTO {DUE} (person) SELECT id FROM people_person")


def install(connection: Any) -> None:
    """Put the triggers in place; those that stand there already are replaced."""
    remove(connection)
    with connection.cursor() as cursor:
        for watch in WATCHED:
            for event in watch.events:
                for statement in _create(connection.vendor, watch, event):
                    cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the triggers away, as far as they and their tables exist."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for watch in WATCHED:
            for event in watch.events if watch.table in tables else ():
                if connection.vendor == "postgresql":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {watch.name(event)} ON {watch.table}")
                else:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {watch.name(event)}")


def _create(vendor: str, watch: Watch, event: str) -> list[str]:
    name, note = watch.name(event), watch.note(event)
    head = f"CREATE TRIGGER {name} AFTER {watch.when(event)} ON {watch.table} FOR EACH ROW"
    if vendor != "postgresql":
        return [f"{head} BEGIN {note}; END"]
    body = f"$$ BEGIN {note}; RETURN NULL; END $$"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"{head} EXECUTE FUNCTION {name}()",
    ]

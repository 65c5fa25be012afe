"""Triggers that keep what is worked out from other rows right, whoever writes: a service, an import, a shell.

SQLite makes a table anew when a migration changes it, and loses its triggers on the way. So they are taken away before any
migration and put back after it, and everything is then worked out again (`refill`, which also fills a new table or column).
What must never change at all stands in `append_only`.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


@dataclass(frozen=True)
class Trigger:
    """After `event` ("INSERT", "UPDATE OF a, b", "DELETE") of a row of `table`, the statements run (NEW and OLD are at hand)."""

    name: str
    table: str
    event: str
    statements: tuple[str, ...]

    def create(self, vendor: str) -> list[str]:
        head = f"CREATE TRIGGER {self.name} AFTER {self.event} ON {self.table} FOR EACH ROW"
        body = "; ".join(self.statements)
        if vendor != "postgresql":
            return [f"{head} BEGIN {body}; END"]
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {body}; RETURN NULL; END $$",
            f"{head} EXECUTE FUNCTION {self.name}()",
        ]

    def drop(self, vendor: str) -> str:
        return f"DROP TRIGGER IF EXISTS {self.name}" + (f" ON {self.table}" if vendor == "postgresql" else "")


@dataclass(frozen=True)
class Kept:
    """The triggers of a module. `fields`: (app, model, field) that must be there first; `refill` works everything out."""

    triggers: tuple[Trigger, ...]
    fields: tuple[tuple[str, str, str], ...]
    refill: str

    def connect(self, sender: Any) -> None:
        """Once, when the app is ready."""
        key = f"{sender.label}.triggers"
        pre_migrate.connect(self.before, sender=sender, dispatch_uid=key)
        post_migrate.connect(self.after, sender=sender, dispatch_uid=key)

    def before(self, using: str, plan: Any = None, **_rest: Any) -> None:
        if plan:
            self.remove(connections[using])

    def after(self, using: str, apps: Any, plan: Any = None, **_rest: Any) -> None:
        if not plan or not all(_has(apps, *field) for field in self.fields):
            return
        self.install(connections[using])
        with connections[using].cursor() as cursor:
            cursor.execute(self.refill)

    def install(self, connection: Any) -> None:
        """Put the triggers in place; those that stand there already are replaced."""
        self.remove(connection)
        with connection.cursor() as cursor:
            for trigger in self.triggers:
                for statement in trigger.create(connection.vendor):
                    cursor.execute(statement)

    def remove(self, connection: Any) -> None:
        """Take the triggers away, as far as they and their tables exist."""
        with connection.cursor() as cursor:
            tables = set(connection.introspection.table_names(cursor))
            for trigger in self.triggers:
                if trigger.table in tables:
                    cursor.execute(trigger.drop(connection.vendor))


def _has(apps: Any, app: str, model: str, field: str) -> bool:
    found = apps.all_models[app].get(model.lower())
    return found is not None and any(f.name == field for f in found._meta.get_fields())

"""Tables that are written to and never changed: the database itself refuses UPDATE and DELETE (A15, A17). For migrations.

Thinning has one way through (`thinned`): a row may be removed only where the thing it belongs to is released in `core_release`, is
over, and both lie more than ten years back by the database's own clock. No setting, session or role opens anything else.
"""

from dataclasses import dataclass

from django.db.migrations import RunPython


def only_written(what: str, *tables: str) -> RunPython:
    """Triggers on both engines; `what` begins the sentence that SQLite answers with. Wants core's 0002, whose function refuses."""

    def up(_apps, schema_editor):
        for table in tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION samband_append_only()"
                )
                continue
            for verb in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{what} append-only'); END"
                )

    def down(_apps, schema_editor):
        for table in tables:
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
                continue
            for verb in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")

    return RunPython(up, down)


@dataclass(frozen=True)
class Way:
    """A table whose rows go with a thing: its key to it, when the row was written, and where the thing lies and when it was over.

    `over` is a condition of the thing as `t`; `{now}` in it is the moment ten years ago, `{day}` that day.
    """

    table: str
    key: str
    at: str
    thing: str
    over: str

    def open(self, now: str, day: str) -> str:
        """True for a row (OLD) that may be removed."""
        return (
            f"OLD.{self.at} < {now} AND EXISTS (SELECT 1 FROM core_release r JOIN {self.thing} t ON t.id = r.key "
            f"WHERE r.thing = '{self.thing}' AND r.key = OLD.{self.key} AND {self.over.format(now=now, day=day)})"
        )


def thinned(what: str, *ways: Way) -> RunPython:
    """Instead of `only_written`'s refusal to delete: refuse all but what thinning released. UPDATE is refused as before."""

    def up(_apps, schema_editor):
        vendor = schema_editor.connection.vendor
        for way in ways:
            for sentence in _postgresql(way) if vendor == "postgresql" else _sqlite(way, what):
                schema_editor.execute(sentence, params=None)

    def down(_apps, schema_editor):
        for way in ways:
            table = way.table
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER {table}_kept ON {table}")
                schema_editor.execute(f"DROP FUNCTION {table}_kept()")
                schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
                schema_editor.execute(_always("UPDATE OR DELETE", table))
                continue
            schema_editor.execute(f"DROP TRIGGER {table}_no_delete")
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{what} append-only'); END"
            )

    return RunPython(up, down)


def _always(verbs: str, table: str) -> str:
    return f"CREATE TRIGGER {table}_append_only BEFORE {verbs} ON {table} FOR EACH ROW EXECUTE FUNCTION samband_append_only()"


def _postgresql(way: Way) -> list[str]:
    table = way.table
    ago = "(now() - interval '10 years')"
    return [
        f"CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {way.open(ago, f'{ago}::date')} THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'what was written here is append-only'; END $$",
        f"DROP TRIGGER {table}_append_only ON {table}",
        _always("UPDATE", table),
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_kept()",
    ]


def _sqlite(way: Way, what: str) -> list[str]:
    now, day = "strftime('%Y-%m-%d %H:%M:%S', 'now', '-10 years')", "date('now', '-10 years')"
    return [
        f"DROP TRIGGER {way.table}_no_delete",
        f"CREATE TRIGGER {way.table}_no_delete BEFORE DELETE ON {way.table} WHEN NOT ({way.open(now, day)}) "
        f"BEGIN SELECT RAISE(ABORT, '{what} append-only'); END",
    ]

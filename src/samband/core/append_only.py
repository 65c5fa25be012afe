"""Tables that are written to and never changed: the database itself refuses UPDATE and DELETE (A15, A17). For migrations."""

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

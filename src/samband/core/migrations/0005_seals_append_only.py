"""Seals are append-only too, and what thinning may take away is decided by the database itself.

A seal may only lose its leaves, and only when its month is more than five years old (A15). Entries and their subjects may be
deleted only where the seal that answers for them has lost its leaves. So thinning goes by whole sealed months, and no setting,
session or role opens anything else.
"""

from django.db import migrations

MESSAGE = "the audit is append-only"
EVENTS = {"core_auditevent": "id", "core_auditsubject": "event_id"}
KEPT = ("number", "period", "sealed_at", "first_id", "last_id", "entries", "root", "anchor", "before", "digest")
# The first seal that reaches the id is the one that answers for it.
RELEASED = "SELECT leaves IS NULL FROM core_auditseal WHERE last_id >= OLD.{key} ORDER BY last_id LIMIT 1"


def released(key):
    return f"COALESCE(({RELEASED.format(key=key)}), {{no}})"


def up_postgresql(run):
    same = " AND ".join(f'NEW."{name}" IS NOT DISTINCT FROM OLD."{name}"' for name in KEPT)
    old = "OLD.period < to_char((now() AT TIME ZONE 'UTC') - interval '5 years', 'YYYY-MM')"
    run(
        "CREATE FUNCTION samband_seal_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'UPDATE' THEN "
        f"IF NEW.leaves IS NULL AND OLD.leaves IS NOT NULL AND {old} AND {same} THEN RETURN NEW; END IF; "
        f"END IF; RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    run(
        "CREATE TRIGGER core_auditseal_append_only BEFORE UPDATE OR DELETE ON core_auditseal "
        "FOR EACH ROW EXECUTE FUNCTION samband_seal_kept()"
    )
    for table, key in EVENTS.items():
        run(
            f"CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {released(key).format(no='false')} THEN RETURN OLD; END IF; RAISE EXCEPTION '{MESSAGE}'; END $$"
        )
        run(f"DROP TRIGGER {table}_append_only ON {table}")
        run(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION samband_append_only()"
        )
        run(
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_kept()"
        )
    for table in (*EVENTS, "core_auditseal"):
        run(
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION samband_append_only()"
        )


def down_postgresql(run):
    for table in (*EVENTS, "core_auditseal"):
        run(f"DROP TRIGGER {table}_not_emptied ON {table}")
    run("DROP TRIGGER core_auditseal_append_only ON core_auditseal")
    run("DROP FUNCTION samband_seal_kept()")
    for table in EVENTS:
        run(f"DROP TRIGGER {table}_kept ON {table}")
        run(f"DROP FUNCTION {table}_kept()")
        run(f"DROP TRIGGER {table}_append_only ON {table}")
        run(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION samband_append_only()"
        )


def up_sqlite(run):
    same = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in KEPT)
    old = "OLD.period < strftime('%Y-%m', 'now', '-5 years')"
    no = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    run(
        "CREATE TRIGGER core_auditseal_no_update BEFORE UPDATE ON core_auditseal "
        f"WHEN NOT (NEW.leaves IS NULL AND OLD.leaves IS NOT NULL AND {old} AND {same}) {no}"
    )
    run(f"CREATE TRIGGER core_auditseal_no_delete BEFORE DELETE ON core_auditseal {no}")
    for table, key in EVENTS.items():
        run(f"DROP TRIGGER {table}_no_delete")
        run(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"WHEN NOT {released(key).format(no='0')} {no}"
        )


def down_sqlite(run):
    run("DROP TRIGGER core_auditseal_no_update")
    run("DROP TRIGGER core_auditseal_no_delete")
    for table in EVENTS:
        run(f"DROP TRIGGER {table}_no_delete")
        run(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END")


def up(apps, schema_editor):
    (up_postgresql if schema_editor.connection.vendor == "postgresql" else up_sqlite)(_run(schema_editor))


def down(apps, schema_editor):
    (down_postgresql if schema_editor.connection.vendor == "postgresql" else down_sqlite)(_run(schema_editor))


def _run(schema_editor):
    # No parameters: the percent signs of strftime stand as they are.
    return lambda sql: schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("core", "0004_seals")]
    operations = [migrations.RunPython(up, down)]

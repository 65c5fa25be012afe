"""How old the demo county is: its times were laid around the day it was loaded, so after some days all of them have passed."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from samband.core import clock
from samband.plans.models import CarePlan

OLD = 3  # days


def days() -> int:
    """Whole days since the county was loaded; 0 where there is none."""
    first = CarePlan.objects.order_by("pk").values_list("created_at", flat=True).first()
    return (clock.today() - clock.local(first).date()).days if first else 0


def advice() -> str:
    """One line for the start, where the county has grown old."""
    old = days()
    if old < OLD:
        return ""
    return (
        f"The demo county was loaded {old} days ago and its times are of then. As of today again: samband demo --renew"
    )


def put_aside() -> Path:
    """Move the SQLite file away, with what belongs to it; nothing is removed. Raises CommandError where that is not possible."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or "memory" in name:
        raise CommandError(
            "--renew is for SQLite. On PostgreSQL: create an empty database, then samband migrate and samband demo."
        )
    file = Path(name)
    if not file.exists():
        raise CommandError(f"{file.name} does not exist yet; run samband demo without --renew.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:
            raise CommandError("Samband is running on this database. Stop it first.")
    connection.close()
    kept = file.with_name(f"{file.stem}-{clock.local_now():%Y%m%d-%H%M%S}{file.suffix}")
    for end in ("", "-wal", "-shm"):
        beside = file.with_name(file.name + end)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + end))
    if settings.AUDIT_DIR.exists():  # the checkpoints speak of the old database's audit
        settings.AUDIT_DIR.rename(settings.AUDIT_DIR.with_name(f"{settings.AUDIT_DIR.name}-{kept.stem}"))
    return kept

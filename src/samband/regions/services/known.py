"""The 21 regions as rows. Run twice, it adds nothing."""

from django.db import transaction

from samband.core.text import sort_key
from samband.regions.models import Region
from samband.regions.rules import known


@transaction.atomic
def load() -> dict[str, Region]:
    """Every region by its code; those that are missing are added. An editor's own name of one stays as it is."""
    rows = {row.code: row for row in Region.objects.all()}
    missing = [row for row in known.REGIONS if row.code not in rows]
    if missing:
        Region.objects.bulk_create(
            Region(
                code=row.code, name=row.name, sort_name=sort_key(row.name)[:120],
                kind=Region.Kind.BOTH if row.both else Region.Kind.REGION,
            )
            for row in missing
        )  # fmt: skip
        rows = {row.code: row for row in Region.objects.all()}
    return rows

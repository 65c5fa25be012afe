"""Everything as files."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samband.core import audit
from samband.core.policy import guarded
from samband.regions.services import exports
from samband.regions.views.base import actor_of, file


@guarded("region.list")
@require_safe
def table(request: HttpRequest, export_table: str) -> HttpResponse:
    """One table as CSV."""
    actor = actor_of(request)
    if export_table not in exports.TABLES:
        raise Http404
    rows = exports.rows_of(actor, export_table)
    audit.record(actor, "region.list", view="export", table=export_table, rows=len(rows))
    return file(exports.as_csv(rows), "text/csv", f"regioner-{export_table}.csv")


@guarded("region.list")
@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    """All tables as JSON."""
    actor = actor_of(request)
    audit.record(actor, "region.list", view="export", table="all")
    return file(json.dumps(exports.as_json(actor), ensure_ascii=False, indent=1), "application/json", "regioner.json")

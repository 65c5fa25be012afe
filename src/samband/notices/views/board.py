"""Beside the board, fetched after it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samband.core import audit
from samband.core.http import Request
from samband.core.policy import guarded
from samband.notices.services import receipts
from samband.people.models import Area

SHOWN = 5


@guarded("board.read")
@require_safe
def side(request: Request) -> HttpResponse:
    """Receipts that nobody gave, with the unit's phone, in the area that is chosen. Nothing where none is late."""
    area = Area.by_key(request.GET.get("area", ""))
    rows = receipts.late_lines(receipts.Around(request.actor, area), SHOWN)
    audit.seen(request, "board.read", {r["person"] for r in rows if r["person"]}, view="notices:board")
    return render(request, "notices/slots/board.html", {"rows": rows})

"""Proof of coverage: the county by municipality, need and hour of the coming weeks."""

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samband.contact.models import NeedKind
from samband.contact.rules.model import ZONE
from samband.contact.services import book as books
from samband.contact.services import coverage, heat, queue, spoken
from samband.contact.services import tonight as evening
from samband.contact.services.coverage import Change, Picture
from samband.contact.slots import area_of
from samband.core import audit, clock, policy
from samband.core.http import Request
from samband.core.policy import guarded


def asked(request: Request, values: Any) -> tuple[Picture, Any, int]:
    areas = books.municipalities()
    chosen = next((area for area in areas if str(area.public_id) == values.get("area", "")), None)
    weeks = int(values["weeks"]) if values.get("weeks", "") in ("1", "2", "6") else coverage.WEEKS
    return coverage.county(weeks=weeks, areas=(chosen.pk,) if chosen else (), actor=request.actor), chosen, weeks


@guarded("coverage.read")
@require_GET
def page(request: Request) -> HttpResponse:
    """Holes first, then the map of hours, then what has changed since last week."""
    picture, area, weeks = asked(request, request.GET)
    day, new, closed = coverage.since_last_week(picture)
    names = {row.place.areas[-1]: row.place.name for row in picture.coverage.rows}
    rows = heat.recurring(picture)
    context = {
        "picture": picture,
        "areas": books.municipalities(),
        "area": area,
        "weeks": weeks,
        "finding": heat.finding(picture),
        "heat": heat.heat(picture),
        "holes": rows[:60],
        "hidden": max(0, len(rows) - 60),
        "grid": grid(picture),
        "since": day,
        "new": [change(row, names) for row in new[:20]],
        "closed": [change(row, names) for row in closed[:20]],
        "checked": clock.local_now(),
    }
    return render(request, "contact/coverage.html", context)


@guarded("coverage.read")
@require_GET
def tonight(request: HttpRequest) -> HttpResponse:
    """The board's right column: coverage this evening and night, and the most pressing cases."""
    actor = request.actor  # type: ignore[attr-defined]
    wanted = request.GET.get("area", "")
    area = next((row for row in books.municipalities() if str(row.public_id) == wanted), None) or area_of(actor)
    context: dict[str, Any] = evening.lanes_for(area, actor) if area else {}
    if policy.decide(actor, "case.list"):
        context |= queue.for_board(request) | {"cases": True}
    return render(request, "contact/slots/board.html", context)


def grid(picture: Picture) -> dict[str, Any]:
    """Municipality × need: the share of the time that is answered."""
    rows: dict[str, list[dict]] = {}
    for row in picture.coverage.rows:
        missing = (60 * len(row.hours) - sum(row.hours)) / 60
        share = 100 * row.share
        rows.setdefault(row.place.name, []).append({
            "state": "ok" if not missing else "act",
            "word": _("alltid") if not missing else _("%(h)d h saknas") % {"h": max(1, round(missing))},
            "share": round(share, 1),
        })  # fmt: skip
    return {"needs": [label for _key, label in NeedKind.choices], "rows": rows.items()}


def change(row: Change, names: dict[int, str]) -> dict[str, str]:
    return {
        "place": names.get(row.area, ""),
        "need": str(NeedKind(row.need).label),
        "when": spoken.stretch(row.start, row.end),
    }


@guarded("coverage.read")
@require_POST
def export(request: Request) -> HttpResponse:
    """The holes as a file for a spreadsheet."""
    picture, _area, _weeks = asked(request, request.POST)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="luckor.csv"'
    response.write("\ufeff")
    out = csv.writer(response, delimiter=";")
    out.writerow([_("Kommun"), _("Behov"), _("Från"), _("Till"), _("Minuter"), _("Varför"), _("Personer som du ser")])
    for gap in picture.gaps:
        start, end = (f"{moment.astimezone(ZONE):%Y-%m-%d %H.%M}" for moment in (gap.start, gap.end))
        why = heat.reason_word(gap.reason)
        out.writerow(
            [gap.place, NeedKind(gap.need).label, start, end, gap.minutes, why, picture.persons.get(gap.area, 0)]
        )
    audit.record(request.actor, "coverage.export", rows=len(picture.gaps))  # type: ignore[attr-defined]
    return response

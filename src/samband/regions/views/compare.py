"""Regions side by side, chosen by code; the same table as a file."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samband.core import audit
from samband.core.policy import guarded
from samband.regions.services import comparing, exports, reading
from samband.regions.views.base import actor_of, file


def _asked(request: HttpRequest) -> tuple[list, str]:
    part = request.GET.get("part", "")
    chosen = comparing.chosen(actor_of(request), request.GET.getlist("regions"))
    return chosen, part if part in comparing.PARTS else ""


@guarded("region.list")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Any two to all. Without a choice the page asks for one."""
    actor = actor_of(request)
    chosen, part = _asked(request)
    codes = [place.code for place in chosen]
    context = {
        "places": [(place, place.code in codes) for place in reading.regions(actor)],
        "chosen": chosen,
        "rows": comparing.table(actor, chosen, part) if chosen else [],
        "parts": [("", _("Allt")), *comparing.PARTS.items()],
        "part": part,
        "query": urlencode([("regions", code) for code in codes] + [("part", part)]),
    }
    return render(request, "regions/compare.html", context)


@guarded("region.list")
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    chosen, part = _asked(request)
    audit.record(actor, "region.list", view="compare", regions=[place.code for place in chosen])
    return file(exports.sheet(comparing.lines(chosen, comparing.table(actor, chosen, part))), "text/csv", "jamforelse.csv")

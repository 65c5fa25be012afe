"""The regions' goals on a line of years."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samband.core.policy import guarded
from samband.regions.services import goals
from samband.regions.views.base import actor_of


@guarded("region.list")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "regions/goals.html", goals.timeline(actor_of(request)))

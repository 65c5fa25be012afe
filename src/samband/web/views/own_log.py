"""Who has looked (A2, A13): for the person alone."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from samband.core.http import Request
from samband.core.policy import guarded
from samband.web.services import access_log, own
from samband.web.views.own import page


@guarded("own.log")
@require_safe
def log(request: Request) -> HttpResponse:
    """The access list: when, who, from which unit, what. One's own visits are shown on request."""
    mine = own.open_page(request, "my_log")
    own_too = request.GET.get("own") == "1"
    shown, rows = access_log.entries(mine.person, request.GET.get("page", 1), own_too)
    return page(request, "web/log.html", mine, shown=shown, rows=rows, own_too=own_too)

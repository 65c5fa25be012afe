"""Who can see what about me, and why could somebody: in plain language, for the person alone (A2, A13)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samband.core.fresh import fresh
from samband.core.http import Request
from samband.core.policy import guarded
from samband.people.models import Relative
from samband.people.services import relatives
from samband.ui.slots import url_of
from samband.ui.toast import toast
from samband.web.services import own, own_access
from samband.web.services import words as plain
from samband.web.views.own import page as own_page


@guarded("own.log")
@require_safe
def page(request: Request) -> HttpResponse:
    """Units and those near: the plan, the entries, yes or no, the sentence, and how to change it."""
    mine = own.open_page(request, "my_access")
    context: dict[str, Any] = {
        "units": own_access.units(mine.person),
        "relatives": own_access.relatives(request.actor, mine.person),
        "reading_url": url_of("records:my_reading"),
        "sharing_url": url_of("records:my_sharing"),
    }
    return own_page(request, "web/access.html", mine, **context)


@guarded("own.log")
@require_safe
def why(request: Request, number: int) -> HttpResponse:
    """One line of who has looked: the rule that held then, and what holds now."""
    mine = own.open_page(request, "my_log_why")
    found = own_access.why(mine.person, number)
    if found is None:
        raise Http404
    return own_page(request, "web/why.html", mine, why=found, did=plain.did(found.event))


def _opens(request: HttpRequest, _relative: Relative) -> bool:
    """To stop sharing asks nothing: it must never be in the way."""
    return request.POST.get("on") == "1"


@guarded("relative.share", Relative)
@fresh("share", when=_opens)
@require_POST
def share(request: Request, relative: Relative) -> HttpResponse:
    """Somebody near reads the plan from now on, or no longer."""
    on = request.POST.get("on") == "1"
    relatives.share(request.actor, relative, on)
    said = _("%(name)s läser din plan nu.") if on else _("%(name)s läser inte din plan längre.")
    toast(request, said % {"name": relative.given_name})
    return redirect("web:my_access")

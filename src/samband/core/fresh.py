"""Acts for which somebody has to show anew who she is (A16), all in one list; and the one line that asks.

    @guarded("account.edit", User)
    @fresh("account.edit")
    @require_http_methods(["GET", "POST"])
    def page(request, account): ...

`fresh` stands under `guarded`: who may not do it at all is told so and asked nothing. Opening a form asks nothing either,
sending it does; `reads=True` asks for a GET too (exports, what is shown only after a reason); `when` says which of the forms sent
are the act, where a view does more than one thing (it is given what the view is). What was filled in is kept and goes on by
itself once it is confirmed. Files are not kept: do not put `fresh` on a form with one.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samband.core import sessions

# What the one who is asked reads after "Du är på väg att".
ACTS: dict[str, str | Promise] = {
    "account.edit": _("ändra en inloggning"),
    "own.security": _("ändra hur du loggar in"),
    "staff.edit": _("ändra personal eller uppdrag"),
    "person.renumber": _("byta en persons identitetsnummer"),
    "record.block": _("häva en spärr"),
    "audit.export": _("ta ut uppgifter ur loggen"),
    "extract": _("ta ut ett registerutdrag"),
    "person.unseal": _("visa en skyddad adress igen"),
    "share": _("dela dina uppgifter med någon"),
}

SAFE = ("GET", "HEAD", "OPTIONS")
Ask = Callable[[HttpRequest, str], HttpResponse | None]
_asks: list[Ask] = []


def asked_by(function: Ask) -> Ask:
    """Register who asks: returns the page that does, or None when the request itself carried the answer."""
    _asks[:] = [function]
    return function


def fresh(
    act: str, reads: bool = False, when: Callable[..., bool] | None = None
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Ask before the view runs. An act that is not in ACTS is a mistake in the code (KeyError)."""
    ACTS[act]

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            harmless = request.method in SAFE and not reads
            if not harmless and (when is None or when(request, *args, **kwargs)) and not sessions.sure(request):
                # Nobody who could ask: closed.
                answer = _asks[0](request, act) if _asks else HttpResponse(status=403)
                if answer is not None:
                    return answer
            return view(request, *args, **kwargs)

        inner.fresh_act = act  # type: ignore[attr-defined]
        return inner

    return wrap

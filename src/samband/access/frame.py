"""What access hangs on the frame: the way from an account to why it sees what it sees."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from samband.core import policy
from samband.ui.slots import Part, slots


def why(request: HttpRequest, account: Any = None, **knows: Any) -> str:
    actor = request.actor  # type: ignore[attr-defined]
    if account is None or not policy.decide(actor, "access.explain", account):
        return ""
    return render_to_string("access/parts/why.html", {"account": account})


def fill() -> None:
    """Called once, when the application is ready."""
    slots.part("account.side", Part("why", why))

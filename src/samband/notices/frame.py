"""What notices hang on the frame: the inbox with its number in every bar, and the choices in the menu."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samband.core import policy
from samband.notices.services import inbox
from samband.people.models import Area
from samband.ui.slots import MenuLine, Part, slots

OWN = ("person", "relative")


def bell(request: HttpRequest, **knows: object) -> str:
    """The inbox in the bar, on every page and every width, with how many are unread."""
    actor = getattr(request, "actor", policy.ANONYMOUS)
    if not policy.decide(actor, "notice.list") or getattr(request, "ui_places", None) is not None:
        return ""
    count = inbox.unread(actor)
    context = {
        "url": reverse("notices:inbox" if actor.kind == "staff" else "notices:my_inbox"),
        "count": count,
        "shown": f"{inbox.MANY}+" if count > inbox.MANY else str(count),
        "own": actor.kind != "staff",
        "current": request.resolver_match is not None and request.resolver_match.app_name == "notices",
    }
    return render_to_string("notices/parts/bell.html", context)


def late(request: HttpRequest, area: Area | None = None, **knows: object) -> str:
    """Board: a place for the receipts that nobody gave, filled after the page so that the board waits for nothing."""
    actor = getattr(request, "actor", policy.ANONYMOUS)
    if not policy.decide(actor, "notice.unacknowledged") or not policy.decide(actor, "board.read"):
        return ""
    url = reverse("notices:board_side") + (f"?area={area.public_id}" if area else "")
    return render_to_string("notices/slots/later.html", {"url": url, "key": area.public_id if area else "own"})


def fill() -> None:
    """Called once, when the application is ready."""
    slots.part("bar.side", Part("inbox", bell, order=10))
    slots.part("board.side", Part("receipts", late, order=5))
    slots.line(
        MenuLine("notices", _("Så får du veta"), "notices:settings", order=60, kinds=("staff",), action="notice.staff")
    )
    slots.line(
        MenuLine("my_notices", _("Så får jag veta"), "notices:my_settings", order=25, kinds=OWN, action="notice.own")
    )

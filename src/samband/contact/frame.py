"""What contact hangs on the frame: places, menu lines, and its parts on other modules' pages."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samband.contact import slots as parts
from samband.contact.models import Case
from samband.core import policy
from samband.ui.slots import MenuLine, Part, Place, slots

OWN = ("person", "relative")


FRESH = 15


def open_cases(request: HttpRequest) -> int | None:
    """The number beside Ärenden: open cases of the reader's units, at most 15 seconds old, as every page asks for it."""
    actor = request.actor  # type: ignore[attr-defined]
    key = f"contact-open-{actor.user_id}-{actor.assignment_id}-{hash(actor.unit_ids)}"
    found = cache.get(key)
    if found is None:
        found = policy.scoped(actor, "case.list", Case.objects.filter(closed_at__isnull=True)).count()
        cache.set(key, found, FRESH)
    return found


def fill() -> None:
    """Called once, when the application is ready."""
    slots.place(Place("cases", _("Ärenden"), "contact:cases", "case.list", icon="doc", order=30, count=open_cases))
    slots.place(Place("rotas", _("Jour"), "contact:rotas", "rota.list", icon="phone", order=50, phone=False))
    slots.line(
        MenuLine(
            "coverage", _("Vem svarar när"), "contact:coverage", order=30, kinds=("staff",), action="coverage.read"
        )
    )
    slots.line(
        MenuLine("swaps", _("Byta pass"), "contact:swaps", icon="swap", order=35, kinds=("staff",), action="swap.list")
    )
    slots.line(MenuLine("my_cases", _("Mina frågor"), "contact:my_cases", order=15, kinds=OWN, action="case.own"))
    slots.part("board.side", Part("contact", parts.board, order=10))
    slots.part("person.side", Part("answers", parts.for_person, order=20))
    slots.part("own.help", Part("answers", parts.own_help, order=10))

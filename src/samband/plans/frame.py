"""What the plan hangs on the frame: the place where the day is, and the face of the person on pages below."""

from django.utils.translation import gettext_lazy as _

from samband.people import header, marks
from samband.ui.slots import Place, slots


def fill() -> None:
    """Called once, when the application is ready."""
    from samband.plans.services import ask_list
    from samband.plans.services.summary import represented
    from samband.plans.views.base import header as face

    header.made_by(face)
    marks.made_by(represented)
    slots.place(Place("day", _("Dagen"), "plans:day", "day.read", icon="calendar", order=30))
    slots.place(
        Place(
            "asks",
            _("Frågor"),
            "plans:asks",
            "ask.list",
            icon="chat",
            order=35,
            phone=False,
            count=ask_list.count,
        )
    )

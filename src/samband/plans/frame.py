"""What the plan hangs on the frame: the place where the day is, and the face of the person on pages below."""

from django.utils.translation import gettext_lazy as _

from samband.people import header, marks
from samband.ui.slots import MenuLine, Part, Place, slots


def fill() -> None:
    """Called once, when the application is ready."""
    from samband.plans import sides
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
    slots.line(
        MenuLine(
            "handovers",
            _("Överlämningar"),
            "plans:handovers",
            icon="swap",
            order=32,
            kinds=("staff",),
            action="day.read",
        )
    )
    slots.part("person.side", Part("standing", sides.standing, order=5))
    slots.part("person.side", Part("lead", sides.lead, order=60))
    slots.part("board.side", Part("plans", sides.board, order=20))
    # The phone's bar has four places; there the questions are found under the name.
    slots.line(
        MenuLine("asks", _("Frågor om insatser"), "plans:asks", "chat", order=25, kinds=("staff",), action="ask.list")
    )

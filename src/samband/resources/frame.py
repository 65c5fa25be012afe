"""What resources hangs on the frame."""

from django.utils.translation import gettext_lazy as _

from samband.ui.slots import MenuLine, Place, slots


def fill() -> None:
    """Called once, when the application is ready."""
    from samband.resources import slots_today

    # Places for whoever plans; who looks (a coordinator, whose bar is full) finds them in the menu.
    slots.place(Place("desk", _("Dagen"), "resources:desk", "visitday.plan", icon="calendar", order=40))
    slots.place(
        Place("staffing", _("Schema"), "resources:staffing", "visitday.plan", icon="people", order=45, phone=False)
    )
    slots.line(
        MenuLine("desk", _("Dagens besök"), "resources:desk", order=33, kinds=("staff",), action="visitday.list")
    )
    slots.line(MenuLine("staffing", _("Schema"), "resources:staffing", order=34, kinds=("staff",), action="shift.list"))
    slots_today.fill()
    slots.line(
        MenuLine(
            "worth", _("Vad samarbete är värt"), "resources:worth", order=60, kinds=("staff",), action="worth.list"
        )
    )

"""What resources hangs on the frame."""

from django.utils.translation import gettext_lazy as _

from samband.ui.slots import MenuLine, Place, slots


def fill() -> None:
    """Called once, when the application is ready."""
    slots.place(
        Place("staffing", _("Schema"), "resources:staffing", "visitday.list", icon="people", order=45, phone=False)
    )
    slots.line(MenuLine("staffing", _("Schema"), "resources:staffing", order=34, kinds=("staff",), action="shift.list"))

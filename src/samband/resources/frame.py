"""What resources hangs on the frame."""

from django.utils.translation import gettext_lazy as _

from samband.ui.slots import MenuLine, Place, slots


def fill() -> None:
    """Called once, when the application is ready."""
    slots.place(Place("desk", _("Dagen"), "resources:desk", "visitday.list", icon="calendar", order=40))
    slots.line(
        MenuLine(
            "worth", _("Vad samarbete är värt"), "resources:worth", order=60, kinds=("staff",), action="worth.list"
        )
    )

"""What resources hangs on the frame."""

from django.utils.translation import gettext_lazy as _

from samband.ui.slots import MenuLine, slots


def fill() -> None:
    """Called once, when the application is ready."""
    slots.line(
        MenuLine(
            "worth", _("Vad samarbete är värt"), "resources:worth", order=60, kinds=("staff",), action="worth.list"
        )
    )

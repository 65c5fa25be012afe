"""What resources hangs on the frame."""

from django.utils.translation import gettext_lazy as _

from samband.ui.slots import Place, slots


def fill() -> None:
    """Called once, when the application is ready."""
    slots.place(Place("desk", _("Dagen"), "resources:desk", "visitday.list", icon="calendar", order=40))

"""What the plan hangs on the frame: the place where the day is."""

from django.utils.translation import gettext_lazy as _

from samband.ui.slots import Place, slots


def fill() -> None:
    """Called once, when the application is ready."""
    slots.place(Place("day", _("Dagen"), "plans:day", "day.read", icon="calendar", order=30))

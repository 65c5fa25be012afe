"""What resources hangs on the frame."""

from django.utils.translation import gettext_lazy as _

from samband.ui.slots import Place, slots


def fill() -> None:
    """Called once, when the application is ready."""
    from samband.resources import slots_today

    slots.place(Place("desk", _("Dagen"), "resources:desk", "visitday.list", icon="calendar", order=40))
    slots_today.fill()

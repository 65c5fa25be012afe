"""What regions hangs on the frame: a line in the menu of staff."""

from django.utils.translation import gettext_lazy as _

from samband.ui.slots import MenuLine, Place, slots


def fill() -> None:
    """Called once, when the application is ready."""
    slots.place(Place("regions", _("Regionerna"), "regions:regions", "improvement.lead", icon="map-pin", order=40))
    slots.line(MenuLine("regions", _("Regionerna"), "regions:regions", "map-pin", 62, ("staff",), action="region.list"))

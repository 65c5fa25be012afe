"""What the plan hangs on the frame: the place where the day is, and the face of the person on pages below."""

from django.utils.translation import gettext_lazy as _

from samband.people import header
from samband.ui.slots import Place, slots


def fill() -> None:
    """Called once, when the application is ready."""
    from samband.plans.views.base import header as face

    header.made_by(face)
    slots.place(Place("day", _("Dagen"), "plans:day", "day.read", icon="calendar", order=30))

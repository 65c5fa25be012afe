"""What the review hangs on the frame: the reviewer's places in the bar."""

from django.utils.translation import gettext_lazy as _

from samband.ui.slots import Place, slots


def fill() -> None:
    """Called once, when the application is ready."""
    slots.place(Place("review", _("Granskning"), "review:home", "audit.read", icon="check", order=11))
    slots.place(Place("review_log", _("Loggen"), "review:log", "audit.read", icon="search", order=12))
    slots.place(Place("review_checks", _("Kontroller"), "review:checks", "audit.check", icon="list", order=13))

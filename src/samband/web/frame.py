"""What web hangs on the frame: the four places of the own pages, and the lines everybody has in the menu."""

from django.utils.translation import gettext_lazy as _

from samband.ui.slots import MenuLine, Place, slots

OWN = ("person", "relative")


def fill() -> None:
    """Called once, when the application is ready."""
    slots.place(Place("my", _("I dag"), "web:my", "own.read", icon="home", order=10, kinds=OWN))
    slots.place(Place("my_plan", _("Min plan"), "web:my_plan", "own.read", icon="doc", order=20, kinds=OWN))
    slots.place(
        Place("my_situations", _("Om … så"), "web:my_situations", "own.read", icon="branch", order=30, kinds=OWN)
    )
    slots.place(Place("my_help", _("Hjälp"), "web:my_help", "own.read", icon="phone", order=40, kinds=OWN))
    slots.line(
        MenuLine("my_log", _("Vem har läst om mig?"), "web:my_log", order=10, kinds=("person",), action="own.log")
    )
    slots.line(MenuLine("my_reading", _("Så vill jag läsa"), "web:my_reading", order=20, kinds=("person",)))
    slots.line(MenuLine("choose", _("Byt uppdrag"), "web:choose", icon="swap", order=80))
    slots.line(MenuLine("security", _("Din inloggning"), "web:security", icon="lock", order=85))
    slots.line(MenuLine("logout", _("Logga ut"), "web:logout", icon="out", order=90, post=True))

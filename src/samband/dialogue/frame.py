"""What dialogue hangs on the frame."""

from django.utils.translation import gettext_lazy as _

from samband.ui.slots import MenuLine, Place, slots


def fill() -> None:
    """Called once, when the application is ready. One line: its page leads on to rooms, decks, worksheets and outcomes."""
    slots.place(Place("dialogue", _("Dialog"), "dialogue:home", "improvement.lead", icon="chat", order=20))
    slots.line(MenuLine("dialogue", _("Dialog"), "dialogue:home", "chat", 63, ("staff",), action="deck.list"))

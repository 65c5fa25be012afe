"""What worksheets and outcomes hang on the frame."""

from django.utils.translation import gettext_lazy as _

from samband.ui.slots import MenuLine, slots


def fill() -> None:
    """Called once, when the application is ready."""
    slots.line(MenuLine("sheets", _("Arbetsblad"), "dialogue:sheets", "check", 62, ("staff",), action="sheet.list"))
    slots.line(
        MenuLine(
            "outcomes", _("Det vi kom fram till"), "dialogue:outcomes", "list", 63, ("staff",), action="outcome.list"
        )
    )

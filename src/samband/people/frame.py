"""What people hangs on the frame: places, lines in the menu, the search box."""

from django.utils.translation import gettext_lazy as _

from samband.ui.slots import MenuLine, Place, slots


def fill() -> None:
    """Called once, when the application is ready."""
    slots.place(Place("people", _("Personer"), "people:persons", "person.list", icon="people", order=20))
    slots.place(Place("units", _("Enheter"), "people:units", "unit.list", icon="building", order=70))
    slots.place(Place("staff", _("Personal"), "people:staff_list", "staff.list", icon="person", order=75))
    slots.place(Place("import", _("Import"), "people:imports", "import.run", icon="import", order=80))
    slots.place(
        Place("accounts", _("Inloggningar"), "people:accounts", "account.list", icon="lock", order=78, phone=False)
    )
    slots.line(
        MenuLine(
            "start", _("Starta en vårdrelation"), "people:start", order=20, kinds=("staff",), action="relation.start"
        )
    )
    slots.search_with("people:search", action="person.search")

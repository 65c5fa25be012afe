from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "samband.board"
    label = "board"

    def ready(self) -> None:
        from samband.board import extract, jobs, listeners, policy, triggers  # noqa: F401  (the morning's snapshot; whom a hole concerns)
        from samband.board.services import meetings
        from samband.board.views.watched import beside
        from samband.ui.slots import Part, Place, slots

        triggers.KEPT.connect(self)
        meetings.register()

        slots.place(
            Place("board", _("Läget"), "board:board", "board.read", icon="list", order=10, kinds=("staff",), phone=True)
        )
        slots.part("person.side", Part("watch", beside, order=70))

"""What of the board's models is a person's own (core/extract.py)."""

from django.utils.translation import gettext_lazy as _

from samband.core.extract import part

part(
    "board.Watch", _("Personal som håller ett öga på hur det går för dig"), "person", "assignment__staff__user__person"
)
part("board.View", _("Dina egna vyer som personal"), "assignment__staff__user__person")
part("board.Mark", _("Vad som räknas fram om din plan"), "person")
part("board.MarkDue", _("Att det ska räknas om"), "person")
part("board.SnapshotRow", _("Vad som räknades senaste dagarna"), "person")

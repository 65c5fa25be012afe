"""What of meetings' models is a person's own (core/extract.py)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core.extract import part

part("meetings.Meeting", _("Möten om din plan"), "person", hide="uid link")
part(
    "meetings.Attendee", _("De som var kallade"), "meeting__person", hide="email",
    left_out=_("E-postadresser till andra som var kallade till ett möte: de är deras egna."),
)  # fmt: skip
part("meetings.MeetingEvent", _("Vad som hände med mötena"), "meeting__person", hide="detail")
part(
    "meetings.AgendaItem", _("Det som togs upp"), "meeting__person", where=Q(meeting__finished_at__isnull=False),
    left_out=_("Anteckningar från ett möte som inte är avslutat än: de är inte klara."),
)  # fmt: skip
part("meetings.NoteVersion", _("Mötesanteckningar, som de skrevs"), "item__meeting__person",
     where=Q(item__meeting__finished_at__isnull=False))  # fmt: skip
part("meetings.Decision", _("Det som bestämdes"), "meeting__person")
part("meetings.Correction", _("Rättelser av mötesanteckningar"), "meeting__person")

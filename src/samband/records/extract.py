"""What of the records' models is a person's own (core/extract.py). Drafts are not: they are finished when they are signed (A17)."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core.extract import part
from samband.records.services import files

SIGNED = Q(entry__signed_at__isnull=False)
DAMAGED = _("Bilagan gick inte att läsa: filen är borta eller inte längre den som signerades. Fråga enheten som skrev.")


def attached(row: Any) -> tuple[str, bytes]:
    """The file for the archive; where it is no longer what was signed, a file that says so."""
    name = f"{row.public_id.hex[:8]}-{row.name}"
    try:
        return name, files.content(row)
    except files.Damaged:
        return f"{name}.txt", str(DAMAGED).encode()


part(
    "records.Entry", _("Anteckningar om dig"), "person", where=Q(signed_at__isnull=False),
    owner="organization",
    left_out=_("Utkast till anteckningar som ingen har signerat än: de är inte klara (A17)."),
)  # fmt: skip
part(
    "records.EntryVersion",
    _("Anteckningarna, som de löd innan de rättades"),
    "entry__person",
    owner="entry__organization",
    where=SIGNED,
)
part("records.Attachment", _("Bilagor"), "entry__person", owner="entry__organization", where=SIGNED, files=attached)
part("records.Dissent", _("Det du ser på ett annat sätt"), "entry__person", owner="entry__organization", where=SIGNED)
part("records.Information", _("Att du har fått veta hur vårdgivare läser hos varandra"), "person")
part("records.Block", _("Dina spärrar"), "person", owner="organization")
part("records.ReadingConsent", _("Ditt ja till att andra läser"), "person", owner="organization")
part(
    "records.Reading",
    _("De som har läst vad andra har skrivit, och varför"),
    "person",
    hide="entry",
    owner="assignment__unit__organization",
)
part("records.LiftRequest", _("Frågor om att häva dina spärrar"), "person", owner="block__organization")
part("records.Share", _("Vad du delar med dem som är nära"), "person")
part("records.SharePart", _("Delarna av det du delar"), "share__person")
part("records.Copy", _("Kopior som har lämnats ut om dig"), "person", owner="organization")
part("records.CopyEntry", _("Vad kopiorna innehöll"), "copy__person", owner="copy__organization")
part("records.ExtractOrder", _("Utdrag som har beställts om dig"), "person")
part("records.LegalHold", _("Att uppgifter om dig inte får gallras än"), "person")
part(
    "records.ThinningDecision",
    _("Beslut om gallring som du har fattat som personal"),
    "assignment__staff__user__person",
)

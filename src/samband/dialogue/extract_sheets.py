"""What of worksheets is a member of staff's own (core/extract.py): all she answered, and her steps, also those nobody else sees."""

from django.utils.translation import gettext_lazy as _

from samband.core.extract import not_in_it, part

HERS = "staff__user__person"

part("dialogue.Participation", _("Arbetsblad som du har svarat på som personal"), HERS, hide="lock staff")
part(
    "dialogue.StatementAnswer", _("Det du har svarat på ett arbetsblad"), f"participation__{HERS}", hide="participation"
)
part("dialogue.NextStep", _("Dina nästa steg på arbetsblad"), HERS, hide="lock staff")
SHEETS = _("Arbetsblad och när de används. Ditt namn står där bara om du har skrivit eller öppnat ett som personal.")
for label in ("SheetVersion", "Sitting"):
    not_in_it(f"dialogue.{label}", SHEETS)

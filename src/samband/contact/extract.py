"""What of contact's models is a person's own (core/extract.py)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core.extract import part

# What a relative asks for her own sake is hers (P4); the policy says the same of cases.
OTHERS = Q(case__only_sender=True, case__sender_relative__isnull=False)

part(
    "contact.Case", _("Frågor och ärenden"), "person", action="case.own", hide="search_text",
    left_out=_("Frågor som någon nära dig har ställt för egen del och inte delar med dig (P4)."),
)  # fmt: skip
part(
    "contact.CaseEvent", _("Vad som hände med ärendena"), "case__person", where=Q(shown=True) & ~OTHERS,
    left_out=_("Personalens anteckningar till varandra i ett ärende. Be enheten som har ärendet om dem."),
)  # fmt: skip
part("contact.RotaShift", _("Dina pass som personal"), "assignment__staff__user__person")
part("contact.RotaRule", _("Dina återkommande pass som personal"), "assignment__staff__user__person")
part("contact.Absence", _("Din frånvaro från pass"), "assignment__staff__user__person")
part("contact.SwapRequest", _("Passbyten som du har frågat om"), "asked_by__staff__user__person")

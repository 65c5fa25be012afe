"""What of the routines is a person's own (core/extract.py): what one of the staff has read and said. The rest is work."""

from django.utils.translation import gettext_lazy as _

from samband.core.extract import not_in_it, part

part("guidelines.ReadReceipt", _("Rutiner som du har läst som personal"), "assignment__staff__user__person")
part("guidelines.GuidelineFeedback", _("Det du har sagt om rutiner som personal"), "by__staff__user__person")
WORK = _("Rutiner i arbetet. Ditt namn står där bara om du har skrivit eller beslutat något som personal.")
for label in ("Guideline", "GuidelineVersion", "GuidelineFile", "GuidelineUse", "Divergence"):
    not_in_it(f"guidelines.{label}", WORK)

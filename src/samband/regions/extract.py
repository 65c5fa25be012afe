"""What of the regions' material is a person's own (core/extract.py): nothing; names of staff who wrote it stand beside it."""

from django.utils.translation import gettext_lazy as _

from samband.core.extract import not_in_it

WORK = _("Uppgifter om regioner. Ditt namn står där bara om du har skrivit dem som personal.")
for label in (
    "Source",
    "Section",
    "Statement",
    "Document",
    "Goal",
    "Body",
    "Irregularity",
    "Theme",
    "Indicator",
    "IndicatorValue",
    "Theme",
):
    not_in_it(f"regions.{label}", WORK)

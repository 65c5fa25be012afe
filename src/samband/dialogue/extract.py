"""What of dialogues is a person's own (core/extract.py)."""

from django.utils.translation import gettext_lazy as _

from samband.core.extract import not_in_it

WORK = _(
    "Kort och resultat av dialoger på arbetsplatser. Ditt namn står där bara om du själv har skrivit det som personal."
)
for label in ("Card", "DeckVersion", "Outcome"):
    not_in_it(f"dialogue.{label}", WORK)

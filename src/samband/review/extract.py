"""The review's models in the register extract (core/extract.py): none is the person's part of it, and the extract says why."""

from django.utils.translation import gettext_lazy as _

from samband.core.extract import not_in_it

WORK = _(
    "Arbetet med att granska loggen. Läsningarna själva är med; fråga den som granskar loggen om en kontroll gäller dig."
)
for label in ("Check", "CheckStep", "Interest", "Practice", "Run", "Sample"):
    not_in_it(f"review.{label}", WORK)

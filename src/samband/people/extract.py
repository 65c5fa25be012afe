"""What of people's models is a person's own (core/extract.py)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samband.core.extract import part

part("people.Person", _("Du"), "pk", hide="user")
part("people.EarlierNumber", _("Nummer du har haft tidigare"), "person")
part("people.Flag", _("Varningar och sådant som är bra att veta"), "person")


def others_number(row: Any, person: Any) -> frozenset[str]:
    """The number of a relative whose facts are protected is told to her alone (A13): a guardian may ask for a child's extract."""
    return frozenset({"phone"}) if row.protected and row.person_id == person.pk else frozenset()


part(
    "people.Relative",
    _("De som är nära dig, och du själv som närstående till någon"),
    "person",
    "user__person",
    hide="user",
    mask=others_number,
)
part("people.ContactRole", _("Dina fasta kontakter"), "person")
part("people.Staff", _("Du som personal"), "user__person", hide="user")
part("people.Assignment", _("Dina uppdrag som personal"), "staff__user__person")
part(
    "people.ImportRun", _("Filer som du har läst in som personal"), "started_by__staff__user__person",
    hide="report problem actor worker",
    left_out=_("Rapporten om rader i filer som du har läst in: den handlar om andra personer."),
)  # fmt: skip

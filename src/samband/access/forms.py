"""What an administrator asks: about whom, about what, and why."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from samband.access.services import explain
from samband.people.forms.parts import IdentityField


class ExplainForm(forms.Form):
    """The number is sent, never written in an address; the address is one that somebody could not open."""

    use_required_attribute = False
    number = IdentityField(
        label=_l("Personens hela nummer"), help_text=_l("Personnummer, samordningsnummer eller reservnummer.")
    )
    address = forms.CharField(
        label=_l("Adress som det gäller"), max_length=300, required=False,
        help_text=_l("Kopiera den från den som frågar. Tomt: sidan om personen, planen och anteckningarna."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_l("Varför frågar du?"), max_length=200, min_length=5,
        help_text=_l("Vem som har hört av sig och om vad. Skrivs i loggen, som personen kan läsa."),
    )  # fmt: skip

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address:
            try:
                explain.page(address)
            except ValueError as error:
                raise ValidationError(
                    _("Det är ingen adress till något om en person. Börja med snedstrecket efter domännamnet.")
                ) from error
        return address

    def asked(self) -> dict[str, Any]:
        return self.cleaned_data

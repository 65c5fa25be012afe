"""Forms for log-ins and for the number of a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _l

from samband.people.forms import parts
from samband.people.models import EarlierNumber

NEEDED = {"staff": ("hsa_id",), "person": ("number",), "relative": ("number", "name")}
WHY = _l("Skrivs i loggen.")


class TieForm(forms.Form):
    """Who is to log in, and why. What is asked follows from whom it is for; the service says what is missing."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_l("Vem är inloggningen för?"),
        widget=forms.RadioSelect,
        choices=[("staff", _l("Personal")), ("person", _l("Personen själv")), ("relative", _l("Närstående"))],
        initial="staff",
    )
    hsa_id = forms.CharField(label=_l("HSA-id"), max_length=31, required=False)
    number = parts.IdentityField(
        label=_l("Personens hela nummer"),
        required=False,
        help_text=_l("Personnummer, samordningsnummer eller reservnummer."),
    )
    name = forms.CharField(
        label=_l("Den närståendes namn"),
        max_length=201,
        required=False,
        help_text=_l("Som det står bland personens närstående."),
    )
    own = parts.IdentityField(
        label=_l("Den närståendes eget nummer"), required=False, help_text=_l("Det som hon eller han loggar in med.")
    )
    sub = forms.CharField(
        label=_l("Inloggningstjänstens eget id"), max_length=200, required=False,
        help_text=_l("Bara när tjänsten varken skickar HSA-id eller personnummer (OpenID Connect: sub)."),
    )  # fmt: skip
    reason = forms.CharField(label=_l("Varför?"), max_length=200, min_length=5, help_text=WHY)

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        # Before anything is chosen all of them are shown as needed; sent, those of the one chosen are.
        chosen = NEEDED.get(self.data.get("kind", ""), ())
        for name in ("hsa_id", "number", "name"):
            self.fields[name].required = name in chosen or not self.is_bound


class ReasonForm(forms.Form):
    """Why a tie is taken away, or an account closed or opened."""

    use_required_attribute = False
    reason = forms.CharField(label=_l("Varför?"), max_length=200, min_length=5, help_text=WHY)


class NumberForm(forms.Form):
    """Another number for a person who is known."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    identity = parts.IdentityField(
        label=_l("Nytt nummer"), help_text=_l("ÅÅÅÅMMDD-NNNN. Även samordningsnummer och reservnummer.")
    )
    cause = forms.ChoiceField(
        label=_l("Vad har hänt?"), widget=forms.RadioSelect, choices=EarlierNumber.Cause.choices,
        error_messages={"required": _l("Välj vad som har hänt.")},
    )  # fmt: skip
    why = forms.CharField(
        label=_l("Varför?"),
        max_length=200,
        help_text=_l("Vem som sade det eller vilket papper du har sett. Står i historiken."),
    )
    confirmed = forms.BooleanField(label=_l("Födelsedagen ändras, det stämmer"), required=False)

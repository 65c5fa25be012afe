"""Forms of the log-in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.people.services.factors import NAME_MAX


class CodeForm(forms.Form):
    """A code from an app, or a recovery code."""

    code = forms.CharField(
        label=_("Kod"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


class PasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label=_("Nytt lösenord"),
        help_text=_("Minst 14 tecken. Några ord efter varandra är lätta att minnas."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Samma lösenord igen"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("Det är inte samma lösenord."))
        return data


class PasskeyForm(forms.Form):
    """A name by which its owner knows it again; the browser fills in the rest."""

    name = forms.CharField(
        label=_("Vad ska nyckeln heta?"),
        help_text=_("Till exempel: Jobbdatorn, telefonen."),
        max_length=NAME_MAX,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    passkey = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)

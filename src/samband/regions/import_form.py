"""A document to read in, and the day it speaks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.core import clock


class ImportForm(forms.Form):
    file = forms.FileField(label=_("Fil"), help_text=_("Dokumentet som text (.txt), så som det är."))
    as_of = forms.DateField(
        label=_("Gäller per"), required=False, help_text=_("Den dag som dokumentet talar för. Tomt: den dag som står i det."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day and day > clock.today():
            raise forms.ValidationError(_("Dagen har inte varit än. Skriv den dag som dokumentet gäller för."))
        return day

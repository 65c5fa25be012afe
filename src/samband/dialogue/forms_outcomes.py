"""Forms of what dialogues led to: written down, changed, closed with its lesson."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from samband.dialogue.models import Outcome
from samband.people.models import Unit
from samband.ui.fields import Asking, DateInput


class OutcomeForm(Asking):
    kind = forms.ChoiceField(label=gettext_lazy("Slag"), choices=Outcome.Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=gettext_lazy("Vad"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    theme = forms.CharField(label=gettext_lazy("Kategori"), max_length=120, required=False)
    said_by = forms.CharField(
        label=gettext_lazy("Vem som åtog sig det"), max_length=200, required=False,
        help_text=gettext_lazy("Bara om hon själv vill stå där. Skriv inget om någon som går att känna igen."),
    )  # fmt: skip
    due_on = forms.DateField(label=gettext_lazy("Senast"), required=False, widget=DateInput())
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PickForm(OutcomeForm):
    """Written down from a shared step: also for which unit."""

    unit = forms.ModelChoiceField(Unit.objects.none(), to_field_name="public_id", label=gettext_lazy("Enhet"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class SettleForm(Asking):
    version = forms.IntegerField(widget=forms.HiddenInput)
    lesson = forms.CharField(
        label=gettext_lazy("Vad vi lärde oss"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

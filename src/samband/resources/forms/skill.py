"""Competences and delegations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.core.policy import Actor
from samband.people.models import Assignment, Person
from samband.plans.models import Action
from samband.resources.forms.base import ORDER, Calm, Receiver
from samband.resources.models import Competence
from samband.resources.models.visits import Act
from samband.resources.services import delegating
from samband.resources.services.words import said
from samband.ui.fields import DateInput, Refusing


class CompetenceForm(Calm):
    class Meta:
        model = Competence
        fields = ["kind", "starts_on", "ends_on"]
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = [choice for choice in Action.Competence.choices if choice[0] != "none"]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("starts_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ORDER)
        return found


class DelegationForm(Refusing, forms.Form):
    """Given in one's own name: to whom, what, for how long."""

    assignment = Receiver(label=_("Till"), queryset=Assignment.objects.none())
    act = forms.ChoiceField(label=_("Vad"), choices=Act.choices)
    person = forms.ModelChoiceField(
        label=_("Bara hos"), queryset=Person.objects.none(), required=False, help_text=_("Tomt: hos alla.")
    )
    starts_on = forms.DateField(label=_("Från"), widget=DateInput())
    ends_on = forms.DateField(label=_("Till och med"), widget=DateInput(), help_text=_("Högst ett år."))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["assignment"].queryset = delegating.receivers(actor)  # type: ignore[attr-defined]
        self.fields["person"].queryset = delegating.persons(actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if all(found.get(name) for name in ("assignment", "act", "starts_on", "ends_on")):
            for one in delegating.problems(self.actor, found):
                self.add_error(one.field, said(one, found["assignment"].staff.full_name))
        return found

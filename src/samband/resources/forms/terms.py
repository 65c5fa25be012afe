"""What planning must know of an action, and of a person and a member of staff."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.core.policy import Actor
from samband.people.models import Person, Staff
from samband.resources.forms.base import Calm
from samband.resources.models import ActionTerms, Tie
from samband.resources.services import terms


class TermsForm(Calm):
    """What planning must know of an action."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ActionTerms
        fields = ["act", "staff", "sync", "gap_from", "gap_to", "strict", "priority", "movable", "target"]
        help_texts = {
            "act": _("Tomt: ingen delegering behövs."),
            "priority": _("5 väger tyngst när allt inte får plats."),
            "movable": _("0: samma dag."),
            "gap_from": _("Gäller när flera gör det i ordning."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else 0
        limits = {"staff": (1, 3), "priority": (1, 5), "movable": (0, 14), "target": (1, 50), "gap_to": (0, 600)}
        for name, (low, high) in limits.items():
            field = self.fields[name]
            field.min_value, field.max_value = low, high  # type: ignore[attr-defined]
            field.widget.attrs |= {"min": low, "max": high}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        low_high = {"staff": (1, 3), "priority": (1, 5), "movable": (0, 14), "target": (1, 50)}
        for name, (low, high) in low_high.items():
            if found.get(name) is not None and not low <= found[name] <= high:
                self.add_error(name, _("Skriv ett tal mellan %(low)d och %(high)d.") % {"low": low, "high": high})
        if (found.get("gap_to") or 0) < (found.get("gap_from") or 0):
            self.add_error("gap_to", _("Högst är mindre än minst."))
        return found


class TieForm(Calm):
    """Between a person and a member of staff. The reason is read by the own unit alone."""

    class Meta:
        model = Tie
        fields = ["staff", "kind", "reason"]
        help_texts = {"reason": _("Läses bara av enheten som skrev det.")}

    def __init__(self, *args: Any, person: Person, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["staff"].queryset = terms.known_staff(person, actor)  # type: ignore[attr-defined]

    def clean_staff(self) -> Staff:
        staff = self.cleaned_data["staff"]
        if terms.known(self.person, staff):
            raise forms.ValidationError(
                _("Det står redan något om de två. Ta bort det först, eller fråga de andra som planerar.")
            )
        return staff

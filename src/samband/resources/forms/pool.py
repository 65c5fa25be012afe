"""Pools, loans and teams."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.contact.forms import DAYS
from samband.core.policy import Actor
from samband.people.models import Area, Assignment, Unit
from samband.plans.models import Action
from samband.resources.forms.base import Receiver, Versioned
from samband.resources.models import Loan, Pool, Team
from samband.resources.services import pools, teams
from samband.ui.fields import DateInput, TimeInput


class TeamForm(Versioned):
    class Meta:
        model = Team
        fields = ["name", "kind", "unit", "ends_on"]
        widgets = {"ends_on": DateInput()}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = pools.own_units(actor)  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    assignment = Receiver(label=_("Vem"), queryset=Assignment.objects.none())

    def __init__(self, *args: Any, team: Team, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = teams.candidates(team.unit)  # type: ignore[attr-defined]


class PoolForm(Versioned):
    """A new pool begins with one of the maker's own units."""

    unit = forms.ModelChoiceField(label=_("Första enheten"), queryset=Unit.objects.none())

    class Meta:
        model = Pool
        fields = ["name", "areas", "day_starts"]
        widgets = {"areas": forms.CheckboxSelectMultiple, "day_starts": TimeInput()}

    field_order = ["name", "unit"]

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = Area.objects.filter(kind=Area.Kind.MUNICIPALITY)  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = pools.own_units(actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("unit") and (other := pools.taken(found["unit"])):
            self.add_error("unit", _("Enheten planerar redan sin dag i %(pool)s.") % {"pool": other})
        return found


class UnitForm(forms.Form):
    """A unit of one's own, into the pool."""

    unit = forms.ModelChoiceField(label=_("Enhet"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = pools.own_units(actor)  # type: ignore[attr-defined]


class LoanForm(Versioned):
    """What a unit's staff do for others. Empty means without limit."""

    days = forms.MultipleChoiceField(label=_("Dagar"), choices=DAYS, widget=forms.CheckboxSelectMultiple)
    competences = forms.MultipleChoiceField(
        label=_("Kompetenser"), choices=Action.Competence.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Ingen vald: alla."),
    )  # fmt: skip

    class Meta:
        model = Loan
        fields = ["unit", "hours", "time_from", "time_to", "competences", "areas", "starts_on", "ends_on", "note"]
        widgets = {
            "areas": forms.CheckboxSelectMultiple, "time_from": TimeInput(), "time_to": TimeInput(), "starts_on": DateInput(),
            "ends_on": DateInput(),
        }  # fmt: skip
        help_texts = {"hours": _("Tomt: ingen gräns."), "areas": _("Inget valt: alla.")}

    field_order = ["unit", "hours", "days"]

    def __init__(self, *args: Any, pool: Pool, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("days", list(self.instance.weekdays))
        units = pools.own_units(actor).filter(pk__in=pools.members(pool).values("unit_id"))
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        near = Area.objects.filter(parent__in=pool.areas.all()) | Area.objects.filter(pk__in=pool.areas.all())
        self.fields["areas"].queryset = near.distinct()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["weekdays"] = "".join(sorted(found.get("days") or []))
        self.later()
        if found.get("time_from") and found.get("time_to") and found["time_to"] <= found["time_from"]:
            self.add_error("time_to", _("Sluttiden är inte efter starttiden."))
        return found

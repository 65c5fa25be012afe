"""Forms for organisations, units, staff and imports."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from samband.core import clock
from samband.people import rules
from samband.people.forms import parts
from samband.people.hours import DAYS, BadHours, Stretch, parse_day, written_day
from samband.people.models import Area, Assignment, ImportRun, Organization, Staff, Unit

WEEKDAYS = (_l("Måndag"), _l("Tisdag"), _l("Onsdag"), _l("Torsdag"), _l("Fredag"), _l("Lördag"), _l("Söndag"))


class UnitForm(forms.ModelForm):
    """A unit and its week: one line a day, as people write it."""

    class Meta:
        model = Unit
        fields = ("organization", "name", "kind", "hsa_id", "phone", "address", "area", "always_open", "closed_from")
        widgets = {"closed_from": parts.DateInput()}
        field_classes = {"closed_from": parts.DateField}
        help_texts = {"closed_from": _l("Tomt: enheten finns. Från den dagen kan ingen logga in där.")}

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.fields["organization"] = parts.Sorted(Organization.objects.all(), label=_("Organisation"))
        self.fields["area"] = parts.Sorted(Area.objects.all(), label=_("Område"), required=False)
        stored = list(self.instance.hours.all()) if self.instance.pk else []
        for number, _short in enumerate(DAYS):
            mine = [Stretch(h.weekday, h.opens, h.closes) for h in stored if h.weekday == number]
            self.fields[f"day_{number}"] = forms.CharField(
                label=WEEKDAYS[number], required=False, max_length=100, initial=written_day(mine)
            )

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[f"day_{number}"] for number in range(7)]

    def clean_phone(self) -> str:
        return parts.checked_phone(self.cleaned_data["phone"])

    def clean_hsa_id(self) -> str:
        return parts.checked_hsa_id(self.cleaned_data["hsa_id"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.hours: list[Stretch] = []
        for number in range(7):
            name = f"day_{number}"
            try:
                self.hours.extend(parse_day(number, (data.pop(name, "") or "").lower()))
            except BadHours as error:
                self.add_error(name, _(error.reason))
        if data.get("always_open") and self.hours:
            self.add_error(
                "always_open", _("Dygnet runt och öppettider går inte ihop. Töm dagarna eller ta bort krysset.")
            )
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class OrganizationForm(forms.ModelForm):
    class Meta:
        model = Organization
        fields = ("name", "kind", "org_number", "hsa_id")

    def clean_hsa_id(self) -> str:
        return parts.checked_hsa_id(self.cleaned_data["hsa_id"])

    def clean_org_number(self) -> str:
        return parts.checked_org_number(self.cleaned_data["org_number"])

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class StaffForm(forms.ModelForm):
    class Meta:
        model = Staff
        fields = ("given_name", "family_name", "hsa_id", "phone")

    def clean_phone(self) -> str:
        return parts.checked_phone(self.cleaned_data["phone"])

    def clean_hsa_id(self) -> str:
        return parts.checked_hsa_id(self.cleaned_data["hsa_id"])

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AssignmentForm(forms.ModelForm):
    class Meta:
        model = Assignment
        fields = ("unit", "role", "title", "covers", "starts_on", "ends_on")
        labels = {
            "unit": _l("Enhet"),
            "covers": _l("Omfattar också"),
            "starts_on": _l("Från"),
            "ends_on": _l("Till och med"),
        }
        widgets = {"starts_on": parts.DateInput(), "ends_on": parts.DateInput()}
        field_classes = {"starts_on": parts.DateField, "ends_on": parts.DateField}
        help_texts = {
            "covers": _l("Enheter som samma uppdrag når, till exempel dem en samordnare håller ihop."),
            "ends_on": _l("Tomt: tills vidare. Åtkomsten upphör dagen efter."),
        }

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        open_units = Unit.objects.filter(closed_from__isnull=True)
        self.fields["unit"].queryset = open_units  # type: ignore[attr-defined]
        self.fields["covers"].queryset = open_units  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = clock.today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _(rules.ORDER))
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ImportForm(forms.Form):
    kind = forms.ChoiceField(label=_l("Vad filen innehåller"), choices=ImportRun.Kind.choices, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_l("Fil"),
        allow_empty_file=True,
        help_text=_l("CSV i UTF-8, komma eller semikolon, med rubrikrad som i mallen."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

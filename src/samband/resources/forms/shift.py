"""Shifts, what holds day after day, and files."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.contact.forms import Moment
from samband.contact.forms import Person as StaffChoice
from samband.people.models import Assignment, Unit
from samband.plans.services.summary import LANGUAGES
from samband.resources.forms.base import Versioned
from samband.resources.models import Team, WorkProfile, WorkShift
from samband.resources.services import shifts
from samband.resources.services.words import said
from samband.ui.fields import TimeInput

YEARS = range(2000, 2100)


class ShiftForm(Versioned):
    """One shift. What speaks against it is said at its field."""

    starts_at = Moment(label=_("Från"))
    ends_at = Moment(label=_("Till"), help_text=_("Ett pass över midnatt slutar nästa dag."))
    assignment = StaffChoice(label=_("Vem"), queryset=Assignment.objects.none())

    class Meta:
        model = WorkShift
        fields = [
            "assignment", "starts_at", "ends_at", "break_from", "break_to", "break_minutes", "means", "team",
            "leave_unit", "arrive_unit", "on_call",
        ]  # fmt: skip
        widgets = {"break_from": TimeInput(), "break_to": TimeInput()}
        help_texts = {
            "on_call": _("Får besök bara om något händer."),
            "means": _("Tomt: som i hennes arbetsprofil."),
            "leave_unit": _("Tomt: enheten, eller det som står i arbetsprofilen."),
        }

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = shifts.staff_of(unit)  # type: ignore[attr-defined]
        teams = Team.objects.filter(members__assignment__unit=unit, ends_on__isnull=True).distinct()
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        places = Unit.objects.filter(closed_from__isnull=True, pools__isnull=False) | Unit.objects.filter(pk=unit.pk)
        for name in ("leave_unit", "arrive_unit"):
            self.fields[name].queryset = places.distinct()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in ("starts_at", "ends_at"):
            if found.get(name) and found[name].year not in YEARS:
                self.add_error(name, _("Den dagen går inte att räkna med. Är året rätt?"))
        if all(found.get(name) for name in ("assignment", "starts_at", "ends_at")) and not self.errors:
            for one in shifts.problems(found, self.instance.pk):
                self.add_error(one.field, said(one, found["assignment"].staff.full_name))
        return found


class ProfileForm(Versioned):
    languages = forms.MultipleChoiceField(
        label=_("Språk utöver svenska"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, name) for code, name in LANGUAGES.items() if code != "sv"],
    )  # fmt: skip

    class Meta:
        model = WorkProfile
        fields = ["means", "languages", "start_unit"]

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(closed_from__isnull=True, organization_id=assignment.unit.organization_id)
        self.fields["start_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["start_unit"].help_text = _("Tomt: %(unit)s.") % {"unit": assignment.unit}


class FileForm(forms.Form):
    file = forms.FileField(label=_("Fil"))

"""Forms of the day as it happens."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.contact.forms import Moment
from samband.core import clock
from samband.plans.models import Action
from samband.resources.models import Happening, VisitReport, VisitRequest


class ReportForm(forms.Form):
    """What the phone sends. The key is made on the page, so that sending twice is telling once."""

    key = forms.UUIDField()
    kind = forms.ChoiceField(choices=[c for c in VisitReport.Kind.choices if c[0] != "undone"])
    minutes = forms.IntegerField(label=_("Minuter"), required=False, min_value=1, max_value=240)
    reason = forms.CharField(label=_("Varför"), required=False, max_length=300)


class RequestForm(forms.ModelForm):
    """Somebody has to come by a time."""

    needed_by = Moment(label=_("Senast"), help_text=_("Besöket börjar senast då."))

    class Meta:
        model = VisitRequest
        fields = ["why", "competence", "minutes", "needed_by", "unit"]

    def __init__(self, *args: Any, units: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].label = _("Enhet som ska komma")
        self.fields["competence"].choices = Action.Competence.choices  # type: ignore[attr-defined]

    def clean_needed_by(self) -> Any:
        when = self.cleaned_data["needed_by"]
        if not clock.now() <= when <= clock.now() + timedelta(days=2):
            raise forms.ValidationError(_("Välj en tid från nu och högst två dygn framåt."))
        return when

    def clean_minutes(self) -> int:
        minutes = self.cleaned_data["minutes"]
        if not 5 <= minutes <= 240:
            raise forms.ValidationError(_("Skriv hur länge besöket tar: mellan 5 och 240 minuter."))
        return minutes


class StaffChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.staff.full_name}, {obj.title}, {obj.unit}"


class VisitChoice(forms.ModelChoiceField):
    """A visit of the day by its time, and by name only where the reader may know it (others: the area)."""

    named: dict[int, str] = {}

    def label_from_instance(self, obj: Any) -> str:
        return self.named.get(obj.pk, f"{clock.local(obj.window_from):%H.%M} {obj.area or ''}")


class HappeningForm(forms.Form):
    """One thing that upsets the day. Which fields are needed follows from the kind."""

    KINDS = [c for c in Happening.Kind.choices if c[0] != "urgent"]
    NEEDS = {"sick": ("assignment",), "longer": ("visit", "minutes"), "home": ("visit",), "cancelled": ("visit",),
             "help": ("visit",), "admitted": ("visit",), "late": ("visit",)}  # fmt: skip

    kind = forms.ChoiceField(label=_("Vad har hänt?"), choices=KINDS, widget=forms.RadioSelect)
    assignment = StaffChoice(label=_("Vem är det?"), queryset=None, required=False)
    visit = VisitChoice(
        label=_("Vilket besök?"),
        queryset=None,
        required=False,
        help_text=_("För den som läggs in eller kommer hem: ett av personens besök. Resten av dagens följer med."),
    )
    minutes = forms.IntegerField(label=_("Hur många minuter längre?"), required=False, min_value=1, max_value=240)
    at = Moment(label=_("Från när?"))

    def __init__(self, *args: Any, staff: Any, visits: Any, named: dict[int, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = staff  # type: ignore[attr-defined]
        self.fields["visit"].queryset = visits  # type: ignore[attr-defined]
        self.fields["visit"].named = named  # type: ignore[attr-defined]
        # What is needed follows from the kind; before it is chosen nothing is called optional.
        asked = self.NEEDS.get(self.data.get("kind", "")) if self.is_bound else None
        for name in ("assignment", "visit", "minutes"):
            self.fields[name].required = asked is None or name in asked

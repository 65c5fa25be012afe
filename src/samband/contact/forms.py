"""Forms of contact: cases, rotas, shifts, patterns, absences, files."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.contact.models import MAX_TEXT, Absence, Case, NeedKind, Rota, RotaRule, RotaShift
from samband.contact.rules.files import LONGEST
from samband.core import clock
from samband.core.policy import Actor
from samband.people.models import Area, Assignment, Unit
from samband.people.models.staff import current

MOMENT = "%Y-%m-%dT%H:%M"
LONG = _("Texten är %(show_value)s tecken. Skriv högst %(limit_value)s, och dela resten på fler meddelanden.")


class Moment(forms.DateTimeField):
    """A moment on the Swedish clock, typed or chosen."""

    def __init__(self, **kwargs: Any):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M", "%Y-%m-%d %H.%M"], **kwargs)


class Person(forms.ModelChoiceField):
    """Staff by name and title."""

    def label_from_instance(self, obj: Assignment) -> str:
        return f"{obj.staff.full_name}, {obj.title}"


def staff_of(unit: Unit):
    """Whoever may stand on the unit's rota: the unit's own staff first, then others of its organisation."""
    rows = Assignment.objects.filter(current(), unit__organization_id=unit.organization_id)
    rows = rows.exclude(role__in=["administrator", "reviewer", "outside"]).select_related("staff", "unit")
    return rows.order_by("staff__sort_name", "pk")


# The same needs as the person says them.
PLAIN = [
    (NeedKind.ADVICE, _("Ett råd")),
    (NeedKind.VISIT, _("Att någon kommer hem")),
    (NeedKind.DOCTOR, _("En läkare")),
    (NeedKind.MEDICINES, _("Hjälp med läkemedel")),
    (NeedKind.CRISIS, _("Hjälp i en kris")),
]


class AskForm(forms.ModelForm):
    """What it concerns, how urgent the sender finds it, how to be reached."""

    subject = forms.CharField(
        label=_("Vad gäller det?"), max_length=120, help_text=_("Med några ord, till exempel ”Såret läcker”.")
    )
    need = forms.ChoiceField(
        label=_("Vad behövs?"), choices=NeedKind.choices, initial=NeedKind.ADVICE, widget=forms.RadioSelect
    )
    urgency = forms.ChoiceField(
        label=_("Hur bråttom är det?"), choices=Case.Urgency.choices, widget=forms.RadioSelect,
        help_text=_("Det är du som säger. Vid fara för livet: ring 112."),
    )  # fmt: skip
    reach = forms.ChoiceField(
        label=_("Hur vill du bli nådd?"), choices=Case.Reach.choices, widget=forms.RadioSelect, initial="phone"
    )
    body = forms.CharField(
        label=_("Berätta mer"), required=False, max_length=MAX_TEXT, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": LONG},
    )  # fmt: skip

    class Meta:
        model = Case
        fields = ["subject", "need", "urgency", "body", "reach", "phone", "only_sender"]

    def __init__(self, *args: Any, relative: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not relative:
            self.fields.pop("only_sender", None)
        if not isinstance(self, CallerForm):
            self.fields["need"].choices = PLAIN  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("reach") in ("phone", "visit") and not found.get("phone"):
            self.add_error("phone", _("Skriv numret som ni ska ringa."))
        return found


class CallerForm(AskForm):
    """Staff write down what somebody asks: with a person, or about somebody without plan, newly arrived, a child, unnamed."""

    area = forms.ModelChoiceField(
        label=_("Kommun"), queryset=Area.objects.filter(kind=Area.Kind.MUNICIPALITY).order_by("name"), required=False,
        help_text=_("Avgör vem som svarar när personen inte finns i Samband."),
    )  # fmt: skip

    class Meta(AskForm.Meta):
        fields = [
            "subject",
            "need",
            "urgency",
            "body",
            "sender_name",
            "about",
            "circumstance",
            "area",
            "language",
            "reach",
            "phone",
        ]

    def __init__(self, *args: Any, person: Any = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["language"].required = False
        if person is not None:
            for name in ("about", "circumstance", "area", "language"):
                self.fields.pop(name, None)
        else:
            self.fields["area"].required = True


class TextForm(forms.Form):
    """A reply, a note, a reason."""

    text = forms.CharField(
        label=_("Vad vill du säga?"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": LONG},
    )


class PromiseForm(forms.Form):
    at = Moment(label=_("Vi hör av oss senast"))

    def clean_at(self) -> datetime:
        if self.cleaned_data["at"] <= clock.now():
            raise forms.ValidationError(_("Tiden har redan gått. Lova en tid som kommer."))
        return self.cleaned_data["at"]


class HandForm(forms.Form):
    """To which unit; the need decides who is proposed first."""

    unit = forms.ModelChoiceField(label=_("Till vilken enhet?"), queryset=Unit.objects.none())
    text = forms.CharField(
        label=_("Vad behöver de veta?"), max_length=MAX_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, case: Case | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(closed_from__isnull=True).exclude(organization__kind="outside")
        self.fields["unit"].queryset = units.exclude(pk=case.unit_id) if case else units  # type: ignore[attr-defined]


class RotaForm(forms.ModelForm):
    class Meta:
        model = Rota
        fields = ["name", "unit", "need", "areas", "number", "channel", "by_hours", "order", "ends_on"]
        widgets = {
            "areas": forms.CheckboxSelectMultiple,
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(closed_from__isnull=True)
        self.fields["unit"].queryset = units if actor.role == "administrator" else units.filter(pk__in=actor.unit_ids)  # type: ignore[attr-defined]
        self.fields["areas"].queryset = Area.objects.filter(kind=Area.Kind.MUNICIPALITY)  # type: ignore[attr-defined]


class ShiftForm(forms.ModelForm):
    """One shift. Overlaps are allowed and told; a time that does not exist is moved an hour on."""

    starts_at = Moment(label=_("Från"))
    ends_at = Moment(label=_("Till"), help_text=_("Ett pass över midnatt slutar nästa dag."))
    assignment = Person(label=_("Vem"), queryset=Assignment.objects.none(), required=False)

    class Meta:
        model = RotaShift
        fields = ["starts_at", "ends_at", "assignment", "who", "number", "vacant"]

    def __init__(self, *args: Any, rota: Rota, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = staff_of(rota.unit)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        start, end = found.get("starts_at"), found.get("ends_at")
        if start and end:
            if end <= start:
                self.add_error(
                    "ends_at", _("Sluttiden är inte efter starttiden. Ett pass över midnatt slutar nästa dag.")
                )
            elif end - start > LONGEST:
                self.add_error("ends_at", _("Passet är längre än 31 dygn."))
        if not found.get("vacant") and not found.get("assignment") and not found.get("who"):
            self.add_error("assignment", _("Välj vem, skriv ett namn, eller säg att ingen har passet."))
        if found.get("vacant") and (found.get("assignment") or found.get("who")):
            self.add_error("vacant", _("Antingen har någon passet eller ingen. Ta bort det ena."))
        return found


DAYS = [
    ("0", _("mån")),
    ("1", _("tis")),
    ("2", _("ons")),
    ("3", _("tor")),
    ("4", _("fre")),
    ("5", _("lör")),
    ("6", _("sön")),
]


class RuleForm(forms.ModelForm):
    """A weekly pattern."""

    days = forms.MultipleChoiceField(label=_("Dagar"), choices=DAYS, widget=forms.CheckboxSelectMultiple)
    assignment = Person(label=_("Vem"), queryset=Assignment.objects.none(), required=False)

    class Meta:
        model = RotaRule
        fields = ["opens", "closes", "assignment", "who", "number", "holidays_as_sunday", "starts_on", "ends_on"]
        widgets = {
            "opens": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "closes": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    field_order = ["days"]

    def __init__(self, *args: Any, rota: Rota, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = staff_of(rota.unit)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("starts_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Sista dagen ligger före den första."))
        self.instance.weekdays = "".join(sorted(found.get("days") or []))
        return found


class AbsenceForm(forms.ModelForm):
    """Away, and who stands in."""

    starts_at = Moment(label=_("Från"))
    ends_at = Moment(label=_("Till"))
    assignment = Person(label=_("Vem"), queryset=Assignment.objects.none())
    substitute = Person(label=_("Ersätts av"), queryset=Assignment.objects.none(), required=False)

    class Meta:
        model = Absence
        fields = ["assignment", "starts_at", "ends_at", "substitute"]

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = Assignment.objects.filter(current()).select_related("staff", "unit").order_by("staff__sort_name", "pk")
        own = rows if actor.role == "administrator" else rows.filter(unit_id__in=actor.unit_ids)
        self.fields["assignment"].queryset = own  # type: ignore[attr-defined]
        colleagues = rows.filter(unit__organization_id=actor.organization_id or 0)
        self.fields["substitute"].queryset = rows if actor.role == "administrator" else colleagues  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        start, end = found.get("starts_at"), found.get("ends_at")
        if start and end and (end <= start or end - start > timedelta(days=366)):
            self.add_error("ends_at", _("Sluttiden ska vara efter starttiden, och inom ett år."))
        if found.get("substitute") and found["substitute"] == found.get("assignment"):
            self.add_error("substitute", _("Ingen kan ersätta sig själv."))
        return found


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Fil"), help_text=_("iCalendar (.ics), eller CSV med kolumnerna från; till; vem; telefon.")
    )


class SwapForm(forms.Form):
    """With which of the others' shifts."""

    theirs = forms.ModelChoiceField(
        label=_("Mot vilket pass?"), queryset=RotaShift.objects.none(), widget=forms.RadioSelect
    )
    message = forms.CharField(label=_("Hälsning"), max_length=300, required=False)

    def __init__(self, *args: Any, shift: RotaShift, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = RotaShift.objects.filter(rota_id=shift.rota_id, removed_at__isnull=True, assignment__isnull=False)
        rows = rows.filter(starts_at__gt=clock.now(), starts_at__lt=clock.now() + timedelta(weeks=8))
        rows = rows.exclude(assignment__staff_id=shift.assignment.staff_id if shift.assignment else 0)
        self.fields["theirs"].queryset = rows.select_related("assignment__staff", "rota__unit")  # type: ignore[attr-defined]
        self.fields["theirs"].label_from_instance = told  # type: ignore[attr-defined]


def told(shift: RotaShift) -> str:
    """`onsdag 21.30–07.00, Ida Wallin`."""
    from samband.contact.services.spoken import stretch

    return f"{stretch(shift.starts_at, shift.ends_at)}, {shift.shown_who}"

"""Forms about a person: facts, flags, relatives, contacts, and the start of a care relation."""

from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from samband.core import clock
from samband.people import rules
from samband.people.forms import parts
from samband.people.models import Area, Assignment, ContactRole, Flag, Person, Relative
from samband.people.models.staff import current

HIDDEN_WHEN_PROTECTED = ("street", "postal_code", "city", "phone", "latitude", "longitude")


class StartForm(forms.Form):
    """An exact number and a stated reason."""

    identity = parts.IdentityField(
        label=_l("Hela personnumret"), help_text=_l("ÅÅÅÅMMDD-NNNN. Även samordningsnummer och reservnummer.")
    )
    reason = forms.CharField(
        label=_l("Varför?"),
        help_text=_l("Skrivs i loggen. Till exempel: inskriven i hemsjukvården i dag efter remiss."),
        min_length=5,
        max_length=200,
    )


class PersonForm(forms.ModelForm):
    """Facts about the person. For a protected person address and phone are neither shown nor asked for."""

    lifted = forms.BooleanField(
        label=_l("Skyddet är hävt, det har jag kontrollerat"),
        required=False,
        help_text=_l("Adress och telefon blir synliga igen."),
    )

    class Meta:
        model = Person
        fields = (
            "given_name", "family_name", "protection", "street", "postal_code", "city", "phone", "latitude", "longitude",
            "area", "language", "interpreter", "information", "deceased_on",
        )  # fmt: skip
        labels = {"latitude": _l("Latitud"), "longitude": _l("Longitud"), "deceased_on": _l("Avliden den")}
        help_texts = {"language": _l("Två eller tre bokstäver: sv, en, ar, so …")}
        widgets = {"deceased_on": parts.DateInput()}
        field_classes = {"deceased_on": parts.DateField}

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.fields["area"] = parts.Sorted(Area.objects.all(), label=_("Område"), required=False)
        self.was_protected = self.instance.pk is not None and self.instance.is_protected
        if self.instance.pk is not None and self.instance.hides_home:
            for name in HIDDEN_WHEN_PROTECTED:
                del self.fields[name]
        if not self.was_protected:
            del self.fields["lifted"]
        if self.instance.pk is None:
            del self.fields["deceased_on"]

    def clean_phone(self) -> str:
        return parts.checked_phone(self.cleaned_data["phone"])

    def clean_postal_code(self) -> str:
        return parts.checked_postal_code(self.cleaned_data["postal_code"])

    def clean_language(self) -> str:
        return parts.checked_language(self.cleaned_data["language"])

    def clean_latitude(self) -> float | None:
        return self._degrees("latitude", 90)

    def clean_longitude(self) -> float | None:
        return self._degrees("longitude", 180)

    def clean_deceased_on(self) -> Any:
        day = self.cleaned_data["deceased_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("Dagen ligger i framtiden."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        before = self.initial.get("protection") or Person.Protection.NONE
        after = data.get("protection", before)
        if self.was_protected and rules.lowers_protection(before, after) and not data.get("lifted"):
            self.add_error("lifted", _("Kryssa i att skyddet är hävt, eller låt skyddet vara kvar."))
        return data

    def _degrees(self, name: str, most: int) -> float | None:
        value = self.cleaned_data[name]
        if value is not None and abs(value) > most:
            raise forms.ValidationError(
                _("Skriv ett tal i grader mellan %(low)d och %(high)d, till exempel 59,93.")
                % {"low": -most, "high": most}
            )
        return value

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.Meta.fields}


class FlagForm(forms.ModelForm):
    class Meta:
        model = Flag
        fields = ("kind", "text")
        widgets = {"kind": forms.RadioSelect}
        labels = {"text": _l("Vad ska alla veta?")}
        help_texts = {
            "kind": _l("En varning är sådant som kan skada om det glöms."),
            "text": _l("Kort: ”Överkänslig mot penicillin”."),
        }

    def __init__(self, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.fields["kind"].choices = Flag.Kind.choices  # type: ignore[attr-defined]


class RelativeForm(forms.ModelForm):
    """A13, P4: what somebody near may, on what basis, from when to when."""

    class Meta:
        model = Relative
        fields = (
            "given_name", "family_name", "relation", "phone", "lives_with", "protected", "role", "reads", "writes", "represents",
            "basis", "works_why", "starts_on", "ends_on",
        )  # fmt: skip
        widgets = {"starts_on": parts.DateInput(), "ends_on": parts.DateInput(), "role": forms.RadioSelect}
        field_classes = {"starts_on": parts.DateField, "ends_on": parts.DateField}
        help_texts = {
            "relation": _l("Till exempel make, dotter, granne."),
            "protected": _l("Telefonnumret visas då för ingen, och inte heller adressen om de bor tillsammans."),
            "basis": _l(
                "Vem som sade ja och när, eller vilket beslut. Behövs så snart någon får läsa eller företräder."
            ),
            "ends_on": _l("Tomt: tills vidare."),
            "works_why": _l("Bara när den närstående är personal: vem på enheten som har bestämt det, och varför."),
        }

    def __init__(self, person: Person, *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.person = person
        if self.instance.pk is not None and self.instance.protected:
            del self.fields["phone"]
        self.fields["role"].choices = Relative.Role.choices  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        return parts.checked_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        fault = rules.relative_fault(
            role=data["role"], reads=data["reads"], writes=data["writes"], basis=data["basis"], starts=data["starts_on"],
            ends=data["ends_on"], born=self.person.birth_date,
        )  # fmt: skip
        if fault:
            self.add_error(fault[0], _(fault[1]))
        return data

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AssignmentChoice(forms.ModelChoiceField):
    """Staff in their assignments, grouped by unit."""

    def label_from_instance(self, assignment: Assignment) -> str:
        return f"{assignment.staff.full_name}, {assignment.title}, {assignment.unit.name}"


class ContactForm(forms.Form):
    """Who becomes the contact, from when. `end_previous` hands over in one act."""

    assignment = AssignmentChoice(
        Assignment.objects.none(), label=_l("Vem"), empty_label=_l("Välj någon"), to_field_name="public_id"
    )
    starts_on = parts.DateField(label=_l("Från"))
    ends_on = parts.DateField(label=_l("Till och med"), required=False, help_text=_l("Tomt: tills vidare."))
    end_previous = forms.BooleanField(
        label=_l("Lämna över: den som har rollen slutar dagen före"), required=False, initial=True
    )

    def __init__(self, person: Person, kind: str, *args: Any, has_previous: bool = False, **more: Any):
        super().__init__(*args, **more)
        self.fields["assignment"].queryset = suitable(person, kind)  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = clock.today
        if not has_previous:
            del self.fields["end_previous"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _(rules.ORDER))
        return data


def suitable(person: Person, kind: str):
    """Staff who may hold the role now, those in the person's area first."""
    rows = Assignment.objects.filter(current(), unit__closed_from__isnull=True)
    if kind == ContactRole.Kind.CARE:
        rows = rows.filter(role__in=rules.CARE_STAFF).exclude(unit__organization__kind="outside")
    elif kind == ContactRole.Kind.PHYSICIAN:
        rows = rows.filter(role="physician")
    else:
        rows = rows.filter(role__in=rules.SOCIAL_STAFF, unit__organization__kind__in=rules.SOCIAL_PRINCIPALS)
    near = Case(When(Q(unit__area_id=person.area_id), then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.select_related("staff", "unit__organization").order_by(near, "staff__sort_name", "pk")

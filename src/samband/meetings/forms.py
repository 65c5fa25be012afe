"""Forms of meetings. They hold what was written; the services decide whether it may be saved."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.access.models import Party
from samband.core import clock
from samband.meetings.models import Attendee, Meeting
from samband.meetings.models.meeting import NOTES, SUMMARY
from samband.meetings.services import invites
from samband.meetings.services.invites import Agreed, Guests
from samband.people.models import Assignment, ContactRole, Organization, Person, Relative, Unit
from samband.people.models.staff import current
from samband.plans.models import Action
from samband.ui.fields import Asking, DateInput, TimeInput

LENGTHS = [(30, _("30 minuter")), (45, _("45 minuter")), (60, _("1 timme")), (90, _("1 ½ timme")), (120, _("2 timmar")),
           (180, _("3 timmar"))]  # fmt: skip
TOO_LONG = _("Texten är %(show_value)s tecken. Skriv högst %(limit_value)s.")


class Base(Asking):
    """What the forms of a meeting have in common: sentences of their own, and a version that may be renewed."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if hasattr(field, "max_length"):
                for validator in field.validators:
                    if getattr(validator, "code", "") == "max_length":
                        validator.message = TOO_LONG  # type: ignore[attr-defined]

    def renew(self, version: int) -> None:
        """After a refusal: what was typed stays, on top of the version that holds now."""
        self.data = {**{name: self.data.get(name) for name in self.fields}, "version": version}


class Named(forms.ModelChoiceField):
    """Staff by name, title and unit."""

    def label_from_instance(self, obj: Assignment) -> str:
        return f"{obj.staff.full_name}, {obj.title}, {obj.unit.name}"


class WhenForm(Base):
    """A day, a time, how long, and where."""

    day = forms.DateField(
        label=_("Dag"), widget=DateInput(), error_messages={"invalid": _("Skriv dagen som ÅÅÅÅ-MM-DD.")}
    )
    at = forms.TimeField(
        label=_("Klockan"), widget=TimeInput(), error_messages={"invalid": _("Skriv tiden som 09:30.")}
    )
    minutes = forms.TypedChoiceField(label=_("Hur länge"), choices=LENGTHS, coerce=int, initial=60)
    place = forms.CharField(
        label=_("Var ni ses"),
        max_length=200,
        required=False,
        help_text=_("Hemma hos personen, på en mottagning, ett rum."),
    )
    link = forms.CharField(
        label=_("Länk till videomöte"), max_length=500, required=False,
        help_text=_("Börjar med https://. Visas bara för dem som är kallade."),
    )  # fmt: skip

    @property
    def starts(self) -> datetime | None:
        data = getattr(self, "cleaned_data", {})
        return clock.at(data["day"], data["at"]) if data.get("day") and data.get("at") else None

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=getattr(self, "cleaned_data", {}).get("minutes") or 60)


class GuestFields(Base):
    """Whom to call, out of those around the person; and a unit that she has just agreed to (P1)."""

    guests = forms.MultipleChoiceField(
        label=_("Vilka ska vara med?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other = Named(
        label=_("Någon mer hos en part"), queryset=Assignment.objects.none(), required=False, empty_label=_("Ingen")
    )
    new_unit = forms.ModelChoiceField(
        label=_("Enhet som inte är part än"), queryset=Unit.objects.none(), required=False, empty_label=_("Ingen")
    )
    new_said = forms.CharField(
        label=_("Vad sade personen om att de är med?"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "voice-field", "lang": "sv"}),
    )  # fmt: skip
    new_said_by = forms.CharField(label=_("Vem sade det?"), max_length=200, required=False)
    new_form = forms.ChoiceField(label=_("I vilken form"), choices=Party.Form.choices, initial="spoken", required=False)

    def __init__(self, *args: Any, person: Person, but: Meeting | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person = person
        self.known = guests_of(person)
        taken = {invites.key_of(row) for row in but.attendees.all() if row.called} if but else set()
        self.groups = [
            {"label": label, "rows": [row for row in rows if row["key"] not in taken]}
            for label, rows in grouped(self.known)
        ]
        self.groups = [group for group in self.groups if group["rows"]]
        self.fields["guests"].choices = [(key, key) for key in self.known]  # type: ignore[attr-defined]
        self.fields["other"].queryset = invites.staff_of(person)  # type: ignore[attr-defined]
        held = invites.open_parties(person).values("unit_id")
        self.fields["new_unit"].queryset = Unit.objects.filter(closed_from__isnull=True).exclude(pk__in=held)  # type: ignore[attr-defined]
        self.chosen = set(self["guests"].value() or [])
        for group in self.groups:
            for row in group["rows"]:
                row["chosen"] = row["key"] in self.chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new_unit"):
            for name, words in (
                ("new_said", _("Skriv vad personen sade.")),
                ("new_said_by", _("Skriv vem som sade det.")),
            ):
                if not data.get(name, "").strip() and name not in self.errors:
                    self.add_error(name, words)
        return data

    def invited(self) -> Guests:
        """What was chosen."""
        data = self.cleaned_data
        things = [self.known[key]["thing"] for key in data.get("guests", [])]
        staff = [thing for thing in things if isinstance(thing, Assignment)]
        if data.get("other"):
            staff.append(data["other"])
        agreed: tuple[Agreed, ...] = ()
        if data.get("new_unit"):
            agreed = (Agreed(data["new_unit"], data["new_said"], data["new_said_by"], data["new_form"] or "spoken"),)
        return Guests(
            person=any(isinstance(thing, Person) for thing in things),
            relatives=tuple(thing for thing in things if isinstance(thing, Relative)),
            units=tuple(thing for thing in things if isinstance(thing, Unit)),
            staff=tuple(staff),
            agreed=agreed,
        )


class CallForm(GuestFields, WhenForm):
    """The call."""

    kind = forms.ChoiceField(
        label=_("Slag av möte"), choices=Meeting.Kind.choices, widget=forms.RadioSelect, initial="sip"
    )
    myself = forms.BooleanField(label=_("Jag är med och leder mötet"), required=False, initial=True)
    without_person = forms.CharField(
        label=_("Om personen inte är med: varför?"), max_length=300, required=False,
        help_text=_("Mötet är personens. Skriv bara om personen själv inte vill eller kan."),
    )  # fmt: skip
    items = forms.CharField(
        label=_("Eget att ta upp"), required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("En punkt på varje rad. Det som är öppet i planen kommer med av sig självt."),
    )  # fmt: skip
    field_order = ("kind", "day", "at", "minutes")

    def own_items(self) -> tuple[str, ...]:
        return tuple(
            line.strip(" -•*\t") for line in self.cleaned_data.get("items", "").splitlines() if line.strip(" -•*\t")
        )


class FitForm(GuestFields, WhenForm):
    """As much of a call as a look at the time needs."""


class MoveForm(WhenForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Varför flyttas det?"), max_length=300, required=False, help_text=_("Alla som är kallade läser det.")
    )


class CancelForm(Base):
    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Varför blir det inte av?"),
        max_length=300,
        required=False,
        help_text=_("Alla som är kallade läser det."),
    )


class AnswerForm(Base):
    """The answer of one who is called; a unit says who comes."""

    answer = forms.ChoiceField(
        label=_("Ditt svar"), widget=forms.RadioSelect,
        choices=[(v, label) for v, label in Attendee.Answer.choices if v != "waiting"],
        error_messages={"required": _("Välj ett svar.")},
    )  # fmt: skip
    coming = Named(
        label=_("Vem kommer?"), queryset=Assignment.objects.none(), required=False, empty_label=_("Bestäms senare")
    )
    note = forms.CharField(
        label=_("Mer om svaret"), max_length=300, required=False, help_text=_("Till exempel tider som passar bättre.")
    )

    def __init__(self, *args: Any, row: Attendee, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if row.kind == Attendee.Kind.UNIT:
            staff = Assignment.objects.filter(current(), unit_id=row.unit_id or 0).exclude(
                role__in=("administrator", "reviewer")
            )
            self.fields["coming"].queryset = staff.select_related("staff", "unit").order_by("staff__sort_name")  # type: ignore[attr-defined]
            self.fields["coming"].label_from_instance = lambda obj: f"{obj.staff.full_name}, {obj.title}"  # type: ignore[attr-defined]
            self.fields["answer"].label = _("Enhetens svar")
        else:
            del self.fields["coming"]


class FinishForm(Base):
    """What everybody may read afterwards."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    summary = forms.CharField(
        label=_("Det här kom vi fram till"), widget=forms.Textarea(attrs={"rows": 7}), required=False, max_length=SUMMARY,
        help_text=_("Kort och så att personen förstår. Besluten står också för sig."),
    )  # fmt: skip
    said = forms.CharField(
        label=_("Vad sade personen om det?"), required=False, max_length=SUMMARY,
        widget=forms.Textarea(attrs={"rows": 3, "class": "voice-field", "lang": "sv"}), help_text=_("Med personens egna ord."),
    )  # fmt: skip
    said_note = forms.CharField(label=_("Vem skrev ner orden?"), max_length=200, required=False)


class TextForm(Base):
    text = forms.CharField(label=_("Rättelse"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class TalkForm(Base):
    """Something to talk about."""

    title = forms.CharField(label=_("Jag vill prata om …"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class DecideForm(Base):
    """A decision that becomes a part of the plan. Which fields count follows from `kind`."""

    KINDS = [("action", _("Insats")), ("goal", _("Mål")), ("follow_up", _("Uppföljning")), ("contact", _("Kontakt"))]
    once = forms.UUIDField(widget=forms.HiddenInput)
    item = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Vad blir det?"), choices=KINDS, widget=forms.RadioSelect, initial="action")
    title = forms.CharField(
        label=_("Vad ska göras?"),
        max_length=120,
        required=False,
        help_text=_("Så att personen förstår: Ringa om taxikort."),
    )
    who = forms.ChoiceField(label=_("Vem gör det?"), required=False)
    on = forms.DateField(label=_("Vilken dag?"), widget=DateInput(), required=False)
    at = forms.TimeField(label=_("Klockan"), widget=TimeInput(), required=False)
    detail = forms.CharField(
        label=_("Hur"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 2})
    )
    words = forms.CharField(
        label=_("Målet med personens egna ord"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "voice-field", "lang": "sv"}),
    )  # fmt: skip
    know_how = forms.CharField(
        label=_("Så vet vi att det går åt rätt håll"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    due_on = forms.DateField(label=_("Dag för uppföljning"), widget=DateInput(), required=False)
    responsible = Named(
        label=_("Ansvarig"), queryset=Assignment.objects.none(), required=False, empty_label=_("Ingen än")
    )
    contact_kind = forms.ChoiceField(label=_("Roll"), choices=ContactRole.Kind.choices, required=False)
    contact = Named(label=_("Vem"), queryset=Assignment.objects.none(), required=False, empty_label=_("Inget valt"))

    def __init__(self, *args: Any, meeting: Meeting, units: list[Unit], mine: tuple[int, ...], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.units = {f"unit-{unit.public_id}": unit for unit in units}
        near = Relative.objects.filter(current(), person=meeting.person_id)
        self.near = {f"relative-{row.public_id}": row for row in near}
        ours = [(key, unit.name) for key, unit in self.units.items() if unit.pk in mine]
        asked = [
            (key, _("Fråga %(unit)s") % {"unit": unit.name}) for key, unit in self.units.items() if unit.pk not in mine
        ]
        people = [("person", meeting.person.full_name), *((key, row.full_name) for key, row in self.near.items())]
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            ("", _("Inget valt")), (_("Vår enhet"), ours), (_("Andra enheter, som svarar ja eller nej"), asked),
            (_("Personen och närstående"), people),
        ]  # fmt: skip
        staff = invites.staff_of(meeting.person).exclude(unit__organization__kind=Organization.Kind.OUTSIDE)
        for name in ("responsible", "contact"):
            self.fields[name].queryset = staff  # type: ignore[attr-defined]
        chosen = self.data.get("kind") if self.is_bound else None
        for kind, names in self.NEEDS.items():
            for name in names:
                self.fields[name].required = chosen in (None, kind)

    NEEDS = {
        "action": ("title", "who"),
        "goal": ("words",),
        "follow_up": ("due_on",),
        "contact": ("contact_kind", "contact"),
    }


class RoleForm(Base):
    """Role in the meeting, and where the invitation goes."""

    role = forms.ChoiceField(label=_("Roll i mötet"), choices=Attendee.Role.choices)
    email = forms.EmailField(
        label=_("E-post för inbjudan"), required=False, help_text=_("Brevet säger varken vem eller vad mötet gäller.")
    )


NOTES_MAX = NOTES


def guests_of(person: Person) -> dict[str, dict[str, Any]]:
    """Those around the person who can be called, by key: herself, relatives who read, party units, and staff by name."""
    found: dict[str, dict[str, Any]] = {
        "person": {"key": "person", "thing": person, "name": person.full_name, "note": "", "group": "person"}
    }
    for relative in person.relatives.filter(current(), reads=True):
        note = (
            relative.relation
            if relative.role == Relative.Role.RELATIVE
            else f"{relative.relation}, {relative.get_role_display().lower()}"
        )
        found[f"relative-{relative.public_id}"] = {
            "thing": relative,
            "name": relative.full_name,
            "note": note,
            "group": "near",
        }
    rows = invites.open_parties(person).select_related("unit__organization").order_by("unit__sort_name")
    for party in rows:
        outside = party.unit.organization.kind == Organization.Kind.OUTSIDE
        note = str(_("utanför vården, ser bara sin del")) if outside else ""
        found[f"unit-{party.unit.public_id}"] = {
            "thing": party.unit,
            "name": party.unit.name,
            "note": note,
            "group": "units",
        }
    for who in around(person):
        note = f"{who.title}, {who.unit.name}"
        found[f"staff-{who.public_id}"] = {"thing": who, "name": who.staff.full_name, "note": note, "group": "staff"}
    for key, row in found.items():
        row["key"] = key
    return found


def around(person: Person) -> list[Assignment]:
    """Staff whom the person meets: her contacts, and those who have actions in her plan. At most twenty."""
    ids = set(person.contacts.filter(current()).values_list("assignment_id", flat=True))
    acts = Action.objects.filter(plan__person=person, status=Action.Status.ACTIVE, assignment__isnull=False)
    ids |= set(acts.exclude(plan__status="closed").values_list("assignment_id", flat=True))
    return list(invites.staff_of(person).filter(pk__in=ids)[:20])


def grouped(known: dict[str, dict[str, Any]]) -> list[tuple[Any, list[dict[str, Any]]]]:
    labels = [
        ("person", _("Personen")),
        ("near", _("Närstående som läser planen")),
        ("units", _("Enheter, som själva säger vem som kommer")),
        ("staff", _("Personal vid namn")),
    ]
    return [(label, [row for row in known.values() if row["group"] == key]) for key, label in labels]

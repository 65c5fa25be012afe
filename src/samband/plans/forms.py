"""The forms of a plan. They hold what was written; `services` decides whether it may be saved."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samband.access.models import Capacity, Party
from samband.core import clock
from samband.people.models import Assignment, Relative, Unit
from samband.people.models.staff import current
from samband.plans import recurrence_form as choices
from samband.plans.models import Action, CarePlan, FollowUp, Goal, PlanEvent, Situation
from samband.plans.rules import BadRule, check_rrule

WHY = _("Visas när någon undrar varför det här är nästa steg.")
ICONS = [
    ("", _("Ingen särskild")), ("drop", _("Droppe")), ("pill", _("Medicin")), ("scale", _("Våg")), ("cutlery", _("Mat")),
    ("sock", _("Strumpor")), ("walk", _("Promenad")), ("leaf", _("Ute")), ("bandage", _("Sår")), ("tooth", _("Tand")),
    ("flask", _("Prov")), ("phone", _("Telefon")), ("people", _("Möte")), ("lungs", _("Andning")), ("heart", _("Hjärta")),
    ("brain", _("Psykisk hälsa")), ("school", _("Skola")), ("bell", _("Larm")), ("bed", _("Sömn")),
]  # fmt: skip
PICTURES = [
    ("p-question", _("Ingen särskild")), ("p-scale", _("Våg")), ("p-lungs", _("Andning")), ("p-bed", _("Säng")),
    ("p-heart", _("Hjärta")),
    ("p-thermometer", _("Feber")), ("p-drop", _("Droppe")), ("p-dizzy", _("Yrsel")), ("p-tooth", _("Tand")), ("p-pill", _("Medicin")),
    ("p-fall", _("Fall")), ("p-phone", _("Telefon")), ("p-night", _("Natt")), ("p-sad", _("Nedstämd")), ("p-wound", _("Sår")),
    ("p-food", _("Mat")), ("p-home", _("Hemma")), ("p-people", _("Närstående")),
]  # fmt: skip


def spoken_refusal(bad: BadRule) -> str:
    """The sentence in the reader's language."""
    return bad.en if (get_language() or "sv").startswith("en") else bad.sv


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: Any):
        super().__init__(format="%Y-%m-%d", **kwargs)


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: Any):
        super().__init__(format="%H:%M", **kwargs)


class Refusing(forms.BaseForm):
    """A form that takes a refusal from the services and puts it at its fields."""

    def refuse(self, error: ValidationError) -> None:
        """Each sentence at its field; what has none, or belongs to no field here, at the top."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, messages in error.message_dict.items():
            place = self.place_of(name)
            for message in messages:
                self.add_error(place if place in self.fields else None, message)

    def place_of(self, name: str) -> str | None:
        """The form's name for a field of the model."""
        return None if name == "__all__" else name


class PartForm(Refusing, forms.ModelForm):
    """A part of a plan: its fields, the version that was read, and why. The model's own checks are the services'."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(
        label=_("Varför ändras det?"),
        max_length=300,
        required=False,
        help_text=_("Står i historiken, så att alla förstår."),
    )

    def __init__(self, *args: Any, plan: CarePlan, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.plan = plan
        for field in self.fields.values():
            field.error_messages["required"] = _("Fyll i den här uppgiften.")
        self.fields["version"].initial = getattr(self.instance, "version", None) or 0
        if self.instance.pk is None:
            del self.fields["why"]
        self._help_with_words()
        self.prepare()

    def _help_with_words(self) -> None:
        """Beside each longer text, how it reads (htmx). Not beside the person's own words: they are as she says them."""
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea) and "voice-field" not in field.widget.attrs.get("class", ""):
                field.plain_help = True  # type: ignore[attr-defined]
                field.widget.attrs |= {
                    "hx-post": reverse("plans:plain"),
                    "hx-trigger": "input changed delay:800ms",
                    "hx-target": f"#{self[name].auto_id}_plain",
                    "hx-swap": "innerHTML",
                }

    def prepare(self) -> None:
        """Narrow the choices to this plan."""

    def _post_clean(self) -> None:
        """Leave the instance alone: services/editing writes it."""

    def changes(self) -> dict[str, Any]:
        """What was written, by the model's field names."""
        names = [name for name in self._meta.fields if name in self.cleaned_data]  # type: ignore[union-attr]
        return {name: self.cleaned_data[name] for name in names}

    def new(self) -> Any:
        """An unsaved part with what was written."""
        return self._meta.model(plan=self.plan, **self.changes())


class WordsForm(PartForm):
    class Meta:
        model = CarePlan
        fields = ["words", "words_note"]
        widgets = {"words": forms.Textarea(attrs={"class": "voice-field", "rows": 4, "lang": "sv"})}
        help_texts = {
            "words": _("Skriv som personen säger det, med hennes eller hans egna ord."),
            "words_note": _(
                "Till exempel: Annika Norell skrev ner vid köksbordet. Lämnas tomt bara av personen själv."
            ),
        }


class StoryForm(PartForm):
    class Meta:
        model = CarePlan
        fields = ["situation", "strengths", "needs"]


class GoalForm(PartForm):
    class Meta:
        model = Goal
        fields = ["words", "know_how", "status"]
        widgets = {
            "words": forms.Textarea(attrs={"class": "voice-field", "rows": 3, "lang": "sv"}),
            "know_how": forms.Textarea(attrs={"rows": 3}),
        }


class SituationForm(PartForm):
    class Meta:
        model = Situation
        fields = [
            "trigger",
            "icon",
            "steps_person",
            "steps_relative",
            "steps_staff",
            "emergency",
            "call_unit",
            "then_unit",
        ]
        widgets = {
            "trigger": forms.TextInput(attrs={"class": "voice-field", "lang": "sv"}),
            **{name: forms.Textarea(attrs={"rows": 4}) for name in ("steps_person", "steps_relative", "steps_staff")},
        }
        labels = {"icon": _("Bild")}
        help_texts = {"steps_person": _("Ett steg på varje rad."), "emergency": _("Fara för livet: 112 rings först.")}

    def prepare(self) -> None:
        self.fields["icon"] = forms.ChoiceField(label=_("Bild"), choices=PICTURES, required=False)
        for name in ("call_unit", "then_unit"):
            self.fields[name].queryset = Unit.objects.filter(closed_from__isnull=True)  # type: ignore[attr-defined]
            self.fields[name].empty_label = _("Ingen")  # type: ignore[attr-defined]


class FollowUpForm(PartForm):
    class Meta:
        model = FollowUp
        fields = ["due_on", "responsible"]
        widgets = {"due_on": DateInput()}

    def prepare(self) -> None:
        self.fields["responsible"].queryset = staff_of(self.plan)  # type: ignore[attr-defined]
        self.fields["responsible"].label_from_instance = person_title  # type: ignore[attr-defined]
        self.fields["responsible"].empty_label = _("Ingen än")  # type: ignore[attr-defined]


class FollowUpDoneForm(forms.Form):
    """What we found, and when we look again."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Vad vi kom fram till"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
        error_messages={"required": _("Skriv vad ni kom fram till, om så bara en mening.")},
    )
    next_on = forms.DateField(
        label=_("Nästa uppföljning"),
        widget=DateInput(),
        required=False,
        help_text=_("En plan utan nästa dag glöms bort."),
    )


class EventForm(PartForm):
    """Something that has happened, on a day at a time."""

    day = forms.DateField(label=_("Dag"), widget=DateInput())
    clock = forms.TimeField(label=_("Klockan"), widget=TimeInput())
    field_order = ("day", "clock", "title", "detail")

    class Meta:
        model = PlanEvent
        fields = ["title", "detail"]
        help_texts = {"title": _("Något som alla runt personen behöver veta: kom hem från sjukhus, flyttade, föll.")}

    def changes(self) -> dict[str, Any]:
        return {**super().changes(), "at": clock.at(self.cleaned_data["day"], self.cleaned_data["clock"])}

    def place_of(self, name: str) -> str | None:
        return "day" if name == "at" else super().place_of(name)


class OftenForm(forms.Form):
    """How often, in words that people use."""

    often = forms.ChoiceField(
        label=_("Hur ofta"),
        widget=forms.RadioSelect,
        choices=[
            (choices.ONCE, _("En gång")), (choices.DAILY, _("Dagar")), (choices.WEEKLY, _("Veckor")),
            (choices.MONTHLY, _("Månader")), (choices.YEARLY, _("År")), (choices.OTHER, _("Egen regel")),
        ],
    )  # fmt: skip
    every = forms.IntegerField(
        label=_("Hur tätt"),
        min_value=1,
        max_value=400,
        required=False,
        initial=1,
        help_text=_("1 är varje, 2 är varannan, 3 är var tredje."),
    )
    days = forms.MultipleChoiceField(
        label=_("Veckodagar"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("MO", _("måndag")), ("TU", _("tisdag")), ("WE", _("onsdag")), ("TH", _("torsdag")), ("FR", _("fredag")),
            ("SA", _("lördag")), ("SU", _("söndag")),
        ],
    )  # fmt: skip
    month_by = forms.ChoiceField(
        label=_("Dag i månaden"),
        required=False,
        choices=[
            (choices.SAME_DATE, _("Samma datum som första dagen")),
            (choices.SAME_WEEKDAY, _("Samma veckodag, till exempel andra tisdagen")),
            (choices.LAST_DAY, _("Sista dagen i månaden")),
        ],
    )
    rule = forms.CharField(
        label=_("Egen regel"),
        max_length=300,
        required=False,
        help_text=_("iCalendar, till exempel FREQ=DAILY;BYHOUR=8,20"),
    )

    def rrule(self) -> str:
        """The rule that the choices make."""
        data = self.cleaned_data
        choice = choices.Choice(
            data.get("often") or choices.ONCE, data.get("every") or 1, data.get("days") or [],
            data.get("month_by") or choices.SAME_DATE, data.get("rule") or "",
        )  # fmt: skip
        return choices.to_rrule(choice, data.get("starts_on") or clock.today())


class PreviewForm(OftenForm):
    """As much of an action as its next times need."""

    starts_on = forms.DateField(required=False)
    stops_on = forms.DateField(required=False)
    time_from = forms.TimeField(required=False)


class ActionForm(OftenForm, PartForm):
    """Who does what, where, how often and when."""

    class Meta:
        model = Action
        fields = [
            "title", "detail", "icon", "by", "unit", "assignment", "relative", "goal", "place", "minutes", "competence",
            "starts_on", "stops_on", "time_from", "time_to", "rrule", "milestone", "after", "why", "shared_outside", "status",
        ]  # fmt: skip
        widgets = {
            "detail": forms.Textarea(attrs={"rows": 3}),
            "by": forms.RadioSelect,
            "starts_on": DateInput(),
            "stops_on": DateInput(),
            "time_from": TimeInput(),
            "time_to": TimeInput(),
            "rrule": forms.HiddenInput,
        }
        help_texts = {
            "title": _("Kort och så att personen förstår: Insulin före frukost."),
            "milestone": _("Ett besök, ett beslut, ett svar. Det närmaste blir planens nästa steg."),
            "shared_outside": _("Skola, arbetsgivare eller annan part ser insatsen. Bara det personen gått med på."),
        }

    change_why = forms.CharField(
        label=_("Varför ändras det?"),
        max_length=300,
        required=False,
        help_text=_("Står i historiken, så att alla förstår."),
    )

    def prepare(self) -> None:
        units = Unit.objects.filter(party_in__person=self.plan.person_id, party_in__withdrawn_at__isnull=True)
        self.fields["unit"].queryset = units.distinct()  # type: ignore[attr-defined]
        self.fields["assignment"].queryset = staff_of(self.plan)  # type: ignore[attr-defined]
        self.fields["assignment"].label_from_instance = person_title  # type: ignore[attr-defined]
        self.fields["relative"].queryset = Relative.objects.filter(current(), person=self.plan.person_id)  # type: ignore[attr-defined]
        self.fields["goal"].queryset = self.plan.goals.all()  # type: ignore[attr-defined]
        after = self.plan.actions.exclude(pk=self.instance.pk).exclude(status=Action.Status.STOPPED)
        self.fields["after"].queryset = after  # type: ignore[attr-defined]
        empty = {"unit": _("Välj enhet"), "assignment": _("Ingen särskild"), "relative": _("Välj vem"),
                 "goal": _("Inget särskilt"), "after": _("Ingenting")}  # fmt: skip
        for name, word in empty.items():
            self.fields[name].empty_label = word  # type: ignore[attr-defined]
        self.fields["icon"] = forms.ChoiceField(label=_("Bild"), choices=ICONS, required=False)
        if "why" not in self.fields:
            self.fields["why"] = forms.CharField(label=_("Varför"), max_length=300, required=False, help_text=WHY)
        else:
            self.fields["why"].label = _("Varför görs det?")
            self.fields["why"].help_text = WHY
        if self.instance.pk is None:
            del self.fields["change_why"]
        if not self.instance.pk:
            self.fields["status"].required = False
        self.fields["rrule"].required = False
        found = choices.from_rrule(self.instance.rrule, self.instance.starts_on or clock.today())
        for name in ("often", "every", "days", "month_by", "rule"):
            self.initial.setdefault(name, getattr(found, name))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["rrule"] = self.rrule()
        starts, stops = data.get("starts_on"), data.get("stops_on")
        try:
            check_rrule(data["rrule"], starts or clock.today(), stops)
        except BadRule as bad:
            late = bool(starts and stops and stops < starts)
            self.add_error("stops_on" if late else self.place_of("rrule"), spoken_refusal(bad))
        data["status"] = data.get("status") or Action.Status.ACTIVE
        if data.get("by") != Action.By.UNIT:
            data["unit"] = data["assignment"] = None
        if data.get("by") != Action.By.RELATIVE:
            data["relative"] = None
        return data

    def place_of(self, name: str) -> str | None:
        if name == "rrule":
            return "rule" if self.cleaned_data.get("often") == choices.OTHER else "often"
        return super().place_of(name)


class ProposalForm(forms.Form):
    """A proposal to the party that has the action."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("Vad föreslår du, och varför?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv vad du föreslår och varför.")},
    )
    time_from = forms.TimeField(label=_("Ny tid"), widget=TimeInput(), required=False)
    time_to = forms.TimeField(label=_("Senast"), widget=TimeInput(), required=False)
    stops_on = forms.DateField(label=_("Sista dagen"), widget=DateInput(), required=False)

    def changes(self) -> dict[str, Any]:
        return {n: self.cleaned_data[n] for n in ("time_from", "time_to", "stops_on") if self.cleaned_data.get(n)}


class PartyForm(Refusing, forms.Form):
    """P1: which unit, what was said, by whom, in which form."""

    use_required_attribute = False
    unit = forms.ModelChoiceField(
        label=_("Enhet"), queryset=Unit.objects.none(), to_field_name="public_id", empty_label=_("Välj enhet"),
        error_messages={"required": _("Välj enheten som ska bli part.")},
    )  # fmt: skip
    said = forms.CharField(
        label=_("Vad sade personen?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Med personens ord så långt det går."), error_messages={"required": _("Skriv vad personen sade.")},
    )  # fmt: skip
    said_by = forms.CharField(
        label=_("Vem sade det?"), max_length=200, error_messages={"required": _("Skriv vem som sade det.")}
    )
    form = forms.ChoiceField(
        label=_("I vilken form?"), choices=Party.Form.choices, widget=forms.RadioSelect, initial=Party.Form.SPOKEN
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        taken = Party.objects.filter(person=person, withdrawn_at__isnull=True)
        rows = Unit.objects.filter(closed_from__isnull=True).exclude(pk__in=taken.values("unit_id"))
        self.fields["unit"].queryset = rows.select_related("organization")  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """P6."""

    use_required_attribute = False
    said = forms.CharField(
        label=_("Vad sade personen?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv vad personen sade.")},
    )  # fmt: skip


class StartForm(Refusing, forms.Form):
    """P1: a plan begins with what the person said."""

    use_required_attribute = False
    units = forms.ModelMultipleChoiceField(
        label=_("Vilka ska vara parter?"), queryset=Unit.objects.none(), widget=forms.CheckboxSelectMultiple,
        to_field_name="public_id",
        help_text=_("Enheterna läser och skriver planen så länge personen vill. Fler kan läggas till senare på samma sätt."),
        error_messages={"required": _("Välj minst din egen enhet.")},
    )  # fmt: skip
    said = PartyForm.declared_fields["said"]
    said_by = PartyForm.declared_fields["said_by"]
    form = PartyForm.declared_fields["form"]
    words = forms.CharField(
        label=_("Vad är viktigt för mig"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"class": "voice-field", "rows": 4, "lang": "sv"}),
        help_text=_("Fråga: Vad är viktigt för dig? Skriv svaret ord för ord."),
    )  # fmt: skip
    words_note = forms.CharField(label=_("Vem skrev ner orden?"), max_length=200, required=False)
    follow_up_on = forms.DateField(label=_("Första uppföljningen"), widget=DateInput(), required=False)

    def __init__(self, *args: Any, person: Any, actor: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        around = Unit.objects.filter(relations__person=person, relations__in=person.relations.filter(current()))
        rows = Unit.objects.filter(
            pk__in=[*around.values_list("pk", flat=True), *actor.unit_ids], closed_from__isnull=True
        )
        self.fields["units"].queryset = rows  # type: ignore[attr-defined]


class CapacityForm(Refusing, forms.ModelForm):
    """P7: who assessed, on what basis, who represents, the known attitude, and when to look again."""

    use_required_attribute = False
    ground = forms.ChoiceField(
        label=_("Skäl"), choices=Capacity.Ground.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Välj varför personen inte kan samtycka.")},
    )  # fmt: skip

    class Meta:
        model = Capacity
        fields = ["ground", "assessed_by", "basis", "represented_by", "attitude", "review_on"]
        widgets = {
            "basis": forms.Textarea(attrs={"rows": 3}),
            "attitude": forms.Textarea(attrs={"rows": 3}),
            "review_on": DateInput(),
        }
        help_texts = {
            "attitude": _("Vad personen har sagt eller visat förut om att dela uppgifter och ta emot hjälp."),
            "represented_by": _("God man, vårdnadshavare, framtidsfullmakt eller närstående."),
        }

    def _post_clean(self) -> None:
        """The service checks and writes."""


class MarkForm(Refusing, forms.Form):
    """Moved or handed over, with why."""

    use_required_attribute = False
    note = forms.CharField(label=_("Varför?"), max_length=300, required=False)
    day = forms.DateField(label=_("Till dag"), widget=DateInput(), required=False)
    time = forms.TimeField(label=_("Klockan"), widget=TimeInput(), required=False)
    assignment = forms.ModelChoiceField(
        label=_("Vem tar det?"), queryset=Assignment.objects.none(), required=False, to_field_name="public_id",
        empty_label=_("Ingen än: det syns som utan ansvarig"),
    )  # fmt: skip

    def __init__(self, *args: Any, action: Action, **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = [action.unit_id, *(p.unit_id for p in action.participants.all())]
        rows = Assignment.objects.filter(current(), unit_id__in=[u for u in units if u]).select_related("staff", "unit")
        self.fields["assignment"].queryset = rows  # type: ignore[attr-defined]
        self.fields["assignment"].label_from_instance = person_title  # type: ignore[attr-defined]

    def place_of(self, name: str) -> str | None:
        return "day" if name == "to" else None if name == "__all__" else name


def person_title(assignment: Assignment) -> str:
    """`Ida Wallin, sjuksköterska, Hemsjukvården`."""
    return f"{assignment.staff.full_name}, {assignment.title.lower()}, {assignment.unit.name}"


def staff_of(plan: CarePlan) -> Any:
    """Those who work at the plan's parties now."""
    rows = Assignment.objects.filter(
        current(), unit__party_in__person=plan.person_id, unit__party_in__withdrawn_at__isnull=True
    )
    return rows.select_related("staff", "unit").order_by("staff__sort_name").distinct()

"""An action: who does what, where, how often and when; a proposal about it, and a mark on one of its times."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.people.models import Assignment, Relative, Unit
from samband.people.models.staff import current
from samband.plans import recurrence_form as choices
from samband.plans.forms.base import PartForm, person_title, spoken_refusal, staff_of
from samband.plans.forms.icons import ICONS
from samband.plans.models import Action
from samband.plans.rules import BadRule, check_rrule
from samband.ui.fields import DateInput, Refusing, TimeInput

ALONG = _("Ni själva läggs till direkt. En annan part får frågan och svarar själv.")
WHY = _("Visas när någon undrar varför det här är nästa steg.")


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


class PreviewForm(Refusing, OftenForm):
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

    along = forms.ChoiceField(label=_("Kommer också med"), required=False, help_text=ALONG)

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
            self.fields["along"].choices = along_choices(self.plan)  # type: ignore[attr-defined]
        else:
            del self.fields["along"]  # a page of its own: what another party looks after does not lie in this form
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


class AlongForm(Refusing, forms.Form):
    """Somebody more who comes along."""

    use_required_attribute = False
    along = forms.ChoiceField(
        label=_("Vem mer kommer med?"),
        help_text=ALONG,
        error_messages={"required": _("Välj vem mer som kommer med.")},
    )
    why = forms.CharField(
        label=_("Varför?"),
        max_length=300,
        required=False,
        help_text=_("Står i historiken, och i frågan till en annan part."),
    )

    def __init__(self, *args: Any, plan: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["along"].choices = along_choices(plan)  # type: ignore[attr-defined]


class SwapForm(Refusing, forms.Form):
    """Another of the same unit."""

    use_required_attribute = False
    key = forms.CharField(widget=forms.HiddenInput)
    to = forms.ModelChoiceField(
        label=_("Vem kommer?"), queryset=Assignment.objects.none(), required=False, to_field_name="public_id",
        empty_label=_("Någon från enheten"),
    )  # fmt: skip

    def __init__(self, *args: Any, unit: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = Assignment.objects.filter(current(), unit=unit).select_related("staff", "unit")
        self.fields["to"].queryset = rows.order_by("staff__sort_name")  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = person_title  # type: ignore[attr-defined]


def along_choices(plan: Any) -> list[Any]:
    """Everybody at the plan's parties, unit by unit; first whoever it is that day."""
    groups: dict[Any, list[tuple[str, str]]] = {}
    parties = plan.person.parties.filter(withdrawn_at__isnull=True).select_related("unit")
    for party in sorted(parties, key=lambda p: p.unit.sort_name):
        anybody = _("Någon från %(unit)s") % {"unit": party.unit.name}
        groups[party.unit_id] = [(f"u:{party.unit.public_id}", anybody)]
    names = {party.unit_id: party.unit.name for party in parties}
    for row in staff_of(plan):
        groups[row.unit_id].append((f"a:{row.public_id}", f"{row.staff.full_name}, {row.title.lower()}"))
    return [("", _("Ingen mer")), *((names[unit], rows) for unit, rows in groups.items())]


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

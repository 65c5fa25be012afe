"""Forms of what happens to a plan as a whole: rest, close, hand over, restore, correct. The services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.access.models import Party
from samband.people.models import Assignment, Unit
from samband.people.models.staff import current
from samband.plans.forms import PartyForm, person_title
from samband.plans.models import CarePlan, Correction, Handover
from samband.plans.services import corrections, handovers
from samband.ui.fields import DateInput, Refusing

WHY = _("Skriv varför, så att alla förstår.")


class WhyForm(Refusing, forms.Form):
    """A reason, which stands in the history."""

    use_required_attribute = False
    why = forms.CharField(
        label=_("Varför?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Står i historiken och visas för personen."),
        error_messages={"required": WHY},
    )


class PauseForm(WhyForm):
    resume_on = forms.DateField(
        label=_("Tas upp igen"),
        widget=DateInput(),
        help_text=_("Den dagen påminns parterna."),
        error_messages={"required": _("Välj dagen när planen ska tas upp igen, så att den inte glöms bort.")},
    )
    itself = forms.BooleanField(label=_("Planen börjar gälla av sig själv den dagen"), required=False)


class CloseForm(WhyForm):
    """Why, and for each open action whether it is done or stops with the plan. `P3`: only one's own is said to be done."""

    def __init__(self, *args: Any, actions: list[tuple[Any, bool]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.names = {f"end-{action.public_id}": str(action.public_id) for action, _own in actions}
        for action, own in actions:
            choices = [("stopped", _("Slutar med planen")), *([("done", _("Är klar"))] if own else [])]
            self.fields[f"end-{action.public_id}"] = forms.ChoiceField(
                label=action.title, choices=choices, widget=forms.RadioSelect, initial="stopped", required=False
            )

    def ends(self) -> dict[str, str]:
        """What becomes of each, by its public id."""
        return {key: self.cleaned_data.get(name) or "stopped" for name, key in self.names.items()}


class HandoverForm(Refusing, forms.Form):
    """To whom, what, why, from which day; and what the person said where the other unit is no party yet (P1)."""

    use_required_attribute = False
    from_unit = forms.ModelChoiceField(label=_("Från"), queryset=Unit.objects.none(), to_field_name="public_id")
    to_unit = forms.ModelChoiceField(
        label=_("Till"), queryset=Unit.objects.none(), to_field_name="public_id", empty_label=_("Välj enhet"),
        error_messages={"required": _("Välj enheten som ska ta över.")},
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Varför?"), choices=Handover.Reason.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Välj varför.")},
    )  # fmt: skip
    on = forms.DateField(
        label=_("Från och med"), widget=DateInput(), help_text=_("Fram till dess har er enhet ansvaret.")
    )
    things = forms.MultipleChoiceField(
        label=_("Vad lämnas över?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst en sak att lämna över.")},
    )  # fmt: skip
    message = forms.CharField(
        label=_("Till den som tar över"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Vad behöver de veta som inte står i planen?"),
        error_messages={"required": _("Skriv vad den som tar över behöver veta.")},
    )  # fmt: skip
    leaves = forms.BooleanField(
        label=_("Vi deltar inte längre i vården när allt är mottaget"), required=False,
        help_text=_("Då slutar er enhet också att läsa planen."),
    )  # fmt: skip
    said = forms.CharField(
        label=_("Vad sade personen?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Behövs när enheten inte är part i planen än. Den läser planen först när personen har sagt ja."),
    )  # fmt: skip
    said_by = forms.CharField(label=_("Vem sade det?"), max_length=200, required=False)
    form = PartyForm.declared_fields["form"]

    def __init__(self, *args: Any, plan: CarePlan, actor: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        parties = Party.objects.filter(person_id=plan.person_id, withdrawn_at__isnull=True).values("unit_id")
        own = Unit.objects.filter(pk__in=actor.unit_ids).filter(pk__in=parties)
        self.fields["from_unit"].queryset = own  # type: ignore[attr-defined]
        self.units = list(own)
        others = Unit.objects.filter(closed_from__isnull=True).exclude(organization__kind="outside")
        self.fields["to_unit"].queryset = others.select_related("organization", "area")  # type: ignore[attr-defined]
        self.fields["to_unit"].label_from_instance = _unit_title  # type: ignore[attr-defined]
        found = {offer.thing: offer.title for unit in self.units for offer in handovers.offers(plan, unit)}
        self.fields["things"].choices = list(found.items())  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial["things"] = list(found)
            self.initial["from_unit"] = self.units[0].public_id if self.units else None

    def told(self) -> handovers.Said:
        data = self.cleaned_data
        return handovers.Said(data["said"], data["said_by"], data["form"])


def _unit_title(unit: Unit) -> str:
    """`Hemsjukvården Heby, Heby kommun`."""
    return f"{unit.name}, {unit.organization.name}"


class AnswerForm(Refusing, forms.Form):
    """Yes or no to each thing, who takes it, or why not."""

    use_required_attribute = False
    words = forms.CharField(label=_("Svar till dem som lämnar över"), max_length=300, required=False)

    def __init__(self, *args: Any, handover: Handover, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.items = list(handover.items.all())
        staff = Assignment.objects.filter(current(), unit_id=handover.to_unit_id).select_related("staff", "unit")
        people = [("", _("Ingen särskild")), *((str(a.public_id), person_title(a)) for a in staff)]
        self.staff = {str(a.public_id): a for a in staff}
        for item in self.items:
            key = str(item.public_id)
            self.fields[f"take-{key}"] = forms.ChoiceField(
                label=item.title, choices=[("yes", _("Vi tar över")), ("no", _("Vi tar inte över"))], initial="yes",
                widget=forms.RadioSelect, error_messages={"required": _("Välj om ni tar över.")},
            )  # fmt: skip
            self.fields[f"who-{key}"] = forms.ChoiceField(label=_("Vem hos er?"), choices=people, required=False)
            self.fields[f"why-{key}"] = forms.CharField(label=_("Varför inte?"), max_length=300, required=False)

    def rows(self) -> list[dict[str, Any]]:
        """The fields thing by thing, for the page."""
        return [
            {"item": item, "take": self[f"take-{item.public_id}"], "who": self[f"who-{item.public_id}"],
             "why": self[f"why-{item.public_id}"]}
            for item in self.items
        ]  # fmt: skip

    def answers(self) -> dict[str, handovers.Answer]:
        """By thing."""
        data = self.cleaned_data
        return {
            item.thing: handovers.Answer(
                (data.get(f"take-{item.public_id}") or "no") == "yes",
                self.staff.get(data.get(f"who-{item.public_id}") or ""),
                data.get(f"why-{item.public_id}") or "",
            )
            for item in self.items
        }


EVERYTHING = "*"


class CorrectForm(Refusing, forms.Form):
    """Which text, what was wrong with it, and what should stand there."""

    use_required_attribute = False
    field = forms.ChoiceField(
        label=_("Vilken text gäller det?"), error_messages={"required": _("Välj vilken text det gäller.")}
    )
    kind = forms.ChoiceField(
        label=_("Vad ska hända med den?"), choices=[
            ("corrected", _("Rättas: personalen kan se vad det stod")),
            ("struck", _("Strykas: det som stod läses bara med ett skäl")),
        ], widget=forms.RadioSelect, initial="corrected",
    )  # fmt: skip
    ground = forms.ChoiceField(
        label=_("Skäl"), choices=Correction.Ground.choices, widget=forms.RadioSelect, initial="wrong"
    )
    new = forms.CharField(
        label=_("Det ska stå"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Lämnas tomt när inget ska stå där."),
    )  # fmt: skip
    why = forms.CharField(
        label=_("Varför?"), max_length=300, error_messages={"required": WHY},
        help_text=_("Beskriv felet utan att upprepa det som var fel."),
    )  # fmt: skip

    def __init__(self, *args: Any, part: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        filled = [f for f in corrections.texts_of(part) if getattr(part, f.name)]
        choices = [(f.name, f"{str(f.verbose_name).capitalize()}: {_short(getattr(part, f.name))}") for f in filled]
        if not isinstance(part, CarePlan) and len(choices) > 1:
            choices.append((EVERYTHING, str(_("Alla texter här (bara strykning)"))))
        self.fields["field"].choices = choices  # type: ignore[attr-defined]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"

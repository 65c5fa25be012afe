"""The forms of the agreement: what was said, by whom and in which form; who represents; whom to ask and until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.access.models import Capacity, Party
from samband.access.rules import LEGAL_RELATIVES
from samband.people.models import Organization, Person, Relative, Unit
from samband.people.models.staff import current
from samband.plans.forms import ActionForm as PlainActionForm
from samband.plans.forms import CapacityForm as PlainCapacityForm
from samband.plans.forms import PartForm
from samband.plans.models import Action, Approval, CarePlan
from samband.plans.services import asks
from samband.plans.services.approvals import Said
from samband.plans.services.checks import principals
from samband.ui.fields import DateInput, Refusing

ANSWER_BY = _("Svar önskas senast")
ANSWER_HELP = _("Gäller när en annan enhet får frågan. Har den inte svarat då syns det i planen och i läget.")


class SaidForm(Refusing, forms.Form):
    """Who said it, in which form, and on what ground where somebody represents the person (P1, P7)."""

    use_required_attribute = False
    said_by = forms.CharField(
        label=_("Vem sade det?"), max_length=200, error_messages={"required": _("Skriv vem som sade det.")}
    )
    form = forms.ChoiceField(
        label=_("I vilken form?"), choices=Party.Form.choices, widget=forms.RadioSelect, initial=Party.Form.SPOKEN
    )
    basis = forms.CharField(
        label=_("På vilken grund?"), max_length=300, required=False,
        help_text=_("Till exempel god man enligt tingsrättens beslut, eller vårdnadshavare."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, person: Person, held: Capacity | None, **kwargs: Any):
        initial = {"said_by": held.represented_by if held else person.full_name, **kwargs.pop("initial", {})}
        if held:
            initial |= {"form": Party.Form.REPRESENTATIVE, "basis": held.basis[:300]}
        super().__init__(data, initial=initial, **kwargs)
        if held is None:
            del self.fields["basis"]

    @property
    def said(self) -> Said:
        data = self.cleaned_data
        return Said(data["said_by"], data["form"], data.get("basis", ""))


class ApprovalForm(SaidForm):
    """What the person answered to this version of the plan."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    answer = forms.ChoiceField(
        label=_("Vad svarade personen?"), widget=forms.RadioSelect,
        choices=[(Approval.Answer.APPROVED, _("Ja, så här ska planen vara")),
                 (Approval.Answer.DISAGREED, _("Nej, något stämmer inte"))],
        error_messages={"required": _("Välj vad personen svarade.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("Med personens egna ord"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "voice-field", "lang": "sv"}),
        help_text=_("Behövs när något inte stämmer. Skriv som det sades."),
    )  # fmt: skip
    field_order = ("answer", "words", "said_by", "form", "basis")


class ConsentForm(SaidForm):
    """P1: the yes to the plan; after a withdrawal, which parties the person wants back."""

    said_words = forms.CharField(
        label=_("Vad sade personen?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Med personens ord så långt det går."), error_messages={"required": _("Skriv vad personen sade.")},
    )  # fmt: skip
    units = forms.ModelMultipleChoiceField(
        label=_("Vilka ska vara med igen?"), queryset=Unit.objects.none(), to_field_name="public_id", required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("De deltog när samtycket togs tillbaka. Välj dem som personen vill ha med."),
    )  # fmt: skip
    field_order = ("said_words", "said_by", "form", "basis", "units")

    def __init__(self, *args: Any, back: list[Unit] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if back:
            self.fields["units"].queryset = Unit.objects.filter(pk__in=[u.pk for u in back])  # type: ignore[attr-defined]
        else:
            del self.fields["units"]

    def place_of(self, name: str) -> str | None:
        return "said_words" if name == "said" else super().place_of(name)


class WithdrawConsentForm(SaidForm):
    """P6: what was said when the yes was taken back."""

    said_words = ConsentForm.declared_fields["said_words"]
    field_order = ("said_words", "said_by", "form")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields.pop("basis", None)

    def place_of(self, name: str) -> str | None:
        return "said_words" if name == "said" else super().place_of(name)


class PrincipalForm(PartForm):
    """Which principal has the overall responsibility, among those that take part."""

    class Meta:
        model = CarePlan
        fields = ["principal"]

    def prepare(self) -> None:
        field: Any = self.fields["principal"]
        field.queryset = principals(self.plan)
        field.empty_label = _("Inte bestämt än")
        field.help_text = _(
            "Regionen eller kommunen som ser till att helheten fungerar. Parterna kommer överens om det."
        )


class AskForm(Refusing, forms.Form):
    """Which unit is asked to take the action, in which words, and until when."""

    use_required_attribute = False
    unit = forms.ModelChoiceField(
        label=_("Vilken enhet får frågan?"), queryset=Unit.objects.none(), to_field_name="public_id",
        empty_label=_("Välj enhet"), error_messages={"required": _("Välj enheten som ska få frågan.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Vad frågar ni om?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Skriv det som enheten behöver veta för att kunna svara."),
    )  # fmt: skip
    answer_by = forms.DateField(
        label=ANSWER_BY, widget=DateInput(), initial=asks.default_day,
        error_messages={"required": _("Välj en dag.")},
    )  # fmt: skip

    def __init__(self, *args: Any, action: Action, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = Unit.objects.filter(
            party_in__person=action.plan.person_id, party_in__withdrawn_at__isnull=True, closed_from__isnull=True
        )
        if not action.shared_outside:
            rows = rows.exclude(organization__kind=Organization.Kind.OUTSIDE)
        if action.unit_id:
            rows = rows.exclude(pk=action.unit_id)
        self.fields["unit"].queryset = rows.distinct()  # type: ignore[attr-defined]


class AnswerForm(Refusing, forms.Form):
    """Yes or no, with why."""

    use_required_attribute = False
    words = forms.CharField(
        label=_("Varför?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Behövs när ni säger nej. Alla i planen läser det, personen också."),
    )  # fmt: skip


class HandBackForm(Refusing, forms.Form):
    """Why the unit gives the action back."""

    use_required_attribute = False
    words = forms.CharField(
        label=_("Varför lämnar ni tillbaka insatsen?"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Alla i planen läser det, personen också."),
    )  # fmt: skip


class ActionForm(PlainActionForm):
    """An action, and until when another unit has to answer whether it takes it."""

    answer_by = forms.DateField(label=ANSWER_BY, help_text=ANSWER_HELP, widget=DateInput(), required=False)

    def prepare(self) -> None:
        super().prepare()
        self.fields["answer_by"].initial = asks.default_day


class CapacityForm(PlainCapacityForm):
    """P7, with the one near who represents by a mandate of the law where there is one."""

    class Meta(PlainCapacityForm.Meta):
        fields = ["ground", "assessed_by", "basis", "representative", "represented_by", "attitude", "review_on"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["representative"]
        field.queryset = Relative.objects.filter(current(), person=person, role__in=LEGAL_RELATIVES)
        field.empty_label = _("Ingen av de närstående har lagens mandat")
        field.label_from_instance = lambda r: f"{r.full_name}, {r.get_role_display().lower()}"
        field.help_text = _("Den som väljs här kan själv läsa och godkänna planen i personens ställe.")
        self.fields["represented_by"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        near = data.get("representative")
        if near and not data.get("represented_by"):
            data["represented_by"] = f"{near.full_name}, {near.get_role_display().lower()}"
        return data

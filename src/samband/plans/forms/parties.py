"""Who takes part: starting a plan, a party more, a party less, and the capacity to say so (P1, P6, P7)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.access.models import Capacity, Party
from samband.people.models import Unit
from samband.people.models.staff import current
from samband.ui.fields import DateInput, Refusing


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

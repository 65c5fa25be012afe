"""The form of a child's maturity: who assessed, on what ground, what the child wishes, what follows from it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.access.models import Maturity
from samband.ui.fields import DateInput, Refusing


class MaturityForm(Refusing, forms.ModelForm):
    """P4, A13: the answers take the place of the ages for as long as the assessment holds."""

    use_required_attribute = False
    guardians = forms.ChoiceField(
        label=_("Vårdnadshavare och planen"), choices=Maturity.Guardians.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Välj vad vårdnadshavare får göra i planen.")},
    )  # fmt: skip

    class Meta:
        model = Maturity
        fields = ["assessed_by", "basis", "wishes", "own", "guardians", "entries", "review_on"]
        widgets = {
            "basis": forms.Textarea(attrs={"rows": 3}),
            "wishes": forms.Textarea(attrs={"rows": 3}),
            "review_on": DateInput(),
        }
        help_texts = {
            "basis": _("Samtal, observation, vad det gäller. Mognaden bedöms mot just de här uppgifterna."),
            "wishes": _("Fråga barnet själv, utan vårdnadshavare i rummet om det går."),
            "own": _("Barnet når planen och journalen med egen inloggning, och svarar för sig självt."),
            "entries": _("Det som är signerat. En vårdnadshavare kan aldrig spärra barnets uppgifter."),
        }

    def _post_clean(self) -> None:
        """The service checks and writes."""

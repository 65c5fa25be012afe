"""Forms of the regions: what is said of one, a theme's words, an indicator and its values, municipalities."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from samband.regions.models import Body, Document, Goal, Indicator, Irregularity, Municipality, Region, SectionKey, Statement
from samband.regions.rules import figures
from samband.ui.fields import Asking, DateInput

FORMS = [choice for choice in Statement.Form.choices if choice[0] in ("bullet", "text", "heading")]
# What may be written of each kind of row, in the order of the form; True: it must be filled in.
ASKED: dict[type, dict[str, bool]] = {
    Statement: {"section": True, "form": True, "heading": False, "text": True, "parties": False, "status": False},
    Document: {"name": True, "year": False, "role": False, "decided_by": False, "period": False},
    Goal: {"year": False, "horizon": False, "period": False, "text": False},
    Body: {"name": True, "short_name": False, "kind": False, "level": False},
    Irregularity: {"missing": False, "text": True},
}
LABELS = {
    "section": _("Del"), "form": _("Slag"), "heading": _("Rubrik eller inledande ord"), "missing": _("Del som saknas"),
    "text": _("Text"), "kind": _("Slag"),
}  # fmt: skip


class SaidForm(Asking):
    """A row of one model, with why it is changed and where it comes from. `row`: what stands now, if anything does."""

    def __init__(self, *args: Any, model: Any, row: Any = None, first: dict[str, Any] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.model = model
        for name, required in ASKED[model].items():
            value = getattr(row, name) if row is not None else (first or {}).get(name)
            self.fields[name] = _field(model, name, required, value)
        needed = row is not None
        self.fields["reason"] = forms.CharField(
            label=_("Varför"), max_length=300, required=needed,
            help_text=_("Så att andra förstår. Det gamla finns kvar och går att läsa."),
        )  # fmt: skip
        self.fields["source"] = forms.CharField(
            label=_("Källa"), max_length=300, required=False,
            help_text=_("Dokumentets namn. Tomt: din egen uppgift."),
        )  # fmt: skip
        self.fields["as_of"] = forms.DateField(
            label=_("Gäller per"), required=False, widget=DateInput(), help_text=_("Tomt: i dag."),
        )  # fmt: skip

    @staticmethod
    def label(model: Any, name: str) -> str:
        """What a field of the row is called."""
        return str(LABELS.get(name) or model._meta.get_field(name).verbose_name)

    def values(self) -> dict[str, Any]:
        """The fields of the row alone."""
        return {name: self.cleaned_data[name] for name in ASKED[self.model]}


def _field(model: Any, name: str, required: bool, value: Any) -> forms.Field:
    column = model._meta.get_field(name)
    more: dict[str, Any] = {
        "label": SaidForm.label(model, name),
        "required": required,
        "initial": value,
    }
    if name in ("section", "missing"):
        return forms.ChoiceField(choices=[*([] if required else [("", _("Ingen"))]), *SectionKey.choices], **more)
    if name == "form":
        known = dict(FORMS)
        kept = [] if value is None or value in known else [(value, Statement.Form(value).label)]
        return forms.ChoiceField(choices=[*FORMS, *kept], **more)
    if name == "year":
        return forms.IntegerField(min_value=1900, max_value=2100, **more)
    if name == "text" and model is not Irregularity:
        return forms.CharField(max_length=5000, widget=forms.Textarea(attrs={"rows": 4}), **more)
    return forms.CharField(max_length=column.max_length, **more)


class StrikeForm(Asking):
    """Why a row holds no longer."""

    reason = forms.CharField(label=_("Varför gäller det inte längre?"), max_length=300)


class ThemeForm(Asking):
    """`lock`: the theme as it was read; 0 for a new one."""

    lock = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Tema"), max_length=80)
    words = forms.CharField(
        label=_("Ord"), max_length=8000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Ett ord, eller några i följd, på varje rad. Böjningar och sammansättningar hittas av sig själva."),
    )  # fmt: skip


class IndicatorForm(Asking, forms.ModelForm):
    class Meta:
        model = Indicator
        fields = ["name", "unit", "better", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        labels = {"note": _("Hur den räknas")}


def place_choices() -> list[tuple[str, Any]]:
    """Regions, and their municipalities under each."""
    towns: dict[int, list[tuple[str, str]]] = {}
    for town in Municipality.objects.all():
        towns.setdefault(town.region_id, []).append((town.code, town.name))
    regions = list(Region.objects.all())
    return [
        (_t("Regioner"), [(region.code, region.name) for region in regions]),
        *((region.name, towns[region.pk]) for region in regions if region.pk in towns),
    ]


class ValueForm(Asking):
    """One value. Left empty it says that the value is missing, which is not 0."""

    place = forms.ChoiceField(label=_("Region eller kommun"))
    year = forms.IntegerField(label=_("År"), min_value=figures.YEARS[0], max_value=figures.YEARS[-1])
    value = forms.CharField(label=_("Värde"), max_length=40, required=False, help_text=_("Tomt: frågat efter, men saknas."))
    source = forms.CharField(label=_("Källa"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = place_choices()  # type: ignore[attr-defined]

    def clean_value(self) -> Any:
        text = self.cleaned_data["value"].strip()
        number = figures.decimal(text)
        if text and number is None:
            raise ValidationError(_("Skriv ett tal, till exempel 12,5. Lämna tomt om värdet saknas."))
        return number


class FileForm(Asking):
    file = forms.FileField(label=_("Fil (CSV)"), help_text=_("Rubriker: kod;år;värde. Ett tomt värde betyder att det saknas."))
    source = forms.CharField(label=_("Källa"), max_length=300, required=False)


class TownsForm(Asking):
    lines = forms.CharField(
        label=_("Kommuner"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("En på varje rad: kommunkod och namn. En kod som finns får det nya namnet."),
    )  # fmt: skip

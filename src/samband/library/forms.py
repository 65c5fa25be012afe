"""Forms of templates: their name, a part by its type, publishing, what is used in a plan."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.library.models import Definition
from samband.library.rules import TYPES, Field
from samband.library.services.spoken import field_name
from samband.people.models import Unit
from samband.plans.forms.base import spoken_refusal
from samband.plans.models import Action
from samband.plans.rules import BadRule, check_rrule
from samband.ui.fields import DateInput, Refusing

FIRST = date(2026, 1, 5)  # a Monday from which a recurrence without a start is tried
RULES = [
    ("", _("En gång")),
    ("FREQ=DAILY", _("Varje dag")),
    ("FREQ=DAILY;INTERVAL=2", _("Varannan dag")),
    ("FREQ=WEEKLY", _("Varje vecka")),
    ("FREQ=WEEKLY;BYDAY=MO,WE,FR", _("Måndag, onsdag, fredag")),
    ("FREQ=WEEKLY;INTERVAL=2", _("Varannan vecka")),
    ("FREQ=MONTHLY", _("Varje månad")),
    ("FREQ=MONTHLY;INTERVAL=3", _("Var tredje månad")),
    ("FREQ=MONTHLY;INTERVAL=6", _("Varje halvår")),
    ("FREQ=YEARLY", _("Varje år")),
]


class DefinitionForm(forms.ModelForm):
    class Meta:
        model = Definition
        fields = ["title", "kind", "summary"]
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["kind"]


class PartForm(Refusing, forms.Form):
    """A part of a template, its fields as `rules.content` says. `lock`: the draft as it was read."""

    use_required_attribute = False
    lock = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, type_: str, fields: dict[str, Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.type = type_
        for name, field in TYPES[type_].items():
            self.fields[name] = _field(name, field, fields.get(name))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        rule = data.get("rrule")
        if rule:
            try:
                check_rrule(rule, FIRST, None)
            except BadRule as bad:
                self.add_error("rrule", spoken_refusal(bad))
        if data.get("time_to") and not data.get("time_from"):
            self.add_error("time_from", _("Skriv också när det tidigast kan börja."))
        return data

    def values(self) -> dict[str, Any]:
        """The fields as a part holds them."""
        found = {}
        for name, field in TYPES[self.type].items():
            value = self.cleaned_data.get(name)
            found[name] = f"{value:%H:%M}" if field.kind == "time" and value else value if value is not None else (
                None if field.kind == "number" else "")  # fmt: skip
        return found


def _field(name: str, field: Field, value: Any) -> forms.Field:
    """A form field for one field of a part."""
    more: dict[str, Any] = {"label": field_name(name), "required": field.needed, "initial": value}
    if field.kind == "flag":
        return forms.BooleanField(**{**more, "required": False})
    if field.kind == "number":
        return forms.IntegerField(min_value=0, max_value=field.limit, **more)
    if field.kind == "time":
        return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)
    if field.kind == "rule":
        known = [*RULES, *([(value, field_name("rrule"))] if value and value not in dict(RULES) else [])]
        return forms.ChoiceField(choices=known, **more)
    if field.kind == "choice":
        return forms.ChoiceField(choices=_choices(name, field), **more)
    rows = 6 if field.limit > 1000 else 3
    widget = forms.Textarea(attrs={"rows": rows}) if field.kind == "long" else forms.TextInput()
    return forms.CharField(max_length=field.limit, widget=widget, **more)


def _choices(name: str, field: Field) -> list[tuple[str, Any]]:
    labels: dict[str, Any] = {
        "by": dict(Action.By.choices),
        "competence": dict(Action.Competence.choices),
    }.get(name, {"": _("Ingen särskild"), **dict(Unit.Kind.choices)})
    return [(choice, labels.get(choice, choice)) for choice in field.choices]


class PublishForm(Refusing, forms.Form):
    lock = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label=_("Vad är nytt?"), max_length=300, required=False)
    offered = forms.BooleanField(
        label=_("Erbjud planer som redan använder mallen"), required=False, initial=True,
        help_text=_("Inget i en plan ändras av sig självt. Varje del besvaras för sig."),
    )  # fmt: skip


class ItemForm(Refusing, forms.Form):
    """Something to do, added to the list by hand."""

    text = forms.CharField(label=_("Lägg till något att göra"), max_length=300)
    due_on = forms.DateField(label=_("Senast"), required=False, widget=DateInput())

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day < clock.today():
            raise ValidationError(_("Dagen har redan varit. Välj en dag från och med i dag."))
        return day

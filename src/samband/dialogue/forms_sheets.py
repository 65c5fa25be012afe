"""Forms of worksheets: a sheet, its draft, a sitting, what is answered, one's own step."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samband.core import clock
from samband.dialogue.models import NextStep, Sheet, SheetStatement
from samband.dialogue.services import sheets_shipped
from samband.dialogue.services.sheets_answering import Given
from samband.people.models import Organization
from samband.ui.fields import Asking, DateInput

LEVELS = [
    ("1", gettext_lazy("1 stämmer inte alls")), ("2", "2"), ("3", "3"), ("4", "4"), ("5", gettext_lazy("5 stämmer helt")),
]  # fmt: skip


class SheetForm(Asking):
    """A new sheet, empty or begun from one that comes with the product."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=120)
    about = forms.CharField(label=gettext_lazy("Vad bladet är till för"), max_length=300, required=False)
    shipped = forms.ChoiceField(label=gettext_lazy("Börja från"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["shipped"].choices = [("", _("ett tomt blad")), *sheets_shipped.names().items()]  # type: ignore[attr-defined]


class NameForm(forms.ModelForm):
    class Meta:
        model = Sheet
        fields = ["name", "about"]


class SittingForm(Asking):
    """When a sheet is used, and by whom."""

    year = forms.IntegerField(label=gettext_lazy("År"), min_value=2000, max_value=2100)
    period = forms.CharField(label=gettext_lazy("Tillfälle"), max_length=60, required=False,
                             help_text=gettext_lazy("Till exempel ”våren” eller ”planeringsdagen”."))  # fmt: skip
    organization = forms.ModelChoiceField(
        Organization.objects.order_by("name"), to_field_name="public_id", required=False,
        label=gettext_lazy("Vilka som svarar"), empty_label=gettext_lazy("Alla organisationer"),
    )  # fmt: skip
    closes_on = forms.DateField(label=gettext_lazy("Sista dag att svara"), required=False, widget=DateInput())

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day and day < clock.today():
            raise forms.ValidationError(_("Dagen har redan varit. Välj en dag från och med i dag."))
        return day


class StatementForm(Asking):
    """One line of a draft. An empty text takes the line away."""

    key = forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput)
    order = forms.IntegerField(label=gettext_lazy("Plats"), min_value=1, max_value=200, required=False)
    group = forms.CharField(label=gettext_lazy("Område"), max_length=120, required=False)
    text = forms.CharField(
        label=gettext_lazy("Påstående"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class AnswerForm(Asking):
    """What one statement is answered with; prefixed with the statement's key."""

    today = forms.TypedChoiceField(
        label=gettext_lazy("Så är det i dag"), choices=LEVELS, coerce=int, empty_value=None, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    today_text = forms.CharField(
        label=gettext_lazy("Vad ser du?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    wanted = forms.TypedChoiceField(
        label=gettext_lazy("Så vill vi ha det"), choices=LEVELS, coerce=int, empty_value=None, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    wanted_text = forms.CharField(
        label=gettext_lazy("Hur ser det ut då?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    texts_shared = forms.BooleanField(
        label=gettext_lazy("Texterna får visas i resultatet, utan mitt namn"), required=False
    )
    step = forms.CharField(
        label=gettext_lazy("Mitt nästa steg"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_on = forms.DateField(label=gettext_lazy("Påminn mig den"), required=False, widget=DateInput())
    shared = forms.ChoiceField(label=gettext_lazy("Vem som ser det"), choices=NextStep.Shared.choices, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("step") and data.get("due_on"):
            self.add_error("step", _("Skriv vad du ska göra, eller ta bort dagen."))
        return data

    def given(self) -> Given:
        return Given(**self.cleaned_data)


def answer_forms(
    statements: list[SheetStatement], given: dict[str, Given], data: QueryDict | None = None
) -> list[AnswerForm]:
    """One form for each statement, filled with what is saved or with what was sent."""
    made = []
    for statement in statements:
        saved = given[statement.key]
        form = AnswerForm(data, prefix=statement.key, initial=vars(saved))
        form.statement = statement  # type: ignore[attr-defined]
        form.saved = saved  # type: ignore[attr-defined]
        made.append(form)
    return made


class StepForm(Asking):
    """One's own step, changed on its own page."""

    lock = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Mitt nästa steg"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = forms.DateField(label=gettext_lazy("Påminn mig den"), required=False, widget=DateInput())
    shared = forms.ChoiceField(
        label=gettext_lazy("Vem som ser det"), choices=NextStep.Shared.choices, required=False,
        help_text=gettext_lazy("Det du delar står i bladets resultat. Är det redan uppskrivet som ett åtagande ligger det kvar där."),
    )  # fmt: skip

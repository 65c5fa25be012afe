"""Forms for a copy that is given out, and for an extract on a written request."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.core import clock, thinning
from samband.core import text as words
from samband.core.ids import InvalidIdentity, parse_identity
from samband.core.policy import Actor
from samband.people.models import Person
from samband.records.models import Copy
from samband.records.services import copies
from samband.ui.fields import Asking


class CopyForm(Asking):
    """Which entries, to whom, on which ground, in which form."""

    entries = forms.MultipleChoiceField(label=_("Vilka anteckningar?"), widget=forms.CheckboxSelectMultiple)
    recipient = forms.CharField(label=_("Till vem?"), max_length=200, help_text=_("Namn, och myndighet eller adress."))
    ground = forms.ChoiceField(label=_("På vilken grund?"), choices=Copy.Ground.choices, widget=forms.RadioSelect)
    basis = forms.CharField(
        label=_("Grunden i ord"), max_length=300,
        help_text=_("Vad personen sade, vilken lag, eller vem som begärde och hur sekretessen prövades."),
    )  # fmt: skip
    form = forms.ChoiceField(label=_("I vilken form?"), choices=Copy.Form.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, actor: Actor, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = list(copies.may_give(actor, person)[: copies.OFFERED])
        self.fields["entries"].choices = [  # type: ignore[attr-defined]
            (str(e.public_id), f"{e.title}, {words.short_date(clock.local(e.happened_at).date())}, {e.unit}")
            for e in rows
        ]
        self.anything = bool(rows)

    def given(self) -> copies.Given:
        data = self.cleaned_data
        return copies.Given(data["recipient"], data["ground"], data["basis"], data["form"])


class OfPersonForm(Asking):
    """About whom, by number: those who use it see no list of persons.

    A1: whether anybody has the number is not told before the reason is given as well; `stranger`: nobody had it, which the
    view enters in the audit (without the number), so that trying numbers is seen.
    """

    number = forms.CharField(
        label=_("Personnummer"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    person: Person | None = None
    stranger = False

    def clean_number(self) -> str:
        try:
            return parse_identity(self.cleaned_data["number"]).number
        except InvalidIdentity as error:
            raise forms.ValidationError(_("Skriv hela personnumret, tolv siffror.")) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        self.person = Person.objects.filter(identity_number=data["number"]).first()
        if self.person is None:
            self.stranger = True
            self.add_error("number", _("Samband har inget om någon med det numret."))
        return data


class ExtractForm(OfPersonForm):
    """And which written request it answers."""

    request = forms.CharField(
        label=_("Den skriftliga begäran"), max_length=300,
        help_text=_("Dag, diarienummer, och hur du vet att det är personen som har begärt det."),
    )  # fmt: skip


class HoldForm(OfPersonForm):
    why = forms.CharField(
        label=_("Varför"), max_length=300, help_text=_("Tillsyn, tvist, en begäran som inte är besvarad.")
    )


class DecisionForm(Asking):
    rule = forms.ChoiceField(label=_("Vad ska gallras?"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("Beslutet"), max_length=300, help_text=_("Vem som har beslutat, när, och diarienummer.")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [(rule.key, rule.title) for rule in thinning.rules.values()]  # type: ignore[attr-defined]

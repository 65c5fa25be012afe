"""Forms for a copy that is given out, and for an extract on a written request."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core import text as words
from samband.core.ids import InvalidIdentity, parse_identity
from samband.core.policy import Actor
from samband.people.models import Person
from samband.records.forms import Base
from samband.records.models import Copy
from samband.records.services import copies


class CopyForm(Base):
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


class ExtractForm(Base):
    """Of whom, and which written request it answers."""

    number = forms.CharField(
        label=_("Personnummer"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    request = forms.CharField(
        label=_("Den skriftliga begäran"), max_length=300,
        help_text=_("Dag, diarienummer, och hur du vet att det är personen som har begärt det."),
    )  # fmt: skip

    person: Person | None = None

    def clean_number(self) -> str:
        raw = self.cleaned_data["number"]
        try:
            number = parse_identity(raw).number
        except InvalidIdentity as error:
            raise forms.ValidationError(_("Skriv hela personnumret, tolv siffror.")) from error
        self.person = Person.objects.filter(identity_number=number).first()
        if self.person is None:
            raise forms.ValidationError(_("Samband har inget om någon med det numret."))
        return raw

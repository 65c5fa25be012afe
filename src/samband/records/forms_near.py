"""The person's form for sharing her entries with a relative."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core import text as words
from samband.people.models import Person
from samband.records.services import near
from samband.records.services.shown import providers
from samband.ui.fields import Asking, DateInput

ALL, SOME = "all", "some"


class ShareForm(Asking):
    """With whom, what, until when. `entry`: the public id of an entry that is chosen beforehand."""

    relative = forms.ChoiceField(label=_("Vem får läsa?"), widget=forms.RadioSelect)
    what = forms.ChoiceField(
        label=_("Vad får hon eller han läsa?"), widget=forms.RadioSelect, initial=ALL,
        choices=[(ALL, _("Allt i min journal, också det som skrivs under tiden")), (SOME, _("Bara det jag väljer"))],
    )  # fmt: skip
    providers = forms.MultipleChoiceField(
        label=_("Allt från de här"), widget=forms.CheckboxSelectMultiple, required=False
    )
    entries = forms.MultipleChoiceField(
        label=_("De här anteckningarna"), widget=forms.CheckboxSelectMultiple, required=False
    )
    until = forms.DateField(
        label=_("Till och med"),
        widget=DateInput(),
        help_text=_("Sedan slutar det av sig självt. Du kan sluta tidigare."),
    )

    def __init__(self, *args: Any, person: Person, entry: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        relatives = [(str(r.public_id), f"{r.full_name}, {r.relation}") for r in near.may_be_asked(person)]
        rows = near.signed(person)
        chosen = list(rows.filter(public_id=entry)) if entry else []
        offered = dict.fromkeys([*chosen, *rows[: near.OFFERED]])
        self.fields["relative"].choices = relatives  # type: ignore[attr-defined]
        self.fields["relative"].initial = relatives[0][0] if len(relatives) == 1 else None
        self.fields["providers"].choices = [(p.key, p.name) for p in providers(person)]  # type: ignore[attr-defined]
        self.fields["entries"].choices = [  # type: ignore[attr-defined]
            (str(e.public_id), f"{e.title}, {words.short_date(clock.local(e.happened_at).date())}") for e in offered
        ]
        self.fields["until"].initial = clock.today() + timedelta(days=near.DEFAULT_DAYS)
        if chosen:
            self.fields["what"].initial, self.fields["entries"].initial = SOME, [str(chosen[0].public_id)]
        self.anybody = bool(relatives)

    def wanted(self) -> near.Wanted:
        data = self.cleaned_data
        return near.Wanted(
            data["relative"], data["what"] == ALL, tuple(data["providers"]), tuple(data["entries"]), data["until"]
        )

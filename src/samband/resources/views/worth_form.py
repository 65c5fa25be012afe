"""What is asked for: which organisations, which days, how carefully. The service decides whether it may be."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.people.models import Organization
from samband.resources.models import Pool
from samband.resources.services import worth, worth_all, worth_days
from samband.ui.fields import Asking, DateInput

DAY = _("Skriv dagen som ÅÅÅÅ-MM-DD.")


class Period(Asking):
    """Which days, and how carefully."""

    first = forms.DateField(label=_("Från"), widget=DateInput(), error_messages={"invalid": DAY})
    last = forms.DateField(label=_("Till och med"), widget=DateInput(), error_messages={"invalid": DAY})
    seconds = forms.IntegerField(
        label=_("Sekunder för varje plan"),
        initial=5,
        help_text=_("Längre tid ger bättre planer. Stora dagar behöver 30 eller mer."),
    )
    rounds = forms.IntegerField(
        label=_("Omgångar"),
        initial=2,
        help_text=_("Varje omgång söker med en annan slump, så att skillnaden mellan dem syns."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        tomorrow = clock.today() + timedelta(1)
        self.initial = {"first": tomorrow, "last": tomorrow, **self.initial}

    def place_of(self, name: str) -> str | None:
        return "rounds" if name == "seeds" else super().place_of(name)

    def chosen_seeds(self) -> tuple[int, ...]:
        return tuple(range(1, min(max(self.cleaned_data["rounds"], 0), worth.MOST_SEEDS + 1) + 1))


class AllForm(Period):
    """Every pool of the reader's."""

    def wish(self) -> worth_all.Wish:
        data = self.cleaned_data
        return worth_all.Wish(data["first"], data["last"], data["seconds"], self.chosen_seeds())


class WorthForm(Period):
    """One pool: which organisations besides."""

    field_order = ("parties", "first", "last", "seconds", "rounds")

    parties = forms.ModelMultipleChoiceField(
        Organization.objects.none(),
        label=_("Vilka organisationer"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("De planeras var för sig, i alla uppsättningar och tillsammans."),
    )

    def __init__(self, *args: Any, pool: Pool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.pool = pool
        offered = worth_days.organizations(pool)
        field = self.fields["parties"]
        field.queryset = Organization.objects.filter(pk__in=[o.pk for o in offered])  # type: ignore[attr-defined]
        self.initial = {"parties": [o.pk for o in offered], **self.initial}

    def wish(self) -> worth.Wish:
        data = self.cleaned_data
        parties = [o.pk for o in data["parties"]]
        return worth.Wish(self.pool, parties, data["first"], data["last"], data["seconds"], self.chosen_seeds())

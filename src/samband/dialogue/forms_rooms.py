"""Forms of rooms: opening one, coming in, a sheet of paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.core.policy import Actor
from samband.dialogue.models import Card, DeckVersion
from samband.dialogue.rules.access import KEEPS
from samband.dialogue.rules.words import LONGEST, NAME
from samband.people.models import Assignment, Unit
from samband.ui.fields import Asking

LANGUAGES = [("sv", "Svenska"), ("en", "English")]


def units_for(actor: Actor) -> Any:
    """Where the reader may open a room."""
    rows = Unit.objects.filter(closed_from__isnull=True).select_related("organization")
    return rows if actor.role in KEEPS else rows.filter(pk__in=actor.unit_ids)


class OpenForm(Asking):
    """What a room is opened with; the deck is chosen before, its categories are fields here."""

    name = forms.CharField(label=_("Vad dialogen handlar om"), max_length=120)
    unit = forms.ModelChoiceField(label=_("Arbetsplats"), queryset=Unit.objects.none(), empty_label=_("Välj"))
    categories = forms.MultipleChoiceField(
        label=_("Kategorier"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Inget valt: alla."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("Slag av kort"), required=False, widget=forms.CheckboxSelectMultiple, choices=Card.Kind.choices,
        initial=["question"],
    )  # fmt: skip
    prior = forms.BooleanField(label=_("Ta med kort där förkunskaper hjälper (F)"), required=False)
    number = forms.IntegerField(label=_("Antal kort"), min_value=1, max_value=60, initial=4)
    minutes = forms.IntegerField(
        label=_("Tid ni har, minuter"), min_value=5, max_value=600, required=False,
        help_text=_("Korten väljs så att de ryms."),
    )  # fmt: skip
    think = forms.IntegerField(label=_("Tänka själv, minuter"), min_value=0, max_value=60, initial=3)
    talk = forms.IntegerField(label=_("Samtala, minuter"), min_value=0, max_value=180, initial=10)
    language = forms.ChoiceField(label=_("Kortens språk"), choices=LANGUAGES, widget=forms.RadioSelect, initial="sv")
    cards = forms.ChoiceField(
        label=_("Kort"), widget=forms.RadioSelect, initial="all",
        choices=[("all", _("Samma kort till alla")), ("each", _("Ett eget kort till varje grupp"))],
    )  # fmt: skip
    anonymous = forms.ChoiceField(
        label=_("Anonymitet"), widget=forms.RadioSelect, initial="yes",
        choices=[("yes", _("Anonymt: inga namn sparas")), ("no", _("Med namn: alla skriver ett namn"))],
        help_text=_("Väljs nu och går inte att ändra sedan."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, version: DeckVersion, **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = units_for(actor)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = actor.unit_id
        found = dict.fromkeys(version.cards.values_list("category", flat=True))
        self.fields["categories"].choices = [(name, name) for name in found]  # type: ignore[attr-defined]


class JoinForm(Asking):
    """Coming in. The name stands here only where the room is not anonymous."""

    name = forms.CharField(label=_("Ditt namn"), max_length=NAME, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    people = forms.IntegerField(
        label=_("Hur många delar den här enheten?"), min_value=1, max_value=50, initial=1,
        help_text=_("1 om du är ensam. En grupp som delar en telefon skriver hur många ni är."),
    )  # fmt: skip

    def __init__(self, *args: Any, anonymous: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if anonymous:
            del self.fields["name"]


class PaperForm(Asking):
    """One sheet of paper, typed in by whoever leads."""

    group = forms.ChoiceField(label=_("Grupp"), required=False)
    people = forms.IntegerField(label=_("Hur många som svarade på pappret"), min_value=1, max_value=50, initial=1)
    own = forms.CharField(label=_("Egna tankar"), required=False)
    group_note = forms.CharField(label=_("Gruppens anteckning"), required=False)
    more = forms.CharField(label=_("Det gör vi mer av"), required=False)
    less = forms.CharField(label=_("Det gör vi mindre av"), required=False)
    value = forms.ChoiceField(
        label=_("Samsyn"), required=False, widget=forms.RadioSelect,
        choices=[("", _("Inget svar")), *[(str(n), str(n)) for n in range(1, 6)]],
        help_text=_("1 är ingen samsyn, 5 är full samsyn."),
    )  # fmt: skip
    TEXTS = ("own", "group_note", "more", "less")

    def __init__(self, *args: Any, groups: list[tuple[int, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", _("Ingen grupp")), *groups]  # type: ignore[attr-defined]
        for name in self.TEXTS:
            self.fields[name].max_length = LONGEST  # type: ignore[attr-defined]
            self.fields[name].widget = forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST})

    def place_of(self, name: str) -> str | None:
        return "group_note" if name == "group" else super().place_of(name)


class ColleagueForm(Asking):
    """Who leads too, or instead."""

    colleague = forms.ModelChoiceField(
        label=_("Kollega"), queryset=Assignment.objects.none(), to_field_name="public_id", empty_label=_("Välj")
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["colleague"]
        field.queryset = rows
        field.label_from_instance = lambda row: f"{row.staff.full_name}, {row.title}"

"""The parts that are written: her words, the story, goals, situations, follow-ups, what happened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.people.models import Unit
from samband.plans.forms.base import PartForm, person_title, staff_of
from samband.plans.forms.icons import PICTURES
from samband.plans.models import CarePlan, FollowUp, Goal, PlanEvent, Situation
from samband.ui.fields import DateInput, TimeInput


class WordsForm(PartForm):
    class Meta:
        model = CarePlan
        fields = ["words", "words_note"]
        widgets = {"words": forms.Textarea(attrs={"class": "voice-field", "rows": 4, "lang": "sv"})}
        help_texts = {
            "words": _("Skriv som personen säger det, med hennes eller hans egna ord."),
            "words_note": _(
                "Till exempel: Annika Norell skrev ner vid köksbordet. Lämnas tomt bara av personen själv."
            ),
        }


class StoryForm(PartForm):
    class Meta:
        model = CarePlan
        fields = ["situation", "strengths", "needs"]


class GoalForm(PartForm):
    class Meta:
        model = Goal
        fields = ["words", "know_how", "status"]
        widgets = {
            "words": forms.Textarea(attrs={"class": "voice-field", "rows": 3, "lang": "sv"}),
            "know_how": forms.Textarea(attrs={"rows": 3}),
        }


class SituationForm(PartForm):
    class Meta:
        model = Situation
        fields = [
            "trigger",
            "icon",
            "steps_person",
            "steps_relative",
            "steps_staff",
            "emergency",
            "call_unit",
            "then_unit",
        ]
        widgets = {
            "trigger": forms.TextInput(attrs={"class": "voice-field", "lang": "sv"}),
            **{name: forms.Textarea(attrs={"rows": 4}) for name in ("steps_person", "steps_relative", "steps_staff")},
        }
        labels = {"icon": _("Bild")}
        help_texts = {"steps_person": _("Ett steg på varje rad."), "emergency": _("Fara för livet: 112 rings först.")}

    def prepare(self) -> None:
        self.fields["icon"] = forms.ChoiceField(label=_("Bild"), choices=PICTURES, required=False)
        for name in ("call_unit", "then_unit"):
            self.fields[name].queryset = Unit.objects.filter(closed_from__isnull=True)  # type: ignore[attr-defined]
            self.fields[name].empty_label = _("Ingen")  # type: ignore[attr-defined]


class FollowUpForm(PartForm):
    class Meta:
        model = FollowUp
        fields = ["due_on", "responsible"]
        widgets = {"due_on": DateInput()}

    def prepare(self) -> None:
        self.fields["responsible"].queryset = staff_of(self.plan)  # type: ignore[attr-defined]
        self.fields["responsible"].label_from_instance = person_title  # type: ignore[attr-defined]
        self.fields["responsible"].empty_label = _("Ingen än")  # type: ignore[attr-defined]


class FollowUpDoneForm(forms.Form):
    """What we found, and when we look again."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Vad vi kom fram till"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
        error_messages={"required": _("Skriv vad ni kom fram till, om så bara en mening.")},
    )
    next_on = forms.DateField(
        label=_("Nästa uppföljning"),
        widget=DateInput(),
        required=False,
        help_text=_("En plan utan nästa dag glöms bort."),
    )


class EventForm(PartForm):
    """Something that has happened, on a day at a time."""

    day = forms.DateField(label=_("Dag"), widget=DateInput())
    clock = forms.TimeField(label=_("Klockan"), widget=TimeInput())
    field_order = ("day", "clock", "title", "detail")

    class Meta:
        model = PlanEvent
        fields = ["title", "detail"]
        help_texts = {"title": _("Något som alla runt personen behöver veta: kom hem från sjukhus, flyttade, föll.")}

    def changes(self) -> dict[str, Any]:
        return {**super().changes(), "at": clock.at(self.cleaned_data["day"], self.cleaned_data["clock"])}

    def place_of(self, name: str) -> str | None:
        return "day" if name == "at" else super().place_of(name)

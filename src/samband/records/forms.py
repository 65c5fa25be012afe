"""Forms of entries and of reading between providers. They hold what was written; the services decide whether it may be saved."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.access.models import Party
from samband.core import clock
from samband.records.models import Entry, Reading
from samband.records.rules import access
from samband.records.services.entries import Written
from samband.records.services.sharing import Said
from samband.ui.fields import Asking, DateInput, TimeInput

FILE_HELP = _("PDF, foto eller text. Den signeras tillsammans med anteckningen, och personen kan öppna den.")
FILE_INPUT = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.txt"})


def area(label: Any, help_text: Any = "", rows: int = 2, most: int = 500) -> forms.CharField:
    """A text of some lines."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=most, widget=forms.Textarea(attrs={"rows": rows})
    )


class EntryForm(Asking):
    """An entry: what it is, when it happened, what it says."""

    kind = forms.ChoiceField(label=_("Slag"), choices=Entry.Kind.choices, initial=Entry.Kind.NOTE)
    title = forms.CharField(label=_("Rubrik"), max_length=120)
    text = area(_("Text"), _("Vad som hände, vad du bedömde, vad som bestämdes. Personen kan läsa det."), 10, 20_000)
    day = forms.DateField(label=_("Dag"), widget=DateInput())
    at = forms.TimeField(
        label=_("Klockan"), widget=TimeInput(), required=False, help_text=_("Utan tid gäller hela dagen.")
    )

    file = forms.FileField(label=_("Bilaga"), required=False, allow_empty_file=True, help_text=FILE_HELP,
                           widget=FILE_INPUT)  # fmt: skip

    def written(self) -> Written:
        data = self.cleaned_data
        moment = datetime.combine(data["day"], data["at"] or time(0, 0))
        return Written(data["kind"], data["title"], data["text"], clock.at(moment.date(), moment.time()))


class CorrectForm(EntryForm):
    """The same, with a reason; `number` is the version that was read. Files have a page of their own."""

    file = None  # type: ignore[assignment]

    why = area(_("Varför rättas den?"), _("Det som stod innan finns kvar och går att läsa."))
    number = forms.IntegerField(widget=forms.HiddenInput)


class AttachForm(Asking):
    """One file more; `signed`: the entry is signed, so it is a correction and has a reason."""

    file = forms.FileField(label=_("Fil"), allow_empty_file=True, help_text=FILE_HELP, widget=FILE_INPUT)
    why = area(_("Varför läggs den till?"), _("Anteckningen signeras på nytt. Det som stod innan finns kvar."))

    def __init__(self, *args: Any, signed: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not signed:
            del self.fields["why"]


class DetachForm(Asking):
    why = area(_("Varför tas den ut?"), _("Bilagan finns kvar vid det som stod innan."))


class DissentForm(Asking):
    """`own`: the person writes herself."""

    words = area(_("Vad stämmer inte?"), _("Det står sedan vid anteckningen, med personens egna ord."), 4, 2000)

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if own:
            self.fields["words"].help_text = _(
                "Det står sedan vid anteckningen, med dina ord. Alla som läser den ser det."
            )


class InformForm(Asking):
    form = forms.ChoiceField(label=_("Hur fick personen veta det?"), choices=Party.Form.choices)


class OthersForm(Asking):
    """Why the data is needed now, and on which ground. The person's yes is asked for where it is not there already."""

    ground = forms.ChoiceField(label=_("På vilken grund läser du?"), widget=forms.RadioSelect)
    why = area(_("Varför behövs uppgifterna nu?"), _("Personen ser det du skriver."))
    said = forms.CharField(
        label=_("Vad personen sade"), max_length=500, required=False, help_text=_("Behövs när personen har sagt ja.")
    )
    form = forms.ChoiceField(label=_("I vilken form"), choices=[("", "–"), *Party.Form.choices], required=False)
    until = forms.DateField(
        label=_("Till och med"),
        widget=DateInput(),
        required=False,
        help_text=_("Tomt: tills personen tar tillbaka det."),
    )
    explored = area(_("Vad personen brukar vilja, och hur ni vet det"))

    def __init__(self, *args: Any, social: bool, consent: bool, incapable: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        grounds = [access.INCAPABLE] if incapable else [access.CONSENT, *([] if social else [access.EMERGENCY])]
        self.fields["ground"].choices = [(g, Reading.Ground(g).label) for g in grounds]  # type: ignore[attr-defined]
        self.fields["ground"].initial = grounds[0]
        self.fields["explored"].required = False
        for name in () if not (consent or incapable) else ("said", "form", "until"):
            del self.fields[name]
        if not incapable:
            del self.fields["explored"]

    def spoken(self) -> Said:
        data = self.cleaned_data
        return Said(data.get("said", ""), data.get("form", ""), data.get("until"))


class InnerForm(Asking):
    ground = forms.ChoiceField(
        label=_("På vilken grund läser du?"), widget=forms.RadioSelect,
        choices=[(g, Reading.Ground(g).label) for g in (access.INNER_CONSENT, access.INNER_EMERGENCY)],
    )  # fmt: skip
    why = area(_("Varför behövs uppgifterna nu?"), _("Personen ser det du skriver."))


class LiftForm(Asking):
    why = area(_("Vad är det för fara?"), _("Vårdgivaren som har uppgifterna läser det och svarar."))


class AnswerForm(Asking):
    answer = forms.ChoiceField(
        label=_("Svar"), widget=forms.RadioSelect,
        choices=[("lift", _("Häv spärren")), ("keep", _("Spärren står kvar"))],
    )  # fmt: skip
    words = forms.CharField(
        label=_("Svar i ord"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class BlockForm(Asking):
    """Staff write down an objection."""

    provider = forms.ChoiceField(label=_("Vems anteckningar?"))
    said = area(_("Vad personen sade"))

    def __init__(self, *args: Any, providers: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = providers  # type: ignore[attr-defined]

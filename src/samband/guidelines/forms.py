"""Forms of routines: what it is called, its text and dates, where it is shown, what readers say."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samband.core.policy import Actor
from samband.core.uploads import KINDS
from samband.guidelines.models import Divergence, Guideline, GuidelineUse, GuidelineVersion
from samband.guidelines.rules import access
from samband.guidelines.services.files import KINDS as FILE_KINDS
from samband.guidelines.services.where import COMPETENCES, ICONS, PICTURES
from samband.guidelines.services.writing import Facts
from samband.people.models import Organization, Unit
from samband.ui.fields import Asking, DateInput

WORKS = [choice for choice in Unit.Kind.choices if choice[0] not in (Unit.Kind.SCHOOL, Unit.Kind.OTHER)]


class GuidelineForm(Asking):
    """What a routine is called, whose it is, and who works by it."""

    name = forms.CharField(label=_("Namn"), max_length=160)
    about = forms.CharField(
        label=_("När den används"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    level = forms.ChoiceField(
        label=_("Nivå"), choices=Guideline.Level.choices, widget=forms.RadioSelect, initial=Guideline.Level.LOCAL,
        help_text=_("En gemensam rutin beslutas av flera parter. En lokal gäller den enhet som äger den."),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        label=_("Ägare"),
        queryset=Unit.objects.none(),
        help_text=_("Enheten som svarar på frågor och ser över rutinen."),
    )
    specialises = forms.ModelChoiceField(
        label=_("Hör till den gemensamma rutinen"), queryset=Guideline.objects.none(), required=False,
        help_text=_("Bara för en lokal rutin."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("Vilka arbetar efter den?"), choices=WORKS, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("De får veta när en ny version kommer. En lokal rutin gäller alltid ägarens enhet."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, guideline: Guideline | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(closed_from__isnull=True)
        if not access.keeps_all(actor):
            units = units.filter(pk__in=actor.unit_ids)
        common = Guideline.objects.filter(level=Guideline.Level.COMMON, retired_at__isnull=True)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["specialises"].queryset = common.exclude(pk=guideline.pk if guideline else 0)  # type: ignore[attr-defined]
        self.fields["specialises"].empty_label = _("Ingen")  # type: ignore[attr-defined]

    def facts(self) -> Facts:
        data = self.cleaned_data
        return Facts(
            data["name"], data["about"], data["level"], data["unit"], tuple(data["kinds"]),
            data["specialises"] if data["level"] == Guideline.Level.LOCAL else None,
        )  # fmt: skip


class DraftForm(Asking):
    """The text and the dates of a draft. What is missing to publish it is said when it is published, not before."""

    lock = forms.IntegerField(widget=forms.HiddenInput)
    body = forms.CharField(
        label=_("Rutinens text"), max_length=60000, required=False, widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Rubriker börjar med ##, punkter med ett streck, numrerade steg med 1. och fet text skrivs **så här**."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Vad är nytt?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    valid_from = forms.DateField(label=_("Gäller från"), required=False, widget=DateInput())
    valid_to = forms.DateField(label=_("Gäller till och med"), required=False, widget=DateInput())
    review_by = forms.DateField(label=_("Ska ses över senast"), required=False, widget=DateInput())
    decided_on = forms.DateField(label=_("Beslutad"), required=False, widget=DateInput())
    parties = forms.ModelMultipleChoiceField(
        label=_("Parter som har beslutat"), queryset=Organization.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, version: GuidelineVersion, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["parties"].queryset = Organization.objects.all()  # type: ignore[attr-defined]
        if version.number == 1:
            del self.fields["note"]
        self.needed = {"body", "note", "valid_from", "review_by", *(["parties"] if version.guideline.common else [])}
        self._need(True)

    def _need(self, on: bool) -> None:
        """Drawn as needed, as they are in the end; a draft may lack them."""
        for name in self.needed & self.fields.keys():
            self.fields[name].required = on

    def full_clean(self) -> None:
        self._need(False)
        super().full_clean()
        self._need(True)

    def values(self) -> dict[str, Any]:
        """The fields as the service takes them; a browser's line ends are one sign."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("lock", "parties")}
        return {**data, "body": data["body"].replace("\r\n", "\n")}


class UseForm(Asking):
    """One more place where the routine is shown."""

    kind = forms.ChoiceField(label=_("Var"), choices=GuidelineUse.Kind.choices)
    value = forms.ChoiceField(
        label=_("Bild eller kompetens"), required=False,
        choices=[("", _("Vilken som helst")), (_("Insatsens bild"), ICONS), (_("Situationens bild"), PICTURES),
                 (_("Kompetens som krävs"), COMPETENCES)],
    )  # fmt: skip
    words = forms.CharField(
        label=_("Ord som ska finnas med"), max_length=200, required=False,
        help_text=_("Början av ord, med komma emellan. En stjärna först hittar också inne i ord: *sår hittar bensår."),
    )  # fmt: skip


class FileForm(Asking):
    file = forms.FileField(label=_("Fil (PDF eller Word)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        endings = ",".join(suffix for kind in FILE_KINDS for suffix in KINDS[kind].suffixes)
        self.fields["file"].widget.attrs["accept"] = endings


class WhyForm(Asking):
    """Why a version is withdrawn."""

    why = forms.CharField(label=_("Varför dras den in?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class SayForm(Asking):
    text = forms.CharField(
        label=_("Vad vill du säga?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Skriv inget som pekar ut en patient eller en kollega."),
    )  # fmt: skip
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class AnswerForm(Asking):
    answer = forms.CharField(label=_("Svar"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class DivergenceForm(Asking):
    kind = forms.ChoiceField(label=_("Vad"), choices=Divergence.Kind.choices, widget=forms.RadioSelect,
                             initial=Divergence.Kind.CONFLICT)  # fmt: skip
    text = forms.CharField(label=_("På vilket sätt"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ResolveForm(Asking):
    resolution = forms.CharField(label=_("Hur löstes det?"), max_length=300)

"""The living page: every part in every state, drawn by the same templates as the real pages."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samband.core.policy import Actor, public
from samband.ui import colour, design_data


class DesignForm(forms.Form):
    """A form with every kind of field, for the living page."""

    step = forms.CharField(label=_("Nästa steg"), help_text=_("Skriv så att Gunvor förstår."))
    who = forms.CharField(label=_("Vem har det?"), error_messages={"required": _("Skriv vem som har ansvaret")})
    by = forms.CharField(label=_("Senast"))
    unit = forms.ChoiceField(
        label=_("Enhet"), choices=[("a", "Hemsjukvården Heby"), ("b", "Heby vårdcentral")], required=False
    )
    form = forms.ChoiceField(
        label=_("Hur blev det sagt?"), choices=[("m", _("Muntligt")), ("s", _("Skriftligt"))], widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Med egna ord"), widget=forms.Textarea(attrs={"class": "voice-field", "rows": 3}), required=False
    )
    share = forms.BooleanField(label=_("Karin får läsa"), required=False)

    def clean_by(self) -> str:
        raise forms.ValidationError(_("Tiden har redan varit"))


def _against(name: str) -> str:
    """What a colour is measured against: a ground against ink, a text against paper, button text against its button."""
    if name in colour.GROUNDS:
        return "ink"
    return "spruce" if name == "on-spruce" else "paper"


def swatches() -> list[dict]:
    """Every colour with both values and its contrast, computed from the stylesheet as it is."""
    themes = colour.themes()
    words = {"ink": _("bläck"), "spruce": _("mot gran"), "paper": _("mot papper")}
    rows = []
    for name, sv, use in design_data.COLOURS:
        other = _against(name)
        values = {theme: themes[theme][name] for theme in ("light", "dark")}
        ratios = [f"{colour.contrast(themes[theme][other], value):.1f}" for theme, value in values.items()]
        rows.append(
            {**values, "name": name, "sv": sv, "use": use, "against": words[other], "ratios": " · ".join(ratios)}
        )
    return rows


def _frame(request: HttpRequest, kind: str = "staff") -> dict:
    request.ui_places = design_data.PLACES if kind == "staff" else design_data.OWN_PLACES  # type: ignore[attr-defined]
    return {"actor": Actor(kind="staff", name="Maria Lövgren", label="Samordnare, Heby vårdcentral och Heby kommun")}


@public
def design(request: HttpRequest) -> HttpResponse:
    """Every part in every state."""
    form = DesignForm({"step": "Sjuksköterska ringer om provsvaret", "who": "", "by": "i går 14.00", "form": "m"})
    context = {**_frame(request), **design_data.parts(), "form": form, "swatches": swatches()}
    return render(request, "ui/design/index.html", context)


@public
def screen(request: HttpRequest, name: str) -> HttpResponse:
    """A whole screen with invented people: board, person, own, day."""
    if name not in design_data.SCREENS:
        raise Http404
    context = {**_frame(request, "own" if name == "own" else "staff"), **design_data.SCREENS[name]()}
    return render(request, f"ui/design/{name}.html", context)

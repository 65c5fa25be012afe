"""The heat map of regions and themes, the sentences behind a number, and keeping a theme's words."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import policy
from samband.core.policy import guarded
from samband.regions.forms import ThemeForm
from samband.regions.models import Theme
from samband.regions.rules import heat
from samband.regions.services import reading, shipped, themes
from samband.regions.views.base import actor_of
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


@guarded("region.list")
@require_safe
def heatmap(request: HttpRequest) -> HttpResponse:
    """Regions down, themes across; a number opens its sentences."""
    actor = actor_of(request)
    shown, places = list(themes.themes(actor)), list(reading.regions(actor))
    gaps, counts = reading.gaps(actor, places), themes.counts(actor, shown)
    most = heat.highest(n for found in counts.values() for n in found.values())
    rows = [
        {
            "region": place,
            "gaps": gaps[place.pk],
            "cells": [
                {"theme": theme, "cell": heat.cell(counts[theme.pk][place.pk], bool(gaps[place.pk]), most)}
                for theme in shown
            ],
        }
        for place in places
    ]
    context = {
        "themes": [{"theme": theme, "total": sum(counts[theme.pk].values())} for theme in shown],
        "rows": rows,
        "bounds": heat.bounds(most),
        "retired": list(themes.themes(actor, retired=True)),
        "may_edit": policy.decide(actor, "region.edit"),
        "source": reading.last_source(actor),
    }
    return render(request, "regions/heatmap.html", context)


@guarded("region.read", Theme)
@require_safe
def page(request: HttpRequest, theme: Theme) -> HttpResponse:
    """The sentences about a theme; `?region=` those of one region."""
    actor = actor_of(request)
    places = list(reading.regions(actor))
    chosen = next((place for place in places if place.code == request.GET.get("region")), None)
    found = themes.sentences(actor, theme)
    count: dict[str, int] = {}
    for row in found:
        code = row["statement"].region.code
        count[code] = count.get(code, 0) + 1
    gaps = reading.gaps(actor, places)
    context = {
        "theme": theme,
        "words": theme.words.splitlines(),
        "found": [row for row in found if chosen is None or row["statement"].region_id == chosen.pk],
        "total": len(found),
        "places": [(place, count.get(place.code, 0)) for place in places if count.get(place.code)],
        "silent": [place for place in places if not count.get(place.code) and not gaps[place.pk]],
        "missing": [place for place in places if not count.get(place.code) and gaps[place.pk]],
        "chosen": chosen,
        "chosen_gaps": gaps[chosen.pk] if chosen else [],
        "may_edit": policy.decide(actor, "region.edit", theme),
    }
    return render(request, "regions/theme.html", context)


@guarded("region.edit")
@form_view
def new(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@guarded("region.edit", Theme)
@form_view
def edit(request: HttpRequest, theme: Theme) -> HttpResponse:
    return _form(request, theme)


def _form(request: HttpRequest, theme: Theme | None) -> HttpResponse:
    """Two buttons: one shows what the words find, the other saves. Nothing is saved by looking."""
    actor = actor_of(request)
    start = {"lock": theme.lock, "name": theme.name, "words": theme.words} if theme else {"lock": 0}
    form = ThemeForm(request.POST or None, initial=start)
    words, other = theme.words if theme else "", None
    if request.method == "POST":
        words = request.POST.get("words", "")[:8000]
        if form.is_valid() and request.POST.get("act") == "save":
            try:
                saved = _save(actor, theme, form.cleaned_data)
            except ValidationError as error:
                form.refuse(error)
            except themes.Stale as stale:
                other = stale.theme
                form.add_error(None, _("Någon annan har sparat temat sedan du öppnade det. Deras ord står nedanför. "
                                       "Spara en gång till om dina ord ska gälla."))  # fmt: skip
                form.data = {**request.POST.dict(), "lock": stale.theme.lock}
            else:
                toast(request, _("Sparat."))
                return redirect("regions:theme", theme=saved.public_id)
    context = {
        "form": form, "theme": theme, "other": other,
        "preview": themes.preview(actor, words) if words.strip() else None,
        "before": themes.preview(actor, theme.words)["total"] if theme else None,
    }  # fmt: skip
    return render(request, "regions/theme_form.html", context, status=422 if form.errors else 200)


def _save(actor: policy.Actor, theme: Theme | None, data: dict) -> Theme:
    if theme is None:
        return themes.create(actor, data["name"], data["words"])
    return themes.save(actor, theme, data["name"], data["words"], data["lock"] or 0)


@guarded("region.edit", Theme)
@require_POST
def retire(request: HttpRequest, theme: Theme) -> HttpResponse:
    """Out of the heat map, or back; the toast carries the way back."""
    on = (request.POST.get("on") or request.GET.get("on", "1")) == "1"
    try:
        themes.retire(actor_of(request), theme, on)
    except themes.Stale:
        toast(request, _("Någon annan har sparat temat nyss. Försök igen."))
    else:
        undo = reverse("regions:theme_retire", args=[theme.public_id]) + ("?on=0" if on else "?on=1")
        toast(request, _("Temat vilar.") if on else _("Temat är med igen."), undo)
    return redirect("regions:themes")


@guarded("region.edit")
@require_POST
def load_shipped(request: HttpRequest) -> HttpResponse:
    """The themes that come with Samband; what is there is left as it is."""
    made = shipped.load_for(actor_of(request))
    toast(request, ngettext("%(n)d tema är tillagt.", "%(n)d teman är tillagda.", made) % {"n": made})
    return redirect("regions:themes")

"""Own indicators: the list, one with its chart and table, values one by one, and files in and out."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core import policy
from samband.core.policy import guarded
from samband.core.uploads import UploadRefused, checked
from samband.regions.forms import FileForm, IndicatorForm, ValueForm
from samband.regions.models import Indicator
from samband.regions.rules import figures
from samband.regions.services import exports, figures_shown, indicators
from samband.regions.views.base import actor_of, file
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])
MOST_BYTES = 2_000_000
SHOWN = 200


@guarded("region.list")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {"rows": indicators.listing(actor), "may_edit": policy.decide(actor, "region.edit")}
    return render(request, "regions/indicators.html", context)


@guarded("region.edit")
@form_view
def new(request: HttpRequest) -> HttpResponse:
    return _form(request, None)


@guarded("region.edit", Indicator)
@form_view
def edit(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    return _form(request, indicator)


def _form(request: HttpRequest, indicator: Indicator | None) -> HttpResponse:
    form = IndicatorForm(request.POST or None, instance=indicator)
    if request.method == "POST" and form.is_valid():
        actor, data = actor_of(request), form.cleaned_data
        kept = indicators.change(actor, indicator, data) if indicator else indicators.create(actor, data)
        toast(request, _("Sparat."))
        return redirect("regions:indicator", indicator=kept.public_id)
    context = {"form": form, "indicator": indicator}
    return render(request, "regions/indicator_form.html", context, status=422 if form.errors else 200)


@guarded("region.read", Indicator)
@require_safe
def page(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    return _show(request, indicator, None)


def _show(request: HttpRequest, indicator: Indicator, form: ValueForm | None) -> HttpResponse:
    """The table of places and years, and the chosen place's run over the years."""
    actor = actor_of(request)
    shown = figures_shown.shown(actor, indicator)
    code = request.GET.get("place", "")
    row = next((row for row in shown["table"] if row["place"].code == code), next(iter(shown["table"]), None))
    may_edit = policy.decide(actor, "region.edit", indicator)
    context: dict[str, Any] = {
        "indicator": indicator,
        **shown,
        "chosen": row["place"] if row else None,
        "chart": figures_shown.chart(indicator, row["place"].name, row["values"]) if row else None,
        "may_edit": may_edit,
        "form": (form or ValueForm(initial={"place": code})) if may_edit else None,
    }
    return render(request, "regions/indicator.html", context, status=422 if form is not None else 200)


@guarded("region.edit", Indicator)
@require_POST
def value(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """One value. The toast's undo comes back here with what stood before in its address."""
    actor, data = actor_of(request), request.GET if request.GET.get("undo") else request.POST
    if data.get("undo") == "new":
        year = data.get("year", "")
        indicators.remove(actor, indicator, data.get("place", ""), int(year) if year.isdecimal() else 0)
        return redirect("regions:indicator", indicator=indicator.public_id)
    form = ValueForm(data)
    if not form.is_valid():
        return _show(request, indicator, form)
    given = form.cleaned_data
    try:
        row, before = indicators.put(actor, indicator, given["place"], given["year"], given["value"], given["source"])
    except ValidationError as error:
        form.refuse(error)
        return _show(request, indicator, form)
    old = {"place": given["place"], "year": given["year"]}
    old |= {"undo": "new"} if before is False else {"undo": "old", "value": "" if before is None else before}
    undo = reverse("regions:value", args=[indicator.public_id]) + "?" + urlencode(old)
    said = {"year": row.year, "value": figures_shown.spoken(row.value)}
    toast(request, _("Sparat: %(year)s, %(value)s.") % said, "" if data.get("undo") else undo)
    return redirect(reverse("regions:indicator", args=[indicator.public_id]) + f"?place={given['place']}")


@guarded("region.edit", Indicator)
@form_view
def upload(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """Two steps on one page: the file is answered; pressing the button reads all of it in, or nothing."""
    context: dict[str, Any] = {"indicator": indicator, "form": FileForm()}
    if request.method != "POST":
        return render(request, "regions/indicator_file.html", context)
    text, source = request.POST.get("text", ""), request.POST.get("source", "")[:300]
    if not text:
        form = context["form"] = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return render(request, "regions/indicator_file.html", context, status=422)
        try:
            content = checked(form.cleaned_data["file"], ("csv",), MOST_BYTES).content
        except UploadRefused as refused:
            form.add_error("file", str(refused))
            return render(request, "regions/indicator_file.html", context, status=refused.status)
        text = figures.decoded(content) or ""
    return _answered(request, indicator, text, source, context)


def _answered(request: HttpRequest, indicator: Indicator, text: str, source: str, context: dict) -> HttpResponse:
    trial = indicators.tried(indicator, text)
    if request.POST.get("commit") and trial.figures and not trial.wrong:
        done = indicators.read_in(actor_of(request), indicator, text, source)
        n = done.new + done.changed
        toast(request, ngettext("%(n)d värde är inläst.", "%(n)d värden är inlästa.", n) % {"n": n})
        return redirect("regions:indicator", indicator=indicator.public_id)
    wrong = trial.spoken
    context |= {"trial": trial, "wrong": wrong[:SHOWN], "left": max(0, len(wrong) - SHOWN), "text": text, "source": source}
    return render(request, "regions/indicator_file.html", context, status=422 if wrong else 200)


@guarded("region.read", Indicator)
@require_safe
def export(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    """The same columns as are read in, and more."""
    return file(exports.as_csv(list(exports.values(actor_of(request), indicator))), "text/csv", "matt.csv")

"""Writing what is said of a region: added, changed with a reason, struck, undone; and a row's history."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samband.core.policy import guarded
from samband.regions.forms import SaidForm, StrikeForm
from samband.regions.models import Body, Document, Goal, Irregularity, SectionKey, Statement
from samband.regions.services import editing
from samband.regions.views.base import NAMES, actor_of, model_or_404, region_or_404, said_or_404
from samband.ui.toast import toast

form_view = require_http_methods(["GET", "HEAD", "POST"])


def title_of(model: Any, new: bool) -> str:
    """The page's heading."""
    words = {
        Statement: (_("Nytt påstående"), _("Ändra påstående")),
        Document: (_("Nytt styrdokument"), _("Ändra styrdokument")),
        Goal: (_("Nytt mål"), _("Ändra mål")),
        Body: (_("Nytt samverkansorgan"), _("Ändra samverkansorgan")),
        Irregularity: (_("Ny lucka i källan"), _("Ändra lucka i källan")),
    }
    return words[model][0 if new else 1]


def undo_url(row: Any) -> str:
    return reverse("regions:said_undo", args=[NAMES[type(row)], row.public_id])


def back(row: Any) -> HttpResponse:
    return redirect("regions:region", code=row.region.code)


@guarded("region.edit")
@form_view
def add(request: HttpRequest, code: str, said_kind: str) -> HttpResponse:
    """Something that no source said before. `?section=` begins with that part of the account."""
    model = model_or_404(said_kind)
    region = region_or_404(request, "region.edit", code)
    section = request.GET.get("section", "")
    first = {"section": section if section in SectionKey.values else SectionKey.PRIORITIES, "form": "bullet"}
    form = SaidForm(request.POST or None, model=model, first=first)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = editing.add(
                model, region, form.values(), actor_of(request), data["reason"], data["source"], data["as_of"]
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            toast(request, _("Tillagt. Det står med ditt namn."), undo_url(row))
            return redirect("regions:region", code=region.code)
    context = {"form": form, "region": region, "title": title_of(model, True)}
    return render(request, "regions/said_form.html", context, status=422 if form.errors else 200)


@guarded("region.edit")
@form_view
def edit(request: HttpRequest, said_kind: str, said: Any) -> HttpResponse:
    """An edit never overwrites: the old wording stays in the history."""
    row = said_or_404(request, "region.edit", said_kind, said)
    if row.ended_at is not None and request.method != "POST":
        return redirect("regions:said_history", said_kind=said_kind, said=said)
    form = SaidForm(request.POST or None, model=type(row), row=row)
    now = row
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            new = editing.edit(
                row, form.values(), actor_of(request), data["reason"], data["source"], data["as_of"]
            )
        except ValidationError as error:
            form.refuse(error)
        except editing.Changed as changed:
            form.add_error(None, str(changed))
            now = changed.now or row  # what is sent next is written on what holds now
        else:
            _told(request, row, new)
            return back(new)
    context = {
        "form": form, "row": now, "region": row.region, "title": title_of(type(row), False), "kind": said_kind,
        "strike": StrikeForm(), "other": now if now is not row else None,
    }  # fmt: skip
    return render(request, "regions/said_form.html", context, status=422 if form.errors else 200)


def _told(request: HttpRequest, old: Any, new: Any) -> None:
    if new.pk == old.pk:
        toast(request, _("Ingenting var ändrat."))
    else:
        toast(request, _("Ändrat. Den gamla lydelsen finns i historiken."), undo_url(new))


@guarded("region.edit")
@require_POST
def strike(request: HttpRequest, said_kind: str, said: Any) -> HttpResponse:
    row = said_or_404(request, "region.edit", said_kind, said)
    form = StrikeForm(request.POST)
    if form.is_valid():
        try:
            editing.end(row, actor_of(request), form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error("reason", [text for texts in error.message_dict.values() for text in texts])
        except editing.Changed as changed:
            toast(request, str(changed))
            return back(row)
        else:
            toast(request, _("Struket. Det finns kvar i historiken."), undo_url(row))
            return back(row)
    context = {
        "form": SaidForm(model=type(row), row=row), "row": row, "region": row.region, "kind": said_kind,
        "title": title_of(type(row), False), "strike": form,
    }  # fmt: skip
    return render(request, "regions/said_form.html", context, status=422)


@guarded("region.edit")
@require_POST
def undo(request: HttpRequest, said_kind: str, said: Any) -> HttpResponse:
    """The last thing that was done to the row is taken back: as a new entry in its history."""
    row = said_or_404(request, "region.edit", said_kind, said)
    actor, why = actor_of(request), _("Ångrat")
    try:
        if row.ended_at is not None:
            editing.restore(row, actor, why)
        elif row.replaces_id:
            editing.revert(row, actor, why)
        elif row.said_by:
            editing.end(row, actor, why)
    except editing.Changed as changed:
        toast(request, str(changed))
    else:
        toast(request, _("Ångrat."))
    return back(row)


@guarded("region.read")
@require_safe
def history(request: HttpRequest, said_kind: str, said: Any) -> HttpResponse:
    """Every wording, the newest first: who wrote it, why, and from which source."""
    row = said_or_404(request, "region.read", said_kind, said)
    versions = list(reversed(editing.history(row)))
    context = {
        "row": row,
        "region": row.region,
        "kind": said_kind,
        "versions": [{"row": version, "facts": facts(version)} for version in versions],
        "holds": versions[0].ended_at is None,
    }
    return render(request, "regions/history.html", context)


def facts(row: Any) -> list[tuple[str, str]]:
    """What the row says, field by field; what is empty is left out."""
    found = []
    for name in editing.FIELDS[type(row)]:
        if name in ("parent", "order"):
            continue
        shown = getattr(row, f"get_{name}_display", None)
        value = shown() if shown else getattr(row, name)
        if value not in (None, ""):
            label = SaidForm.label(type(row), name)
            found.append((label, str(value)))
    return found

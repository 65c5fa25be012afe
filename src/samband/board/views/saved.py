"""Saved views of the board: kept, named anew, opened with, removed with a way back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samband.board.models import View
from samband.board.services import filters, views
from samband.board.services.kinds import BY_SLUG, KINDS
from samband.core.http import Request
from samband.core.policy import guarded
from samband.ui.toast import toast


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("board.read")
def saved(request: Request) -> HttpResponse:
    """The list, and the form that keeps the present choice under a name with the numbers that are ticked."""
    choice = filters.choice(request)
    if request.method != "POST":
        return _page(request, choice)
    shown = [slug for slug in request.POST.getlist("show") if slug in BY_SLUG]
    name, first = request.POST.get("name", ""), bool(request.POST.get("first"))
    problem = "" if shown else _("Välj minst ett tal.")
    chosen = filters.showing(choice, shown)
    if not problem:
        try:
            row = views.save(request.actor, chosen, name, first)
        except ValidationError as error:
            problem = error.messages[0]
    if problem:
        return _page(request, choice, problem, name, shown, first)
    filters.keep(request, chosen)
    toast(
        request,
        _("Vyn %(name)s är sparad") % {"name": row.name},
        undo_url=reverse("board:view_remove", args=[row.public_id]),
    )
    return redirect(f"{reverse('board:board')}?{chosen.but()}")


@require_POST
@guarded("board.view", View, log=False)
def rename(request: Request, view: View) -> HttpResponse:
    try:
        views.rename(request.actor, view, request.POST.get("name", ""))
    except ValidationError as error:
        return _page(request, filters.choice(request), renaming=view, wrong=error.messages[0])
    toast(request, _("Vyn heter nu %(name)s") % {"name": view.name})
    return redirect("board:views")


@require_POST
@guarded("board.view", View, log=False)
def first(request: Request, view: View) -> HttpResponse:
    """Open the board with it at log-in, or not any more."""
    views.open_with(request.actor, view, not view.first)
    said = _("Läget öppnas med %(name)s när du loggar in") if view.first else _("Läget öppnas utan vald vy")
    toast(request, said % {"name": view.name} if view.first else said)
    return redirect("board:views")


@require_POST
@guarded("board.view", View, log=False)
def remove(request: Request, view: View) -> HttpResponse:
    views.remove(request.actor, view)
    undo = reverse("board:view_revive", args=[view.public_id])
    toast(request, _("Vyn %(name)s är borttagen") % {"name": view.name}, undo_url=undo)
    return redirect("board:views")


@require_POST
@guarded("board.view", View, log=False)
def revive(request: Request, view: View) -> HttpResponse:
    views.revive(request.actor, view)
    return redirect("board:views")


def lines(choice: filters.Choice, rows: list[View]) -> list[dict[str, Any]]:
    """Each view with where it leads, whether it is what shows now, and whether it still can be opened."""
    found = []
    for row in rows:
        chosen = filters.of_view(choice, row)
        current = choice.same(row.area_id, row.unit_id, row.watched, row.kinds)
        found.append({"row": row, "query": chosen.but() if chosen else "", "current": current, "what": _what(row)})
    return found


def _what(row: View) -> str:
    places = [thing.name for thing in (row.unit, row.area) if thing] or [_("alla era enheter")]
    parts = [*places, *([_("bevakade")] if row.watched else [])]
    return ", ".join([*parts, *(str(BY_SLUG[slug].title) for slug in row.kinds if slug in BY_SLUG)])


def _page(
    request: Request, choice: filters.Choice, problem: str = "", name: str = "", shown: list[str] | None = None,
    first: bool = False, renaming: View | None = None, wrong: str = "",
) -> HttpResponse:  # fmt: skip
    ticked = set(shown if shown is not None else choice.kinds or BY_SLUG)
    context = {
        "choice": choice,
        "lines": lines(choice, views.of(request.actor)),
        "kinds": [{"kind": kind, "ticked": kind.slug in ticked} for kind in KINDS],
        "problem": problem,
        "name": name,
        "first": first,
        "longest": views.LONGEST,
        "renaming": renaming,
        "wrong": wrong,
        "board_url": reverse("board:board"),
        "back": reverse("board:board") + (f"?{choice.query}" if choice.query else ""),
    }
    return render(request, "board/views.html", context, status=422 if problem or wrong else 200)

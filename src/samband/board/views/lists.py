"""The list behind each number: sorted, paged, exported; every row opens its person, back leads to the same filter."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samband.board.services import export as exporting
from samband.board.services import filters, gaps, rows, today, watching
from samband.board.services.kinds import BY_SLUG, NO_CONTACT, TODAY, Kind
from samband.board.services.links import person_url
from samband.board.services.scope import Scope
from samband.board.services.words import short_roles
from samband.board.views.chooser import chooser
from samband.core import audit, clock, text
from samband.core.http import Request
from samband.core.policy import Actor, guarded
from samband.people.models import ContactRole

PER_PAGE = 40
LIVE = "list-live"


@require_safe
@guarded("board.read")
def gap_list(request: Request, kind: str) -> HttpResponse:
    """One list. It renews itself like the board."""
    this = BY_SLUG[kind]
    choice = filters.choice(request)
    asked = _asked(request, this)
    scope = choice.scope(request.actor)
    page = Paginator(_everything(this, scope, asked), PER_PAGE).get_page(request.GET.get("page"))
    found = _rows(this, page.object_list)
    audit.seen(request, "board.list", {r.person for r in found}, view=f"board:{kind}", kind=kind, page=page.number)
    live = request.htmx and request.htmx.target == LIVE
    context = _context(request.actor, this, choice, asked, page, found)
    return render(request, "board/_list.html" if live else "board/list.html", context)


@require_POST
@guarded("board.read")
def export(request: Request, kind: str) -> HttpResponse:
    """The chosen rows, or all of the list, as a file. What leaves Samband is entered with everyone who is in it."""
    this = BY_SLUG[kind]
    choice = filters.choice(request)
    found = chosen_rows(request, this)
    if found is None:
        found = _rows(this, _everything(this, choice.scope(request.actor), _asked(request, this)))
    audit.record(
        request.actor, "board.export", persons=[r.person for r in found], view=f"board:{kind}", kind=kind,
        rows=len(found), session=audit.session_mark(request),
    )  # fmt: skip
    response = HttpResponse(exporting.to_csv(this, found), content_type="text/csv; charset=utf-8")
    name = f"samband-{kind}-{clock.local_now():%Y%m%d-%H%M}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def chosen_rows(request: Request, kind: Kind) -> list[rows.Row] | None:
    """The rows that are ticked, out of the list in scope; None where none is."""
    picked = set(request.POST.getlist("pick"))
    if not picked:
        return None
    scope = filters.choice(request).scope(request.actor)
    return [row for row in _rows(kind, _everything(kind, scope, _asked(request, kind))) if row.id in picked]


def _asked(request: Request, kind: Kind) -> dict[str, str]:
    """Sort and, for contacts, which of the three; anything else in the address is not understood and left out."""
    sort = request.GET.get("sort", "")
    asked = {"sort": sort} if sort in rows.SORTS else {}
    role = request.GET.get("role", "")
    if kind is NO_CONTACT and role in ContactRole.Kind.values:
        asked["role"] = role
    return asked


def _everything(kind: Kind, scope: Scope, asked: dict[str, str]) -> Any:
    sort = asked.get("sort", "since")
    if kind is TODAY:
        found = today.unassigned(scope)
        # In order of time a page needs the words of its own rows only; by name or place all are needed first.
        return found if sort == "since" else rows.sorted_today(rows.waiting_rows(found), sort)
    if kind is NO_CONTACT:
        return rows.ordered(rows.named(kind, gaps.without_contact(scope, asked.get("role", ""))), sort)
    return rows.ordered(rows.named(kind, gaps.ROWS[kind.slug](scope)), sort)


def _rows(kind: Kind, found: Any) -> list[rows.Row]:
    if kind is not TODAY:
        return rows.page(kind, found)
    found = list(found)
    return found if found and isinstance(found[0], rows.Row) else rows.waiting_rows(found)


def _context(
    actor: Actor, kind: Kind, choice: filters.Choice, asked: dict[str, str], page: Any, found: list
) -> dict[str, Any]:
    here = reverse("board:list", args=[kind.slug])
    total = page.paginator.count
    empty = {
        "title": kind.none,
        "text": _("Det gäller %(where)s. Kontrollerat %(when)s.")
        % {"where": choice.title, "when": text.spoken_time(clock.now())},
        "act": {"label": _("Se alla era enheter"), "url": f"{here}?area="} if choice.query else None,
    }
    return {
        "kind": kind,
        "choice": choice,
        "chooser": chooser(choice, here),
        "here": here,
        "back": reverse("board:board") + (f"?{choice.query}" if choice.query else ""),
        "live_id": LIVE,
        "again": _link(here, choice, asked, page=page.number),
        "total": total,
        "checked": clock.now(),
        "table": _table(kind, choice, asked, total, found, empty, watching.among(actor, {r.person for r in found})),
        "export_url": _link(reverse("board:export", args=[kind.slug]), choice, asked),
        "pager": page,
        "pager_url": _link(here, choice, asked) + ("&" if choice.query or asked else "?") + "page=",
        "roles": _roles(here, choice, asked) if kind is NO_CONTACT else [],
        "keys": keys(),
    }


def _link(path: str, choice: filters.Choice, asked: dict[str, str], **more: Any) -> str:
    pairs = [f"{key}={value}" for key, value in {**asked, **more}.items()]
    query = "&".join([*([choice.query] if choice.query else []), *pairs])
    return f"{path}?{query}" if query else path


def _table(
    kind: Kind, choice: filters.Choice, asked: dict, total: int, found: list[rows.Row], empty: dict, watched: set[int]
) -> dict:
    here, sort = reverse("board:list", args=[kind.slug]), asked.get("sort", "since")

    def column(label: Any, key: str = "", num: bool = False) -> dict[str, Any]:
        if not key:
            return {"label": label, "num": num}
        descends = sort == key
        sorted_as = {key: "asc", f"-{key}": "desc"}.get(sort, "")
        url = _link(here, choice, {**asked, "sort": f"-{key}" if descends else key})
        return {"label": label, "num": num, "url": url, "sorted": sorted_as}

    columns = [column(_("Person"), "name")]
    columns += [column(kind.what)] if kind.what else []
    columns += [column(_("Ansvarig"))] if kind.owned else []
    columns += [column(_("Område"), "place"), column(kind.since, "since", num=True)]
    return {
        "caption": kind.title,
        "columns": columns,
        "rows": [_table_row(kind, row, row.person in watched) for row in found],
        "pick": "pick",
        "count": len(found),
        "total": total,
        "note": ngettext("%(n)d rad", "%(n)d rader", total) % {"n": total},
        "acts": [
            {
                "label": _("Bevaka"),
                "submit": True,
                "icon": "eye",
                "kind": "quiet",
                "action": _link(reverse("board:watch_rows", args=[kind.slug]), choice, asked),
            },
            {"label": _("Spara som fil"), "submit": True, "icon": "export", "kind": "quiet"},
        ],
        "empty": empty,
    }


def _table_row(kind: Kind, row: rows.Row, watched: bool) -> dict[str, Any]:
    cells: list[dict[str, Any]] = []
    if kind.what:
        cells.append({"text": row.what})
    if kind.owned:
        cells.append({"text": row.who} if row.owned else {"text": row.who or _("ingen"), "state": "act"})
    cells += [{"text": row.place}, {"text": row.age, "num": True, "strong": kind.state == "act"}]
    years = _("%(age)d år") % {"age": row.years} if row.years is not None else ""
    note = ", ".join(filter(None, [years, _("bevakas") if watched else ""]))
    return {"id": row.id, "url": person_url(row.uuid), "name": row.name, "note": note, "cells": cells}


def _roles(here: str, choice: filters.Choice, asked: dict[str, str]) -> list[dict[str, Any]]:
    """The three contacts kept apart (A13): who lacks which."""
    rest = {k: v for k, v in asked.items() if k != "role"}
    found = [{"label": _("Någon"), "url": _link(here, choice, rest), "current": "role" not in asked}]
    for value, label in short_roles().items():
        url = _link(here, choice, {**rest, "role": value})
        found.append({"label": label.capitalize(), "url": url, "current": asked.get("role") == value})
    return found


def keys() -> list[dict[str, Any]]:
    return [
        {"keys": ["J", "K"], "text": _("ner och upp")},
        {"keys": ["Enter"], "text": _("öppna personen")},
        {"keys": ["Esc"], "text": _("tillbaka till läget")},
        {"keys": ["F"], "text": _("välj område eller enhet")},
        {"keys": ["/"], "text": _("sök person")},
    ]

"""Searching what the regions have said. GET, though searches of persons are POST: what is asked about regions is no
person's data, and an address that can be sent to a colleague is worth something."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samband.core.policy import guarded
from samband.regions.models import Body, Document, Goal, SectionKey, Statement, Theme
from samband.regions.services import finding, reading, themes
from samband.regions.views.base import NAMES, actor_of

PAGE, MOST_PAGES, LONGEST = 20, 25, 200


@guarded("region.list")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?q=`, narrowed by `region` (code), `section`, `theme` (slug); `only=1`: my words alone, none that mean the same."""
    actor = actor_of(request)
    asked = _asked(request)
    every = list(themes.themes(actor))
    theme = next((one for one in every if one.slug == asked["theme"]), None)
    number = min(_number(request.GET.get("page", "")), MOST_PAGES)
    found = finding.find(
        actor, asked["q"], region=asked["region"], section=asked["section"], about=_about(request, theme),
        widely=not asked["only"], limit=PAGE, offset=(number - 1) * PAGE,
    )  # fmt: skip
    pager = Paginator(range(min(found.total, PAGE * MOST_PAGES)), PAGE).get_page(number)
    context = {
        "asked": asked,
        "found": found,
        "rows": [_shown(hit, row) for hit, row in finding.rows_of(actor, found)],
        "instead": [{"word": word, "other": other} for word, other in found.instead.items()],
        "places": reading.regions(actor),
        "sections": SectionKey.choices,
        "themes": every,
        "pager": pager,
        "pager_url": _link(asked) + "&page=",
        "narrowed": bool(asked["region"] or asked["section"] or asked["theme"]),
        "wider_url": _link({"q": asked["q"]}),
        "only_url": _link(asked, only="" if asked["only"] else "1"),
    }
    return render(request, "regions/search.html", context)


def _asked(request: HttpRequest) -> dict[str, str]:
    """What of the address is understood; the rest is as if it were not there."""
    given = request.GET
    section = given.get("section", "")
    return {
        "q": given.get("q", "").strip()[:LONGEST],
        "region": given.get("region", "") if given.get("region", "").isdecimal() else "",
        "section": section if section in SectionKey.values else "",
        "theme": given.get("theme", "")[:40],
        "only": "1" if given.get("only") == "1" else "",
    }


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def _about(request: HttpRequest, theme: Theme | None) -> list[int] | None:
    if theme is None:
        return None
    return [row["statement"].pk for row in themes.sentences(actor_of(request), theme)]


def _link(asked: dict[str, str], **other: str) -> str:
    return "?" + urlencode({name: value for name, value in {**asked, **other}.items() if value})


def _shown(hit: Any, row: Any) -> dict[str, Any]:
    """A hit as the page shows it: whose, what it is, and the words that met."""
    names = {Document: _("Styrande dokument"), Body: _("Samverkansorgan"), Goal: _("Målår")}
    return {
        "row": row,
        "kind": NAMES[type(row)],
        "what": row.get_section_display() if isinstance(row, Statement) else names[type(row)],
        "title": hit.title,
        "sentence": [] if isinstance(row, Statement) and row.text == row.heading else hit.sentence,
        "above": row.parent.heading or row.parent.text if isinstance(row, Statement) and row.parent else "",
        "how": hit.how,
        "every": hit.every,
    }

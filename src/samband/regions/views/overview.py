"""The 21 regions: the map and the list; and one region's page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samband.core import policy
from samband.core.policy import guarded
from samband.regions.models import Theme
from samband.regions.services import exports, overview, reading, themes
from samband.regions.services import profile as profiles
from samband.regions.views.base import actor_of, region_or_404


def columns(theme: Theme | None, asked: dict[str, str]) -> list[dict]:
    """The heads of the list, each with the address that sorts by it. A second press turns the order."""
    words = [
        ("name", _("Region")), ("goal", _("Målår")), ("documents", _("Styrande dokument")), ("bodies", _("Samverkansorgan")),
        ("joint", _("Gemensamma satsningar")), ("gaps", _("Saknas i källan")),
        *([("theme", theme.name)] if theme else []),
    ]  # fmt: skip
    sort, down = asked.get("sort") or "name", asked.get("order") == "down"
    heads = []
    for key, label in words:
        turn = {"order": "down"} if key == sort and not down else {}
        kept = {name: value for name, value in asked.items() if value and name not in ("sort", "order")}
        heads.append(
            {
                "key": key,
                "label": label,
                "num": key not in ("name", "gaps", "goal"),
                "url": "?" + urlencode({**kept, "sort": key, **turn}),
                "sorted": ("desc" if down else "asc") if key == sort else "",
            }
        )
    return heads


@guarded("region.list")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """No search here is about a person: the name of a region may stand in the address."""
    actor = actor_of(request)
    asked = {name: request.GET.get(name, "")[:80] for name in ("theme", "q", "only", "sort", "order")}
    every = list(themes.themes(actor))
    theme = next((row for row in every if row.slug == asked["theme"]), every[0] if every else None)
    found = overview.rows(actor, theme)
    shown = overview.narrowed(found, asked["q"], asked["only"])
    context = {
        "themes": every,
        "theme": theme,
        "map": overview.sea(found) if theme else None,
        "rows": overview.ordered(shown, asked["sort"], asked["order"] == "down"),
        "total": len(found),
        "columns": columns(theme, asked),
        "asked": asked,
        "only": [("", _("Alla")), ("goal", _("Med målår")), ("nogoal", _("Utan målår")), ("gaps", _("Med luckor"))],
        "source": reading.last_source(actor),
        "read": any(not row.empty for row in found),
        "tables": [{"key": key, "label": label} for key, label in exports.TABLES.items()],
        "may_edit": policy.decide(actor, "region.edit"),
    }
    return render(request, "regions/overview.html", context)


@guarded("region.read")
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One region's account."""
    actor = actor_of(request)
    region = region_or_404(request, "region.read", code)
    context = profiles.profile(actor, region) | {"may_edit": policy.decide(actor, "region.edit", region)}
    return render(request, "regions/region.html", context)

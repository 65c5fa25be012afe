"""When the gain comes, what it is made of, and how it is shared fairly: the blocks that come last."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samband.core import text
from samband.resources.rules.worth_charts import bars
from samband.resources.services.worth_text import (
    Block,
    apart_joint,
    between,
    names,
    number,
    said,
    signed,
    span,
    two,
)
from samband.resources.worth_words import PRICES


def day(iso: str) -> str:
    return text.short_date(date.fromisoformat(iso))


def by_day(result: Mapping[str, Any]) -> Block:
    rows, drawn = [], []
    for r in result["by_day"]:
        figures = [number(r[name]) for name in ("visits", "apart", "joint")]
        won = number(r["gain"]["mean"])
        rows.append([day(r["day"]), *figures, won, between("w", r["gain"]), number(r["seconds"], 1)])
        drawn.append({"label": day(r["day"]), "bars": [{**span(r["gain"]), "text": won}]})
    head = [
        _("Dag"),
        _("Besök"),
        _("Var för sig"),
        _("Tillsammans"),
        _("Vinst"),
        _("Mellan omgångar"),
        _("Tid att räkna"),
    ]
    sure = sum(r["gain"]["low"] > 0 for r in result["by_day"])
    return Block(
        "days", _("Dag för dag"), _("Dagar med vinst i alla omgångar: %(n)d av %(of)d.") % {"n": sure, "of": len(rows)}, head, rows,
        _("Vägda minuter; tid att räkna i sekunder. Den tunna linjen visar minsta och största vinst."), chart=bars(drawn),
    )  # fmt: skip


def price(result: Mapping[str, Any]) -> Block:
    cells, drawn = [], []
    for r in result["price"]:
        if max(abs(r["apart"]), abs(r["joint"])) < 0.5:
            continue
        name = str(PRICES.get(r["key"], r["key"]))
        cells.append([name, number(r["apart"]), number(r["joint"]), signed("w", r["joint"] - r["apart"])])
        drawn.append(two(name, r["apart"], r["joint"], number))
    most = cells[0][0].lower() if cells else _("ingenting")
    return Block(
        "price", _("Vad vinsten består av"), _("Mest vinns på: %(what)s.") % {"what": most},
        [_("Del av priset"), _("Var för sig"), _("Tillsammans"), _("Skillnad")], cells, _("Vägda minuter."),
        chart=bars(drawn), legend=apart_joint(), note=_alone(result),
    )  # fmt: skip


def _alone(result: Mapping[str, Any]) -> str:
    """Visits that one organisation cannot do: their price is won by planning together, whoever drives how."""
    n, won = result["alone"], number(result["alone_won"])
    if not n:
        return ""
    return ngettext(
        "%(n)d besök går bara att göra tillsammans: den som har det har inte den kompetens det kräver. Det "
        "står för %(won)s av vinsten.",
        "%(n)d besök går bara att göra tillsammans: den som har dem har inte den kompetens de kräver. De står "
        "för %(won)s av vinsten.",
        n,
    ) % {"n": n, "won": won}


def shares(result: Mapping[str, Any]) -> Block:
    called, exact = names(result), result["exact"]
    rows, drawn = [], []
    for r in result["shares"]:
        figures = [number(r["alone"]), number(r["cost"]), number(r["gain"]["mean"]), between("w", r["gain"])]
        rows.append([called[r["key"]], *figures, *([] if exact else [f"±{number(2 * r['error'], 1)}"])])
        drawn.append(two(called[r["key"]], r["alone"], r["cost"], number))
    head = [
        _("Organisation"),
        _("Ensam"),
        _("Rättvis del av priset"),
        _("Rättvis del av vinsten"),
        _("Mellan omgångar"),
    ]
    way = _("räknat över alla ordningar") if exact else _("skattat på slumpade ordningar; ± är två medelfel")
    return Block(
        "shares", _("Rättvis del"), _("Så delas priset och vinsten om var och en får vad den tillför."),
        [*head, *([] if exact else [_("Osäkerhet")])], rows, _("Vägda minuter. Shapleys värde, %(way)s.") % {"way": way},
        chart=bars(drawn), legend=[("apart", _("Ensam")), ("joint", _("Rättvis del"))], group="pay",
        note=_("En del under noll betyder att organisationen gör mer för de andra än vad dess egna behov kostar."),
    )  # fmt: skip


def coalitions(result: Mapping[str, Any]) -> Block:
    called = names(result)
    units = {
        "cost": "w",
        "gain": "w",
        "travel": "min",
        "tardiness": "min",
        "unplaced": "n",
        "overtime": "min",
        "evening": "n",
    }
    cells = [
        [" + ".join(called[m] for m in row["members"]), *(said(unit, row[name]) for name, unit in units.items())]
        for row in result["coalitions"]
    ]
    head = [
        _("Pris"),
        _("Vinst mot var för sig"),
        _("På vägen"),
        _("Försening"),
        _("Utan plats"),
        _("Övertid"),
        _("Läkare efter 17.00"),
    ]
    return Block(
        "sets", _("Alla uppsättningar"), _("Vad varje uppsättning av organisationer klarar med sin egen personal."),
        [_("Vilka"), *head], cells, _("Medelvärde av omgångarna, hela perioden."), group="pay",
    )  # fmt: skip

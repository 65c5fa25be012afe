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
    minutes,
    names,
    number,
    said,
    signed,
    span,
)
from samband.resources.worth_words import PRICES


def day(iso: str) -> str:
    return text.short_date(date.fromisoformat(iso))


def by_day(result: Mapping[str, Any]) -> Block:
    rows = [
        [
            day(r["day"]),
            number(r["visits"]),
            number(r["apart"]),
            number(r["joint"]),
            number(r["gain"]["mean"]),
            between("w", r["gain"]),
            number(r["seconds"], 1),
        ]
        for r in result["by_day"]
    ]
    drawn = [
        {"label": day(r["day"]), "bars": [{**span(r["gain"]), "text": number(r["gain"]["mean"])}]}
        for r in result["by_day"]
    ]
    won = sum(r["gain"]["low"] > 0 for r in result["by_day"])
    return Block(
        "days", _("Dag för dag"), _("Vinst i alla omgångar %(n)d dagar av %(of)d.") % {"n": won, "of": len(rows)},
        [_("Dag"), _("Besök"), _("Var för sig"), _("Tillsammans"), _("Vinst"), _("Mellan omgångar"), _("Sekunder att räkna")], rows,
        _("Vägda minuter. Den tunna linjen visar minsta och största vinst av omgångarna."), chart=bars(drawn),
    )  # fmt: skip


def price(result: Mapping[str, Any]) -> Block:
    rows = [r for r in result["price"] if max(abs(r["apart"]), abs(r["joint"])) >= 0.5]
    cells = [
        [
            str(PRICES.get(r["key"], r["key"])),
            number(r["apart"]),
            number(r["joint"]),
            signed("w", r["joint"] - r["apart"]),
        ]
        for r in rows
    ]
    drawn = [
        {"label": c[0], "bars": [{"kind": k, "value": r[k], "text": number(r[k])} for k in ("apart", "joint")]}
        for r, c in zip(rows, cells, strict=True)
    ]
    most = cells[0][0].lower() if cells else _("ingenting")
    return Block(
        "price", _("Vad vinsten består av"), _("Mest vinns på: %(what)s.") % {"what": most},
        [_("Del av priset"), _("Var för sig"), _("Tillsammans"), _("Skillnad")], cells, _("Vägda minuter."),
        chart=bars(drawn), legend=apart_joint(), note=_alone(result),
    )  # fmt: skip


def _alone(result: Mapping[str, Any]) -> str:
    """Visits that one organisation cannot do: their price is won by planning together, whoever drives how."""
    n, won = result["alone"], number(result["alone_won"])
    return ngettext(
        "%(n)d besök går bara att göra tillsammans: den som har det har inte den kompetens det kräver. Det "
        "står för %(won)s av vinsten.",
        "%(n)d besök går bara att göra tillsammans: den som har dem har inte den kompetens de kräver. De står "
        "för %(won)s av vinsten.",
        n,
    ) % {"n": n, "won": won}


def shares(result: Mapping[str, Any]) -> Block:
    called = names(result)
    rows, drawn = [], []
    for r in result["shares"]:
        error = [] if result["exact"] else [f"±{number(2 * r['error'], 1)}"]
        rows.append(
            [
                called[r["key"]],
                number(r["alone"]),
                number(r["cost"]),
                number(r["gain"]["mean"]),
                between("w", r["gain"]),
                *error,
            ]
        )
        drawn.append(
            {
                "label": called[r["key"]],
                "bars": [
                    {"kind": "apart", "value": r["alone"], "text": number(r["alone"])},
                    {"kind": "joint", "value": r["cost"], "text": number(r["cost"])},
                ],
            }
        )
    head = [
        _("Organisation"),
        _("Ensam"),
        _("Rättvis del av priset"),
        _("Rättvis del av vinsten"),
        _("Mellan omgångar"),
    ]
    measured = (
        _("Vägda minuter. Shapleys värde, räknat över alla ordningar.")
        if result["exact"]
        else _("Vägda minuter. Shapleys värde, skattat på slumpade ordningar; ± är två medelfel.")
    )
    return Block(
        "shares", _("Rättvis del"), _("Så delas priset och vinsten om var och en får vad den tillför."), head + ([] if result["exact"] else [_("Osäkerhet")]), rows, measured,
        chart=bars(drawn), legend=[("apart", _("Ensam")), ("joint", _("Rättvis del"))], group="pay",
        note=_("En del under noll betyder att organisationen gör mer för de andra än vad dess egna behov kostar."),
    )  # fmt: skip


def coalitions(result: Mapping[str, Any]) -> Block:
    called = names(result)
    cells = [
        [" + ".join(called[m] for m in row["members"]), number(row["cost"]), number(row["gain"]), minutes(row["travel"]), minutes(row["tardiness"]),
         said("n", row["unplaced"]), minutes(row["overtime"]), said("n", row["evening"])]
        for row in result["coalitions"]
    ]  # fmt: skip
    return Block(
        "sets", _("Alla uppsättningar"), _("Vad varje uppsättning av organisationer klarar med sin egen personal."),
        [_("Vilka"), _("Pris"), _("Vinst mot var för sig"), _("På vägen"), _("Försening"), _("Utan plats"), _("Övertid"), _("Läkare efter 17.00")],
        cells, _("Medelvärde av omgångarna, hela perioden."), group="pay",
    )  # fmt: skip

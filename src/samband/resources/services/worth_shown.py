"""The report as blocks: a finding, how it is measured, a picture, a table, and why. Page, paper and CSV show the same ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samband.core import text
from samband.resources.rules.worth_charts import Bars, bars
from samband.resources.worth_words import BINS, FIGURES, PRICES

FEW = 5


@dataclass
class Block:
    """`rows`: cells of text, the first names the row; `whys`: by row, why it is counted so. `group`: care or pay."""

    key: str
    title: str
    finding: str
    columns: list[str]
    rows: list[list[str]]
    measured: str = ""
    chart: Bars | None = None
    legend: list[tuple[str, str]] = field(default_factory=list)
    whys: list[str] = field(default_factory=list)
    note: str = ""
    group: str = "care"


def number(value: float, decimals: int = 0) -> str:
    """1 234,5 as Swedish writes it; in English 1,234.5."""
    shown = f"{value + 0.0:,.{decimals}f}"
    shown = shown.removeprefix("-") if not float(shown.replace(",", "")) else shown.replace("-", "−")
    return shown if text._lang() == "en" else shown.replace(",", "\u202f").replace(".", ",")


def minutes(value: float) -> str:
    """45 min, 3 h 20 min."""
    whole = round(abs(value))
    shown = (
        f"{whole} min"
        if whole < 60
        else f"{number(whole // 60)} h {whole % 60} min"
        if whole % 60
        else f"{number(whole // 60)} h"
    )
    return f"−{shown}" if value < 0 and whole else shown


def said(unit: str, value: float, exact: bool = False) -> str:
    if unit == "min":
        return minutes(value)
    return number(value, 0 if unit == "w" or (unit == "n" and value == round(value)) else 1 if unit == "n" else 2)


def signed(unit: str, value: float) -> str:
    shown = said(unit, value)
    return f"+{shown}" if value > 0 and shown.strip("0,. min") else shown


def apart_joint() -> list[tuple[str, str]]:
    return [("apart", _("Var för sig")), ("joint", _("Tillsammans"))]


def sure(result: Mapping[str, Any]) -> bool:
    """Whether the gain is larger than the spread between seeds."""
    gain = result["gain"]
    return len(result["seeds"]) > 1 and gain["low"] > 0 and gain["mean"] > gain["high"] - gain["low"]


def headline(result: Mapping[str, Any]) -> str:
    gain = result["gain"]
    if gain["mean"] < 0.5:
        return _("Samma behov kostar lika mycket tillsammans som var för sig.")
    return _("Tillsammans blir planens pris %(percent)s %% lägre för samma behov.") % {
        "percent": number(gain["percent"]["mean"], 1)
    }


def doubt(result: Mapping[str, Any]) -> str:
    """How far the finding can be trusted."""
    gain = result["gain"]
    span = {
        "low": number(gain["low"]),
        "high": number(gain["high"]),
        "n": len(result["seeds"]),
        "again": number(result["again"]),
    }
    if len(result["seeds"]) < 2:
        return _("En enda omgång är räknad, så det går inte att säga hur mycket som är slump.")
    if sure(result):
        return (
            _("Vinsten är %(low)s till %(high)s vägda minuter i %(n)d omgångar: större än slumpen mellan dem.") % span
        )
    return (
        _("Vinsten är %(low)s till %(high)s vägda minuter i %(n)d omgångar: skillnaden är inte större än slumpen.")
        % span
    )


def blocks(result: Mapping[str, Any]) -> list[Block]:
    """What is best for the persons first; who pays last."""
    found = [figures(result), persons(result), lateness(result), areas(result), by_day(result), price(result)]
    return [*found, shares(result), coalitions(result)]


def names(result: Mapping[str, Any]) -> dict[str, str]:
    return {p["key"]: p["name"] for p in result["parties"]}


def figures(result: Mapping[str, Any]) -> Block:
    rows, whys = [], []
    for row in result["figures"]:
        name, unit, why = FIGURES[row["key"]]
        one, two = row["apart"], row["joint"]
        rows.append(
            [
                str(name),
                said(unit, one["mean"]),
                said(unit, two["mean"]),
                signed(unit, two["mean"] - one["mean"]),
                _between(unit, two),
            ]
        )
        whys.append(str(why))
    return Block(
        "figures", _("Vad som blir bättre och vad som blir sämre"), headline(result),
        [_("Mått"), _("Var för sig"), _("Tillsammans"), _("Skillnad"), _("Mellan omgångar, tillsammans")], rows,
        _("Hela perioden, medelvärde av omgångarna."), whys=whys,
    )  # fmt: skip


def _between(unit: str, value: Mapping[str, float]) -> str:
    if value["low"] == value["high"]:
        return _("ingen")
    return f"{said(unit, value['low'])}–{said(unit, value['high'])}"


def count(value: Mapping[str, float]) -> str:
    """Persons, with the spread where there is one."""
    if value["low"] == value["high"]:
        return number(value["mean"])
    return f"{number(value['mean'], 1)} ({number(value['low'])}–{number(value['high'])})"


def persons(result: Mapping[str, Any]) -> Block:
    found = result["persons"]
    kinds = [("gain", _("Får det bättre")), ("same", _("Ingen skillnad")), ("lose", _("Får det sämre"))]
    more = [
        ("unplaced_less", _("Fler av besöken får plats")), ("unplaced_more", _("Färre av besöken får plats")),
        ("staff_less", _("Möter färre olika")), ("staff_more", _("Möter fler olika")),
        ("evening_more", _("Fler läkarbesök efter 17.00")), ("evening_less", _("Färre läkarbesök efter 17.00")),
    ]  # fmt: skip
    total = found["all"]["mean"] or 1
    rows = [[label, count(found[key]), _percent(found[key]["mean"], total)] for key, label in [*kinds, *more]]
    finding = _("%(gain)s personer får det bättre, %(lose)s får det sämre, av %(all)s.") % {
        "gain": number(found["gain"]["mean"]), "lose": number(found["lose"]["mean"]), "all": number(found["all"]["mean"])
    }  # fmt: skip
    return Block(
        "persons", _("Vem som vinner och vem som förlorar"), finding, [_("Personer"), _("Antal"), _("Andel")], rows,
        _("Varje person jämförs med sig själv: först om besöken blir gjorda, sedan försening (minst 10 minuter), sedan hur många olika som kommer."),
        chart=_one(found, kinds, count),
    )  # fmt: skip


def _percent(part: float, whole: float) -> str:
    return f"{number(100 * part / whole)} %"


def _one(found: Mapping[str, Any], kinds: Iterable[tuple[str, Any]], words: Any) -> Bars:
    return bars({"label": label, "bars": [{**_span(found[key]), "text": words(found[key])}]} for key, label in kinds)


def _span(value: Mapping[str, float]) -> dict[str, float]:
    return {"value": value["mean"], "low": value["low"], "high": value["high"]}


def lateness(result: Mapping[str, Any]) -> Block:
    found = result["persons"]
    kinds = [(f"late_{n}", str(label)) for n, label in enumerate(BINS)]
    less, more = (sum(found[f"late_{n}"]["mean"] for n in some) for some in ((0, 1), (3, 4)))
    return Block(
        "lateness", _("Försening, person för person"),
        _("För %(less)s personer minskar förseningen märkbart, för %(more)s ökar den.") % {"less": number(less), "more": number(more)},
        [_("Skillnad under perioden"), _("Personer")], [[label, count(found[key])] for key, label in kinds],
        _("Personens alla besök tillsammans, gemensam plan mot egna planer."), chart=_one(found, kinds, count),
    )  # fmt: skip


def areas(result: Mapping[str, Any]) -> Block:
    """An area with very few visits would say how one person fares; it is shown without figures."""
    rows, drawn = [], []
    for row in result["areas"]:
        one, two = row["apart"], row["joint"]
        if two["visits"] < FEW:
            rows.append([row["area"], _("färre än %(n)d") % {"n": FEW}, *["–"] * 6])
            continue
        pairs = [
            said(u, side[f])
            for f, u in (("unplaced", "n"), ("tardiness", "min"), ("travel", "min"))
            for side in (one, two)
        ]
        rows.append([row["area"], number(two["visits"]), *pairs])
        drawn.append(
            {
                "label": row["area"],
                "bars": [
                    {"kind": k, "value": s["tardiness"], "text": minutes(s["tardiness"])}
                    for k, s in (("apart", one), ("joint", two))
                ],
            }
        )
    worse = sum(row["joint"]["tardiness"] > row["apart"]["tardiness"] + 1 for row in result["areas"])
    finding = (
        ngettext("I ett område ökar förseningen.", "I %(n)d områden ökar förseningen.", worse) % {"n": worse}
        if worse
        else _("I inget område ökar förseningen.")
    )
    both = [_("var för sig"), _("tillsammans")]
    return Block(
        "areas", _("Kommuner och områden"), finding,
        [_("Område"), _("Besök"), *[f"{what}, {side}" for what in (_("Utan plats"), _("Försening"), _("På vägen dit")) for side in both]], rows,
        _("Försening där personerna bor, lagt ihop över besöken."), chart=bars(drawn), legend=apart_joint(),
    )  # fmt: skip


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
            _between("w", r["gain"]),
            number(r["seconds"], 1),
        ]
        for r in result["by_day"]
    ]
    drawn = [
        {"label": day(r["day"]), "bars": [{**_span(r["gain"]), "text": number(r["gain"]["mean"])}]}
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
    """Visits that one organisation cannot do: their whole price is won by planning together, whoever drives how."""
    n = result["alone"]
    return ngettext(
        "%(n)d besök går bara att göra tillsammans: den som har det har inte den kompetens det kräver.",
        "%(n)d besök går bara att göra tillsammans: den som har dem har inte den kompetens de kräver.", n,
    ) % {"n": n}  # fmt: skip


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
                _between("w", r["gain"]),
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

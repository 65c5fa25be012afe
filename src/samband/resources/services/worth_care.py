"""What planning together means for the persons and the work: the blocks that come first."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samband.resources.rules.worth_charts import bars
from samband.resources.services.worth_text import (
    Block,
    apart_joint,
    between,
    count,
    minutes,
    number,
    one_each,
    percent,
    said,
    signed,
    two,
)
from samband.resources.worth_words import BINS, FIGURES

MORE_IS_BETTER = ("evening",)
NOTHING = 0.02
NEITHER = ("crossing", "cost")  # what is shared, and the sum of the others


def figures(result: Mapping[str, Any]) -> Block:
    rows, whys = [], []
    for row in result["figures"]:
        name, unit, why = FIGURES[row["key"]]
        one, two = row["apart"], row["joint"]
        difference = signed(unit, two["mean"] - one["mean"])
        rows.append([str(name), said(unit, one["mean"]), said(unit, two["mean"]), difference, between(unit, two)])
        whys.append(str(why))
    return Block(
        "figures", _("Vad som blir bättre och vad som blir sämre"), _verdict(result),
        [_("Mått"), _("Var för sig"), _("Tillsammans"), _("Skillnad"), _("Mellan omgångar, tillsammans")], rows,
        _("Hela perioden, medelvärde av omgångarna."), whys=whys,
    )  # fmt: skip


def _verdict(result: Mapping[str, Any]) -> str:
    """Which measures of care and work get better, and which worse, by name; what may be chance is in neither."""
    better: list[str] = []
    worse: list[str] = []
    for row in result["figures"]:
        change = row["joint"]["mean"] - row["apart"]["mean"]
        chance = max(row[side]["high"] - row[side]["low"] for side in ("apart", "joint"))
        if row["key"] in NEITHER or abs(change) <= max(chance, NOTHING):
            continue
        gains = (change > 0) == (row["key"] in MORE_IS_BETTER)
        (better if gains else worse).append(str(FIGURES[row["key"]][0]).lower())
    words = {"better": ", ".join(better) or _("inget"), "worse": ", ".join(worse) or _("inget")}
    return _("Bättre: %(better)s. Sämre: %(worse)s.") % words


def persons(result: Mapping[str, Any]) -> Block:
    found = result["persons"]
    kinds = [("gain", _("Får det bättre")), ("same", _("Ingen skillnad")), ("lose", _("Får det sämre"))]
    more = [
        ("unplaced_less", _("Fler av besöken får plats")), ("unplaced_more", _("Färre av besöken får plats")),
        ("staff_less", _("Möter färre olika")), ("staff_more", _("Möter fler olika")),
        ("evening_more", _("Fler läkarbesök efter 17.00")), ("evening_less", _("Färre läkarbesök efter 17.00")),
    ]  # fmt: skip
    total = found["all"]["mean"] or 1
    rows = [[label, count(found[key]), percent(found[key]["mean"], total)] for key, label in [*kinds, *more]]
    finding = _("%(gain)s personer får det bättre, %(lose)s får det sämre, av %(all)s.") % {
        "gain": number(found["gain"]["mean"]), "lose": number(found["lose"]["mean"]), "all": number(found["all"]["mean"])
    }  # fmt: skip
    return Block(
        "persons", _("Vem som vinner och vem som förlorar"), finding, [_("Personer"), _("Antal"), _("Andel")], rows,
        _(
            "Varje person jämförs med sig själv: först om besöken blir gjorda, sedan försening (minst 10 "
            "minuter), sedan hur många olika som kommer."),
        chart=one_each(found, kinds, count),
    )  # fmt: skip


def lateness(result: Mapping[str, Any]) -> Block:
    found = result["persons"]
    kinds = [(f"late_{n}", str(label)) for n, label in enumerate(BINS)]
    less, more = (sum(found[f"late_{n}"]["mean"] for n in some) for some in ((0, 1), (3, 4)))
    return Block(
        "lateness", _("Försening, person för person"),
        _("För %(less)s personer minskar förseningen märkbart, för %(more)s ökar den.") % {"less": number(less), "more": number(more)},
        [_("Skillnad under perioden"), _("Personer")], [[label, count(found[key])] for key, label in kinds],
        _("Personens alla besök tillsammans, gemensam plan mot egna planer."), chart=one_each(found, kinds, count),
    )  # fmt: skip


def areas(result: Mapping[str, Any]) -> Block:
    rows, drawn = [], []
    for row in result["areas"]:
        if "few" in row:
            rows.append([row["area"], _("färre än %(n)d") % {"n": row["few"]}, *["–"] * 6])
            continue
        one, joint = row["apart"], row["joint"]
        kinds = (("unplaced", "n"), ("tardiness", "min"), ("travel", "min"))
        pairs = [said(unit, side[figure]) for figure, unit in kinds for side in (one, joint)]
        rows.append([row["area"], number(joint["visits"]), *pairs])
        drawn.append(two(row["area"], one["tardiness"], joint["tardiness"], minutes))
    both = (_("var för sig"), _("tillsammans"))
    measures = [f"{what}, {side}" for what in (_("Utan plats"), _("Försening"), _("På vägen dit")) for side in both]
    return Block(
        "areas", _("Kommuner och områden"), _worse(result["areas"]), [_("Område"), _("Besök"), *measures], rows,
        _("Försening där personerna bor, lagt ihop över besöken."), chart=bars(drawn), legend=apart_joint(),
    )  # fmt: skip


def _worse(rows: list[Mapping[str, Any]]) -> str:
    n = sum(row["joint"]["tardiness"] > row["apart"]["tardiness"] + 1 for row in rows if "few" not in row)
    if not n:
        return _("I inget område ökar förseningen.")
    return ngettext("I %(n)d område ökar förseningen.", "I %(n)d områden ökar förseningen.", n) % {"n": n}

"""Figures of the report in words, and what page, paper and CSV share: a block."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samband.resources.rules.worth_charts import Bars, bars


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

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """(row, why it is counted so)."""
        return [(row[0], why) for row, why in zip(self.rows, self.whys, strict=False)]


def number(value: float, decimals: int = 0) -> str:
    """1 234,5 as Swedish writes it; in English 1,234.5."""
    shown = f"{value + 0.0:,.{decimals}f}"
    shown = shown.removeprefix("-") if not float(shown.replace(",", "")) else shown.replace("-", "−")
    return shown if (get_language() or "sv").startswith("en") else shown.replace(",", "\u202f").replace(".", ",")


def minutes(value: float) -> str:
    """45 min, 3 h 20 min."""
    hours, rest = divmod(round(abs(value)), 60)
    parts = [*([f"{number(hours)} h"] if hours else []), *([f"{rest} min"] if rest or not hours else [])]
    return f"{'−' if value < 0 and (hours or rest) else ''}{' '.join(parts)}"


def said(unit: str, value: float) -> str:
    """By its unit (see `worth_words.FIGURES`)."""
    if unit == "min":
        return minutes(value)
    decimals = {"w": 0, "p": 2}.get(unit, 0 if value == round(value) else 1)
    return number(value, decimals)


def signed(unit: str, value: float) -> str:
    shown = said(unit, value)
    return f"+{shown}" if value > 0 and shown != said(unit, 0.0) else shown


def between(unit: str, value: Mapping[str, float]) -> str:
    if value["low"] == value["high"]:
        return _("ingen")
    return f"{said(unit, value['low'])}–{said(unit, value['high'])}"


def count(value: Mapping[str, float]) -> str:
    """Persons, with the spread where there is one."""
    if value["low"] == value["high"]:
        return number(value["mean"])
    return f"{number(value['mean'], 1)} ({number(value['low'])}–{number(value['high'])})"


def percent(part: float, whole: float) -> str:
    return f"{number(100 * part / whole)} %"


def one_each(found: Mapping[str, Any], kinds: Iterable[tuple[str, Any]], words: Any) -> Bars:
    return bars({"label": label, "bars": [{**span(found[key]), "text": words(found[key])}]} for key, label in kinds)


def span(value: Mapping[str, float]) -> dict[str, float]:
    return {"value": value["mean"], "low": value["low"], "high": value["high"]}


def two(label: str, apart: float, joint: float, words: Callable[[float], str]) -> dict[str, Any]:
    """A row of a picture with a bar for each way to plan."""
    kinds = (("apart", apart), ("joint", joint))
    return {"label": label, "bars": [{"kind": kind, "value": value, "text": words(value)} for kind, value in kinds]}


def apart_joint() -> list[tuple[str, str]]:
    return [("apart", _("Var för sig")), ("joint", _("Tillsammans"))]


def names(result: Mapping[str, Any]) -> dict[str, str]:
    return {p["key"]: p["name"] for p in result["parties"]}

"""A result as a file: one report, four forms of it. What is in the report is already safe to show; here it is only set."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samband.core import clock, paper, text
from samband.core.spreadsheet import safe, sheet

HOME = Path(__file__).resolve().parents[1] / "data" / "prints"


@dataclass(frozen=True)
class Table:
    """`caption`: for those who cannot see the table."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""


@dataclass(frozen=True)
class Section:
    """A heading of level 1 or 2 with what stands under it. `picture`: two levels of the scale 1–5 and the text instead of them."""

    title: str
    level: int = 1
    lead: Sequence[str] = ()
    tables: Sequence[Table] = ()
    bullets: Sequence[str] = ()
    picture: dict[str, Any] | None = None


@dataclass(frozen=True)
class Report:
    """`data`: the same for machines."""

    title: str
    lead: Sequence[str] = ()
    sections: Sequence[Section] = ()
    data: dict[str, Any] = field(default_factory=dict)


def pdf(report: Report, layout: str = "report") -> bytes:
    """PDF/UA-1 with tags, by the layout of that name. Texts reach Typst as data and are never read as Typst."""
    values = {
        "title": report.title, "lead": list(report.lead), "sections": [asdict(section) for section in report.sections],
        "lang": "en" if language().startswith("en") else "sv", "page": _("Sida"), "of": _("av"),
        "printed": _("Utskrivet %(day)s ur Samband") % {"day": text.short_date(clock.today())},
        "today": _("Så är det i dag"), "wanted": _("Så vill vi ha det"), "step": _("Mitt nästa steg"),
    }  # fmt: skip
    return paper.typeset(HOME / f"{layout}.typ", paper.every_fitted(values))


def language() -> str:
    return get_language() or "sv"


def to_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a mark and semicolons, as Swedish spreadsheets expect; no text is read as a formula, and a number stays one."""
    return sheet(rows, _cell).encode()


def _cell(value: Any) -> str:
    return number_format(value, 1) if isinstance(value, float) else safe(value)


def to_json(report: Report) -> bytes:
    return json.dumps(report.data, ensure_ascii=False, indent=2).encode()

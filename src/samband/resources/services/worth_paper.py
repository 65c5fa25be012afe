"""The report as PDF/UA-1: the same blocks as the page, with its pictures. Typst runs in the process (docs/decisions/0010)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samband.core import clock, paper, text
from samband.resources.services.worth_text import Block

HOME = Path(__file__).resolve().parent.parent / "data" / "paper"


def pdf(said: Mapping[str, Any]) -> bytes:
    """`said`: what the page says (`views.worth.said`), with the pool's name and the period in words."""
    return paper.typeset(HOME / "worth.typ", content(said))


def content(said: Mapping[str, Any]) -> dict[str, Any]:
    where = f"{said['pool']}, {said['period']}. {', '.join(said['parties'])}."
    how = {"title": _("Så är det räknat"), "lead": [paper.fitted(str(line)) for line in said["how"]], "blocks": []}
    return {
        "lang": "en" if (get_language() or "sv").startswith("en") else "sv", "page": _("Sida"), "of": _("av"),
        "title": said["headline"], "running": paper.fitted(where),
        "printed": _("Utskrivet %(day)s ur Samband") % {"day": text.short_date(clock.today())},
        "lead": [paper.fitted(line) for line in (where, said["doubt"], said["again"])],
        "parts": [
            {"title": _("Vad som är bäst för personerna"), "lead": [], "blocks": [_block(b) for b in said["care"]]},
            {"title": _("Vem som bär vad"), "lead": [], "blocks": [_block(b) for b in said["pay"]]},
            how,
        ],
    }  # fmt: skip


def _block(block: Block) -> dict[str, Any]:
    drawn = block.chart is not None and bool(block.chart.rows)
    picture = (
        render_to_string("resources/worth/bars.svg", {"chart": block.chart, "title": block.finding}) if drawn else ""
    )
    notes = [*([block.note] if block.note else []), *(f"{name}: {why}" for name, why in block.reasons)]
    return {
        "title": block.title, "finding": paper.fitted(block.finding), "measured": block.measured, "picture": picture.strip(),
        "alt": f"{block.title}. {block.finding}", "legend": [list(pair) for pair in block.legend], "columns": block.columns,
        "rows": [[paper.fitted(cell) for cell in row] for row in block.rows], "notes": [paper.fitted(n) for n in notes],
    }  # fmt: skip

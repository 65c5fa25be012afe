"""From plain values to a PDF. Typst runs in the process and reads nothing but the layouts and the fonts."""

from pathlib import Path
from typing import Any

from samband.core import paper

HOME = Path(__file__).resolve().parents[1] / "data" / "prints"
LAYOUTS = {"ordinary": "plan", "large": "plan", "easy": "easy", "fridge": "fridge", "card": "card"}


def pdf(layout: str, content: dict[str, Any]) -> bytes:
    """Set the content in a layout, as PDF/UA-1 with tags; raises when a tag that the standard asks for is missing."""
    return paper.typeset(HOME / f"{LAYOUTS[layout]}.typ", {**content, "layout": layout})

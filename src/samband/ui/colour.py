"""Colours as they stand in tokens.css, and how well they are told apart (WCAG 2.2). Pure."""

import re
from pathlib import Path

TOKENS = Path(__file__).parent / "static" / "ui" / "css" / "tokens.css"
TEXTS = ("ink", "ink-2", "ink-3", "spruce", "amber", "red", "slate")
SHAPES = ("line-2", "amber-mark")
GROUNDS = ("paper", "sheet", "well", "spruce-wash", "amber-wash", "red-wash", "slate-wash")


def themes(css: str | None = None) -> dict[str, dict[str, str]]:
    """`{"light": {"paper": "#F7F3EA", …}, "system-dark": …, "dark": …}` from the stylesheet."""
    text = (css or TOKENS.read_text(encoding="utf-8")).split("@media print")[0]
    names = {":root": "light", ':root:not([data-theme="light"])': "system-dark", ':root[data-theme="dark"]': "dark"}
    blocks = re.findall(r"(:root\S*) \{\s*color-scheme: (?:light|dark);([^}]*)\}", text)
    return {names[sel]: dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6});", body)) for sel, body in blocks}


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)

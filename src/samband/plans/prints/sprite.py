"""The symbols of ui's sprite as pictures of their own, in the colours of paper."""

import re
from functools import lru_cache
from pathlib import Path

from samband import ui

SPRITE = Path(ui.__file__).parent / "static" / "ui" / "icons.svg"
SYMBOL = re.compile(r'<symbol id="([^"]+)" viewBox="([^"]+)">(.*?)</symbol>', re.DOTALL)
INK, SPRUCE, RED, AMBER = "#17211D", "#1C5A46", "#9E2418", "#B06C05"
ALWAYS = {
    "logo": ("logo", SPRUCE, 2.4),
    "warning-red": ("warning", RED, 1.75),
    "phone-spruce": ("phone", SPRUCE, 1.75),
    "mark-warn": ("mark-warn", AMBER, 0),
}


@lru_cache(maxsize=1)
def symbols() -> dict[str, tuple[str, str]]:
    """Every symbol by its name: the view box and what is drawn."""
    return {name: (box, drawn) for name, box, drawn in SYMBOL.findall(SPRITE.read_text())}


def known(name: str, fallback: str) -> str:
    """The name where the sprite has it, else the fallback."""
    return name if name in symbols() else fallback


@lru_cache(maxsize=256)
def svg(name: str, colour: str = SPRUCE, width: float = 0) -> str:
    """One symbol as a file of its own."""
    box, drawn = symbols()[name]
    width = width or (2.6 if name.startswith("p-") else 1.75)
    line = f'fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"'
    if name.startswith("mark-"):
        line = f'fill="{colour}"'
    drawn = drawn.replace("currentColor", colour)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><g {line}>{drawn}</g></svg>'


def pictures(names: set[str]) -> dict[str, str]:
    """What a sheet needs: the symbols named, and those that every sheet has."""
    fixed = {key: svg(name, colour, width) for key, (name, colour, width) in ALWAYS.items()}
    return {**{name: svg(name) for name in names}, **fixed}

"""The chooser of area and unit in the heading of the board and its lists, drawn once for each choice."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from samband.board.services.filters import Choice

Links = tuple[tuple[str, str, bool], ...]


def chooser(choice: Choice, here: str) -> SafeString:
    """The drawn chooser; its links lead to `here` with another choice."""
    return _drawn(
        get_language() or "", choice.title, here, choice.links("area"), choice.links("unit"), choice.but(area=None),
        choice.but(unit=None), choice.area is not None, choice.unit is not None,
    )  # fmt: skip


@lru_cache(maxsize=128)
def _drawn(
    _language: str,
    title: str,
    here: str,
    areas: Links,
    units: Links,
    all_areas: str,
    all_units: str,
    area: bool,
    unit: bool,
) -> SafeString:
    """From its arguments alone, names included: what changes is drawn anew."""
    context = {
        "title": title, "here": here, "areas": areas, "units": units, "all_areas": all_areas, "all_units": all_units,
        "area": area, "unit": unit,
    }  # fmt: skip
    return render_to_string("board/_choose.html", context)

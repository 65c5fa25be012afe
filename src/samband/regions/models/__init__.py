from samband.regions.models.base import Source
from samband.regions.models.figures import Indicator, IndicatorValue, Municipality, Theme
from samband.regions.models.regions import (
    Body,
    Document,
    Goal,
    Irregularity,
    Region,
    Section,
    SectionKey,
    Statement,
)

__all__ = [
    "Body",
    "Document",
    "Goal",
    "Indicator",
    "IndicatorValue",
    "Irregularity",
    "Municipality",
    "Region",
    "Section",
    "SectionKey",
    "Source",
    "Statement",
    "Theme",
]

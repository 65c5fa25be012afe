from samband.contact.models.case import MAX_TEXT, Case, CaseEvent
from samband.contact.models.rota import (
    Absence,
    Channel,
    CoverageSnapshot,
    NeedKind,
    Rota,
    RotaRule,
    RotaShift,
    SwapRequest,
)

__all__ = [
    "MAX_TEXT",
    "Absence",
    "Case",
    "CaseEvent",
    "Channel",
    "CoverageSnapshot",
    "NeedKind",
    "Rota",
    "RotaRule",
    "RotaShift",
    "SwapRequest",
]

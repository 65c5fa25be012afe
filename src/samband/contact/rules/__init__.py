"""Who answers now, and what is covered: pure rules. No Django, no database.

Time inside is whole minutes since 1970 (UTC), so that a night over the change of summer time is as long as it is.
"""

from samband.contact.rules.coverage import Coverage, Covered, Gap, changes, cover
from samband.contact.rules.days import ZONE, day_of, moment_of, public_holidays, to_minutes
from samband.contact.rules.model import (
    COUNTED,
    Absence,
    Book,
    ContactPerson,
    Hours,
    Line,
    Need,
    Pattern,
    Place,
    Reason,
    Rota,
    Shift,
)  # fmt: skip
from samband.contact.rules.resolver import Answer, Hole, answers_now, chain, timeline

__all__ = [
    "COUNTED", "ZONE", "Absence", "Answer", "Book", "ContactPerson", "Coverage", "Covered", "Gap", "Hole", "Hours", "Line",
    "Need", "Pattern", "Place", "Reason", "Rota", "Shift", "answers_now", "chain", "changes", "cover", "day_of", "moment_of",
    "public_holidays", "timeline", "to_minutes",
]  # fmt: skip

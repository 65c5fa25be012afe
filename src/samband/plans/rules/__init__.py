"""Rules of the shared plan: pure functions, no Django, no database."""

from samband.plans.rules.chains import circle
from samband.plans.rules.recurrence import BadRule, check_rrule, first_from, series
from samband.plans.rules.spoken import spoken_rule

__all__ = ["BadRule", "check_rrule", "circle", "first_from", "series", "spoken_rule"]

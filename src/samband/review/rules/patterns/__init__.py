"""The patterns, each with its id, what it asks, its figures with defaults, and the sentence that says why it was raised."""

from samband.review.rules.patterns.catalogue import PATTERNS, Param, Pattern, defaults, find

__all__ = ["PATTERNS", "Param", "Pattern", "defaults", "find"]

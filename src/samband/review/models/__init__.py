from samband.review.models.checks import Check, CheckStep
from samband.review.models.work import Interest, Practice, Run, Sample

__all__ = ["Check", "CheckStep", "Interest", "Practice", "Run", "Sample"]

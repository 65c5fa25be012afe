from samband.guidelines.models.files import GuidelineFile
from samband.guidelines.models.guidelines import Guideline, GuidelineVersion
from samband.guidelines.models.replies import Divergence, GuidelineFeedback, ReadReceipt
from samband.guidelines.models.uses import GuidelineUse

__all__ = [
    "Divergence", "Guideline", "GuidelineFeedback", "GuidelineFile", "GuidelineUse", "GuidelineVersion", "ReadReceipt",
]  # fmt: skip

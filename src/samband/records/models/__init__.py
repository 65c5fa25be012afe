from samband.records.models.attachments import Attachment
from samband.records.models.entries import Dissent, Entry, EntryVersion
from samband.records.models.near import Share, SharePart
from samband.records.models.sharing import Block, Information, LiftRequest, Reading, ReadingConsent

__all__ = [
    "Attachment", "Block", "Dissent", "Entry", "EntryVersion", "Information", "LiftRequest", "Reading", "ReadingConsent", "Share",
    "SharePart",
]  # fmt: skip

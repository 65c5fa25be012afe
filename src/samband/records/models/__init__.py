from samband.records.models.attachments import Attachment
from samband.records.models.entries import Dissent, Entry, EntryVersion
from samband.records.models.near import Share, SharePart
from samband.records.models.rights import Copy, CopyEntry, ExtractOrder
from samband.records.models.sharing import Block, Information, LiftRequest, Reading, ReadingConsent

__all__ = [
    "Attachment",
    "Block",
    "Copy",
    "CopyEntry",
    "Dissent",
    "Entry",
    "EntryVersion",
    "ExtractOrder",
    "Information",
    "LiftRequest",
    "Reading",
    "ReadingConsent",
    "Share",
    "SharePart",
]  # fmt: skip

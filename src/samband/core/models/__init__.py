from samband.core.models.audit import AuditEvent, AuditSubject
from samband.core.models.base import Base
from samband.core.models.heartbeat import Heartbeat
from samband.core.models.release import Release
from samband.core.models.seal import AuditSeal
from samband.core.models.search import SearchEntry, SearchPosting, SearchWord
from samband.core.models.session import OpenSession, Rate
from samband.core.models.user import User

__all__ = [
    "AuditEvent", "AuditSeal", "AuditSubject", "Base", "Heartbeat", "OpenSession", "Rate", "Release", "SearchEntry",
    "SearchPosting", "SearchWord", "User",
]  # fmt: skip

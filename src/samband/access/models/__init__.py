from samband.access.models.capacity import Capacity
from samband.access.models.consent import Consent
from samband.access.models.maturity import Maturity
from samband.access.models.relations import CareRelation, Party

__all__ = ["Capacity", "CareRelation", "Consent", "Maturity", "Party"]

from samband.notices.models.notice import Delivery, Notice, Recipient, Taken
from samband.notices.models.reach import Device, Mail, Preferences

__all__ = ["Delivery", "Device", "Mail", "Notice", "Preferences", "Recipient", "Taken"]

"""What is told about entries between providers (core/notices.py)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from samband.core import notices

notices.group("records", _("Journal mellan vårdgivare"))
notices.kind(
    "records.lift_asked", _("En spärr behöver hävas vid fara"), receipt=True, escalate_after=timedelta(minutes=15)
)
notices.kind("records.lift_answered", _("Ni har fått svar om en spärr"))
notices.kind("records.extract_asked", _("Någon har begärt ett utdrag över allt som finns om dig"))
notices.kind("records.extract_done", _("Ditt utdrag är klart att hämta"))
notices.kind("records.shared", _("Någon du är nära delar sin journal med dig"))
notices.kind("records.block_lifted", _("En vårdgivare har tagit bort en av dina spärrar"))

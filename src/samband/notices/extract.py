"""What of the notices' models is a person's own (core/extract.py)."""

from django.utils.translation import gettext_lazy as _

from samband.core.extract import part

part(
    "notices.Notice", _("Aviseringar till dig"), "deliveries__person",
    left_out=_("Aviseringar till personal och närstående: de säger bara att något väntar, och vad det är står i övriga delar."),
)  # fmt: skip
part("notices.Recipient", _("Till vem aviseringarna gick"), "person")
part("notices.Taken", _("Påminnelser om aviseringarna"), "recipient__person")
part("notices.Delivery", _("När aviseringarna kom och lästes"), "person")
part("notices.Preferences", _("Hur du vill bli nådd"), "user__person")
part("notices.Device", _("Webbläsare som visar aviseringar"), "user__person", hide="endpoint p256dh auth mark")
part("notices.Mail", _("Mejl om nyheter"), "user__person")

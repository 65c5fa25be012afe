"""What is told about log-ins: to the one whose log-in it is, never to anybody else."""

from django.utils.translation import gettext_lazy as _

from samband.core import notices

notices.group("login", _("Din inloggning"))
notices.kind("login.reset", _("En administratör har återställt din andra faktor"))
notices.kind("login.link", _("En administratör har gett dig en länk för att sätta lösenord"))
notices.kind("login.unlocked", _("En administratör har låst upp din inloggning"))

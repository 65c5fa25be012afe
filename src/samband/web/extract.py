"""What of core's and the libraries' models is a person's own (core/extract.py)."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samband.core.extract import not_in_it, part


def by_account(person: Any) -> Q:
    """Logs that know an account by its name."""
    return Q(username=person.user.username) if person.user_id else Q(pk__in=[])


def by_subject(person: Any) -> Q:
    return Q(subjects__person_id=person.pk)


part("core.User", _("Ditt konto"), "person", hide="password subject")
part(
    "core.AuditEvent", _("Vem som har läst och skrivit om dig"), find=by_subject, where=Q(outcome="allow"),
    hide="detail session view thing user_id assignment_id unit_id organization_id period",
)  # fmt: skip
for _search in ("core.SearchEntry", "core.SearchPosting"):
    not_in_it(_search, _("Ett sökregister över rutiner och regioner. Inget ur planer eller journaler läggs i det."))
not_in_it("core.AuditSubject", _("Kopplar en rad i loggen till dig. Raderna själva finns med."))
part("core.OpenSession", _("Var du är inloggad"), "user__person", hide="session_key")
part("mfa.Authenticator", _("Din andra faktor vid inloggning"), "user__person", hide="data")
part("socialaccount.SocialAccount", _("Din e-legitimation i Samband"), "user__person")
part(
    "socialaccount.SocialToken",
    _("Nycklar från e-legitimationen"),
    "account__user__person",
    hide="token token_secret app",
)
part("account.EmailAddress", _("E-postadresser för inloggning"), "user__person")
part("account.EmailConfirmation", _("Bekräftelser av e-postadress"), "email_address__user__person", hide="key")
part("axes.AccessAttempt", _("Misslyckade inloggningar"), find=by_account, hide="get_data post_data")
part("axes.AccessFailureLog", _("Misslyckade inloggningar, historik"), find=by_account)
part("axes.AccessLog", _("Dina inloggningar"), find=by_account, hide="session_hash")
not_in_it(
    "axes.AccessAttemptExpiration", _("När en utestängning upphör: en tid vid raden om misslyckade inloggningar.")
)
not_in_it(
    "sessions.Session",
    _("Håller en inloggning vid liv i högst tio timmar, och går inte att koppla till dig utan din webbläsare."),
)
not_in_it(
    "django_tasks_database.DBTaskResult",
    _("Bakgrundsjobb: nummer på rader i övriga delar, som försvinner av sig själva."),
)

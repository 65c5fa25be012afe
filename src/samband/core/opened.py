"""A page for writing that was only opened, in words (A2): what was written is an entry of its own, by the service that wrote it.

Said as done, it would be untrue in the person's list and a false track for whoever reviews the log.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samband.core.models import AuditEvent

# What a page with a form is for, by the action that opens it. A test goes over the URL table.
FOR: dict[str, Promise] = {
    "action.create": gettext_lazy("lägga till en insats"),
    "action.edit": gettext_lazy("ändra en insats"),
    "action.propose": gettext_lazy("föreslå en ändring av en insats"),
    "audit.check": gettext_lazy("kontrollera en läsning"),
    "capacity.edit": gettext_lazy("skriva vem som företräder personen"),
    "case.create": gettext_lazy("skriva ner en fråga"),
    "case.own": gettext_lazy("följa sin egen fråga"),
    "consent.give": gettext_lazy("anteckna samtycke till planen"),
    "consent.withdraw": gettext_lazy("anteckna att samtycket tas tillbaka"),
    "contacts.edit": gettext_lazy("ändra kontakter"),
    "event.edit": gettext_lazy("skriva upp en händelse"),
    "follow_up.edit": gettext_lazy("skriva om en uppföljning"),
    "goal.edit": gettext_lazy("ändra ett mål"),
    "handover.ask": gettext_lazy("fråga en annan enhet om att ta över"),
    "maturity.edit": gettext_lazy("anteckna en bedömning av mognad"),
    "meeting.call": gettext_lazy("kalla till ett möte"),
    "meeting.manage": gettext_lazy("ändra en kallelse till ett möte"),
    "meeting.write": gettext_lazy("skriva minnesanteckningar från ett möte"),
    "parties.edit": gettext_lazy("ändra vilka som är med i planen"),
    "person.edit": gettext_lazy("ändra personuppgifter"),
    "person.renumber": gettext_lazy("byta personnummer"),
    "plan.approve": gettext_lazy("anteckna ett ja till planen"),
    "plan.create": gettext_lazy("starta en plan"),
    "plan.edit": gettext_lazy("ändra planen"),
    "plan.principal": gettext_lazy("ändra vem som har det övergripande ansvaret"),
    "proposal.answer": gettext_lazy("svara om en insats"),
    "record.correct": gettext_lazy("ändra en anteckning"),
    "record.dissent": gettext_lazy("anteckna att något inte stämmer"),
    "record.lift_answer": gettext_lazy("svara på en fråga om en spärr"),
    "record.lift_ask": gettext_lazy("be om att en spärr hävs"),
    "record.write": gettext_lazy("skriva en anteckning"),
    "region.edit": gettext_lazy("ändra uppgifter om en region"),
    "relatives.edit": gettext_lazy("ändra närstående"),
    "situation.edit": gettext_lazy("ändra en ”om … så”"),
    "worth.run": gettext_lazy("räkna på vad samarbete är värt"),
    "visit.request": gettext_lazy("be om ett besök"),
    "visitday.plan": gettext_lazy("planera en dags besök"),
    "visit.edit": gettext_lazy("skriva vad planeringen behöver veta"),
    "words.edit": gettext_lazy("skriva ner personens egna ord"),
}


def opened(event: AuditEvent) -> str | None:
    """`öppnade sidan för att ändra ett mål`; None where something was done, or where the action is to read."""
    if event.action not in FOR or not event.view.startswith(f"{event.action}:"):
        return None
    return _("öppnade sidan för att %(what)s") % {"what": FOR[event.action]}

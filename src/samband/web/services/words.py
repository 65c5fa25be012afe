"""Time and audit in the words of the person's own pages: whole words, no abbreviations."""

from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samband.core import clock, text
from samband.core.models import AuditEvent
from samband.core.opened import opened

NBSP = "\N{NO-BREAK SPACE}"


def from_now(moment: datetime) -> str:
    """`om 5 timmar`, `om 2 dagar`, `för 20 minuter sedan`, `nu`."""
    away = moment - clock.now()
    if abs(away) < timedelta(minutes=1):
        return _("nu")
    span = whole(abs(away))
    spoken = _("om %(span)s") % {"span": span} if away > timedelta() else _("för %(span)s sedan") % {"span": span}
    return spoken.replace(" ", NBSP)


def whole(length: timedelta) -> str:
    """`20 minuter`, `1 timme`, `5 timmar`, `2 dagar`: as exact as it matters to somebody who waits."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 60:
        return ngettext("%(n)d minut", "%(n)d minuter", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    if hours < 24:
        return ngettext("%(n)d timme", "%(n)d timmar", hours) % {"n": hours}
    days = round(minutes / 60 / 24)
    return ngettext("%(n)d dag", "%(n)d dagar", days) % {"n": days}


def when(moment: datetime, all_day: bool = False) -> str:
    """`i dag 14.10, om 5 timmar`; a day without a time says the day alone."""

    if all_day:
        return text.spoken_date(clock.local(moment).date())
    near = abs(moment - clock.now()) < timedelta(hours=36)
    spoken = text.spoken_time(moment)
    return f"{spoken}, {from_now(moment)}" if near else spoken


# What a line of the audit means to the one whom it is about.
DID: dict[str, Promise] = {
    "person.read": gettext_lazy("öppnade din sida"),
    "plan.read": gettext_lazy("läste din plan"),
    "record.list": gettext_lazy("öppnade din journal"),
    "record.read": gettext_lazy("läste en anteckning om dig"),
    "record.others": gettext_lazy("läste vad andra vårdgivare har skrivit om dig"),
    "record.open": gettext_lazy("öppnade det andra har skrivit, och skrev varför"),
    "record.write": gettext_lazy("skrev en anteckning om dig"),
    "record.sign": gettext_lazy("signerade en anteckning om dig"),
    "record.correct": gettext_lazy("rättade en anteckning om dig"),
    "record.dissent": gettext_lazy("antecknade att något inte stämmer"),
    "record.inform": gettext_lazy("antecknade att du har fått veta hur vårdgivare läser hos varandra"),
    "record.block": gettext_lazy("spärrade anteckningar om dig"),
    "record.lift": gettext_lazy("tog bort en spärr"),
    "record.consent": gettext_lazy("antecknade ditt ja till att läsa vad andra har skrivit"),
    "record.consent_back": gettext_lazy("tog tillbaka ett ja till läsning"),
    "record.attach": gettext_lazy("lade en bilaga till en anteckning om dig"),
    "record.detach": gettext_lazy("öppnade sidan för att ta ut en bilaga"),
    "record.attachment_out": gettext_lazy("tog ut en bilaga ur en anteckning om dig"),
    "record.extract_list": gettext_lazy("såg ditt namn bland utdrag"),
    "record.attachment": gettext_lazy("öppnade en bilaga till en anteckning om dig"),
    "record.copy": gettext_lazy("öppnade sidan för att lämna ut en kopia"),
    "record.copy_given": gettext_lazy("lämnade ut en kopia ur din journal"),
    "record.copy_read": gettext_lazy("skrev ut en kopia ur din journal"),
    "record.extract_order": gettext_lazy("beställde ett utdrag över allt som finns om dig"),
    "record.extract_made": gettext_lazy("fick ett utdrag över allt som finns om dig"),
    "record.extract": gettext_lazy("hämtade utdraget över allt som finns om dig"),
    "record.hold": gettext_lazy("bestämde att uppgifter om dig ska stå kvar"),
    "record.hold_end": gettext_lazy("bestämde att reglerna för gallring gäller igen"),
    "record.hold_list": gettext_lazy("såg ditt namn bland dem vars uppgifter ska stå kvar"),
    "record.thinned": gettext_lazy("gallrade uppgifter om dig vars tid var över"),
    "record.shared": gettext_lazy("såg vad du delar ur din journal"),
    "record.share": gettext_lazy("delade journalen med en närstående"),
    "record.share_end": gettext_lazy("slutade dela journalen med en närstående"),
    "record.lift_ask": gettext_lazy("bad om att en spärr hävs, vid fara"),
    "record.lift_answer": gettext_lazy("svarade på en fråga om en spärr"),
    "record.lift_withdraw": gettext_lazy("tog tillbaka en fråga om en spärr"),
    "record.lift_list": gettext_lazy("såg en fråga om en spärr"),
    "record.own": gettext_lazy("läste den egna journalen"),
    "record.inner": gettext_lazy("öppnade sidan för en spärrad anteckning"),
    "record.block_note": gettext_lazy("öppnade sidan för att skriva upp en spärr"),
    "access.explain": gettext_lazy("frågade varför ett konto ser, eller inte ser, något om dig"),
    "relative.share": gettext_lazy("ändrade vem som läser din plan"),
    "maturity.edit": gettext_lazy("antecknade en bedömning av din mognad"),
    "plan.print": gettext_lazy("skrev ut din plan"),
    "plan.correct": gettext_lazy("rättade en uppgift i planen"),
    "correction.read": gettext_lazy("såg vad som har rättats i planen"),
    "correction.unfold": gettext_lazy("läste en uppgift som är struken"),
    "plan.restore": gettext_lazy("återställde delar av planen"),
    "plan.pause": gettext_lazy("lät planen vila"),
    "plan.resume": gettext_lazy("tog upp planen igen"),
    "plan.close": gettext_lazy("avslutade planen"),
    "plan.reopen": gettext_lazy("öppnade planen igen"),
    "plan.lifecycle": gettext_lazy("öppnade sidan för att låta planen vila eller avsluta den"),
    "handover.ask": gettext_lazy("frågade en annan enhet om att ta över"),
    "handover.answer": gettext_lazy("svarade på en överlämning"),
    "handover.withdraw": gettext_lazy("tog tillbaka frågan om en överlämning"),
    "handover.read": gettext_lazy("läste en överlämning"),
    "handover.list": gettext_lazy("såg ditt namn i listan över överlämningar"),
    "relation.end": gettext_lazy("avslutade en vårdrelation med dig"),
    "audit.read": gettext_lazy("granskade loggen, där ditt namn står"),
    "audit.person": gettext_lazy("granskade vem som har läst om dig"),
    "audit.check": gettext_lazy("kontrollerade om en läsning om dig var befogad"),
    "audit.export": gettext_lazy("tog ut en lista ur loggen, där ditt namn står"),
    "audit.interest": gettext_lazy("ändrade hur noga läsning om dig granskas"),
    "plan.create": gettext_lazy("startade planen tillsammans med dig"),
    "words.edit": gettext_lazy("skrev ner dina egna ord"),
    "person.list": gettext_lazy("såg ditt namn i en lista"),
    "person.search": gettext_lazy("såg ditt namn i en sökning"),
    "board.list": gettext_lazy("såg ditt namn i lägesbilden"),
    "board.read": gettext_lazy("såg ditt namn i lägesbilden"),
    "day.read": gettext_lazy("såg dig i dagens lista"),
    "day.list": gettext_lazy("såg dig i dagens lista"),
    "relation.start": gettext_lazy("startade en vårdrelation med dig"),
    "case.list": gettext_lazy("såg din fråga i en lista"),
    "case.search": gettext_lazy("såg din fråga i en sökning"),
    "case.create": gettext_lazy("skrev ner en fråga som gäller dig"),
    "case.work": gettext_lazy("arbetade med en fråga som gäller dig"),
    "case.escalate": gettext_lazy("påminde om en fråga som har väntat"),
    "notice.escalate": gettext_lazy("sände ett meddelande om dig vidare"),
    "notice.acknowledge": gettext_lazy("svarade på ett meddelande om dig"),
    "notice.open": gettext_lazy("öppnade ett meddelande om dig"),
    "board.watch": gettext_lazy("började följa dig i lägesbilden"),
    "board.unwatch": gettext_lazy("slutade följa dig i lägesbilden"),
    "agreement.read": gettext_lazy("läste vad ni har kommit överens om"),
    "plan.approve": gettext_lazy("antecknade ett ja till planen"),
    "plan.disagree": gettext_lazy("antecknade vad som inte stämmer i planen"),
    "consent.give": gettext_lazy("antecknade samtycke till planen"),
    "consent.withdraw": gettext_lazy("antecknade att samtycket togs tillbaka"),
    "ask.list": gettext_lazy("såg ditt namn i en lista med frågor"),
    "action.ask": gettext_lazy("frågade en enhet om en insats"),
    "action.return": gettext_lazy("lämnade tillbaka en insats"),
    "proposal.answer": gettext_lazy("svarade om en insats"),
    "plan.principal": gettext_lazy("ändrade vem som har det övergripande ansvaret"),
    "note.write": gettext_lazy("skrev i sin del"),
    "note.share": gettext_lazy("ändrade vem som ser en närståendes del"),
    "own.read": gettext_lazy("läste det du delar"),
    "own.write": gettext_lazy("skrev i sin del"),
    "meeting.own": gettext_lazy("läste om ett möte"),
    "meeting.print": gettext_lazy("skrev ut ett möte"),
    "meeting.calendar": gettext_lazy("hämtade ett möte till sin kalender"),
    "meeting.call": gettext_lazy("skrev en kallelse till ett möte"),
    "meeting.manage": gettext_lazy("arbetade med en kallelse till ett möte"),
    "meeting.answer": gettext_lazy("svarade på en kallelse till ett möte"),
    "meeting.agenda": gettext_lazy("skrev på dagordningen för ett möte"),
    "meeting.write": gettext_lazy("skrev minnesanteckningar från ett möte"),
    "meeting.decide": gettext_lazy("skrev ner ett beslut från ett möte"),
    "meeting.correct": gettext_lazy("rättade minnesanteckningar från ett möte"),
}
AREAS: dict[str, Promise] = {
    "action": gettext_lazy("en insats"),
    "situation": gettext_lazy("en ”om … så”"),
    "goal": gettext_lazy("ett mål"),
    "follow_up": gettext_lazy("en uppföljning"),
    "event": gettext_lazy("en händelse"),
    "contacts": gettext_lazy("dina kontakter"),
    "relatives": gettext_lazy("dina närstående"),
    "parties": gettext_lazy("vilka som är med i planen"),
    "capacity": gettext_lazy("vem som företräder dig"),
    "person": gettext_lazy("dina uppgifter"),
    "plan": gettext_lazy("planen"),
    "proposal": gettext_lazy("ett förslag"),
    "case": gettext_lazy("en fråga som gäller dig"),
    "meeting": gettext_lazy("ett möte"),
}


def did(event: AuditEvent) -> str:
    """What somebody did, as a sentence's second half."""
    if said := opened(event):
        return said
    if event.action in DID:
        return str(DID[event.action])
    area, _dot, verb = event.action.partition(".")
    if area in AREAS:
        if verb in ("read", "list", "search"):
            return _("läste %(what)s") % {"what": AREAS[area]}
        if verb == "do":
            return _("antecknade om %(what)s") % {"what": AREAS[area]}
        if verb == "propose":
            return _("föreslog en ändring av %(what)s") % {"what": AREAS[area]}
        return _("ändrade %(what)s") % {"what": AREAS[area]}
    return _("använde dina uppgifter")  # a code says nothing to the person; the audit has it

"""The log in words, as a reviewer reads it: what was done, and by which rule."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DID: dict[str, Promise] = {
    "person.read": gettext_lazy("öppnade personens sida"),
    "person.list": gettext_lazy("såg en lista med personer"),
    "person.search": gettext_lazy("sökte bland personer"),
    "person.export": gettext_lazy("sparade en lista med personer som fil"),
    "person.create": gettext_lazy("lade in en person"),
    "plan.read": gettext_lazy("läste planen"),
    "plan.print": gettext_lazy("skrev ut planen"),
    "plan.create": gettext_lazy("startade planen"),
    "record.list": gettext_lazy("öppnade journalen"),
    "record.read": gettext_lazy("läste en anteckning"),
    "record.write": gettext_lazy("skrev en anteckning"),
    "record.sign": gettext_lazy("signerade en anteckning"),
    "record.correct": gettext_lazy("rättade en anteckning"),
    "record.others": gettext_lazy("läste vad andra vårdgivare har skrivit"),
    "record.open": gettext_lazy("öppnade det andra har skrivit, och skrev varför"),
    "record.inner": gettext_lazy("öppnade sidan för en spärrad anteckning"),
    "record.inform": gettext_lazy("antecknade att personen är informerad"),
    "record.consent": gettext_lazy("antecknade personens ja till läsning"),
    "record.consent_back": gettext_lazy("tog tillbaka ett ja till läsning"),
    "record.block": gettext_lazy("spärrade anteckningar"),
    "record.block_note": gettext_lazy("öppnade sidan för att skriva upp en spärr"),
    "record.lift": gettext_lazy("tog bort en spärr"),
    "record.lift_ask": gettext_lazy("bad om att en spärr hävs, vid fara"),
    "record.lift_list": gettext_lazy("såg frågor om spärrar"),
    "record.lift_answer": gettext_lazy("svarade på en fråga om en spärr"),
    "relation.start": gettext_lazy("startade en vårdrelation"),
    "relation.end": gettext_lazy("avslutade en vårdrelation"),
    "board.read": gettext_lazy("såg lägesbilden"),
    "board.list": gettext_lazy("såg en lista i lägesbilden"),
    "board.export": gettext_lazy("sparade en lista ur lägesbilden som fil"),
    "day.read": gettext_lazy("såg dagens lista"),
    "day.list": gettext_lazy("såg dagens lista"),
    "case.list": gettext_lazy("såg en lista med frågor"),
    "case.search": gettext_lazy("sökte bland frågor"),
    "ask.list": gettext_lazy("såg en lista med frågor om insatser"),
    "handover.list": gettext_lazy("såg listan över överlämningar"),
    "action.do": gettext_lazy("antecknade ett besök eller en insats"),
    "action.edit": gettext_lazy("ändrade en insats"),
    "visit.mine": gettext_lazy("såg sin egen dag med besök"),
    "visit.read": gettext_lazy("läste om ett besök"),
    "visit.report": gettext_lazy("berättade hur ett besök gick"),
    "visit.request": gettext_lazy("bad om ett besök"),
    "happening.tell": gettext_lazy("berättade vad som rubbade dagen"),
    "happening.decide": gettext_lazy("godtog eller avböjde ett förslag för dagen"),
    "follow_up.edit": gettext_lazy("ändrade en uppföljning"),
    "event.edit": gettext_lazy("antecknade en händelse"),
    "agreement.read": gettext_lazy("läste överenskommelsen"),
    "correction.unfold": gettext_lazy("läste en uppgift som är struken"),
    "audit.read": gettext_lazy("granskade loggen"),
    "audit.person": gettext_lazy("granskade vem som har läst om personen"),
    "audit.check": gettext_lazy("arbetade med en kontroll"),
    "audit.export": gettext_lazy("sparade logg som fil"),
    "audit.run": gettext_lazy("körde mönster eller drog stickprov"),
    "audit.practice": gettext_lazy("ändrade hur loggen granskas"),
    "audit.interest": gettext_lazy("markerade vem som är av allmänt intresse"),
    "refused": gettext_lazy("fick nej"),
    "login": gettext_lazy("loggade in"),
    "logout": gettext_lazy("loggade ut"),
    "choose": gettext_lazy("valde uppdrag"),
}
AREAS: dict[str, Promise] = {
    "person": gettext_lazy("personens uppgifter"),
    "plan": gettext_lazy("planen"),
    "words": gettext_lazy("personens egna ord"),
    "goal": gettext_lazy("ett mål"),
    "action": gettext_lazy("en insats"),
    "situation": gettext_lazy("en ”om … så”"),
    "follow_up": gettext_lazy("en uppföljning"),
    "contacts": gettext_lazy("personens kontakter"),
    "relatives": gettext_lazy("personens närstående"),
    "parties": gettext_lazy("planens parter"),
    "capacity": gettext_lazy("vem som företräder personen"),
    "consent": gettext_lazy("samtycket"),
    "proposal": gettext_lazy("ett förslag"),
    "handover": gettext_lazy("en överlämning"),
    "case": gettext_lazy("en fråga"),
    "meeting": gettext_lazy("ett möte"),
    "record": gettext_lazy("journalen"),
    "correction": gettext_lazy("en rättelse"),
    "unit": gettext_lazy("en enhet"),
    "staff": gettext_lazy("personal"),
    "account": gettext_lazy("ett konto"),
    "import": gettext_lazy("en import"),
    "rota": gettext_lazy("ett jourschema"),
    "notice": gettext_lazy("en avisering"),
}
# One line for each rule that the log names; the full text is in the handbook.
RULES: dict[str, Promise] = {
    "A1": gettext_lazy("Bara den som deltar i vården, eller behöver uppgifterna för sitt arbete."),
    "A2": gettext_lazy("Åtkomst dokumenteras och kontrolleras."),
    "A3": gettext_lazy("Inre spärr mellan enheter."),
    "A4": gettext_lazy("Personen ska få veta innan vårdgivare läser hos varandra."),
    "A5": gettext_lazy("Personen kan spärra sina uppgifter."),
    "A6": gettext_lazy("Att det finns uppgifter får synas, inte mer."),
    "A7": gettext_lazy("Vårdgivare läser hos andra med patientrelation, samtycke och behov."),
    "A8": gettext_lazy("Socialtjänst läser hos andra med samtycke och behov."),
    "A9": gettext_lazy("Den som varaktigt inte kan samtycka."),
    "A10": gettext_lazy("Vid fara: be den som har uppgifterna häva spärren."),
    "A11": gettext_lazy("Fara, och samtycke går inte att få."),
    "A12": gettext_lazy("Samtycke vidgar inte reglerna."),
    "A13": gettext_lazy("Personens egen åtkomst, och det hon delar."),
    "A14": gettext_lazy("Parter utanför vård och omsorg ser sin del."),
    "A15": gettext_lazy("Vad loggen ska visa."),
    "A16": gettext_lazy("Stark inloggning."),
    "A17": gettext_lazy("Journalen rättas men raderas inte."),
    "P1": gettext_lazy("Personen kommer överens om planens parter."),
    "P2": gettext_lazy("Enheten är part i planen och deltar i vården."),
    "P3": gettext_lazy("Varje part skriver i sitt."),
    "P4": gettext_lazy("Personens egen del, och närståendes."),
    "P5": gettext_lazy("Parter utanför vården ser det som gäller dem."),
    "P6": gettext_lazy("Återtaget samtycke stoppar läsning."),
    "P7": gettext_lazy("Den som inte kan samtycka."),
    "default": gettext_lazy("Ingen regel öppnar det."),
}


def did(action: str) -> str:
    """`läste planen`; an action nobody has worded is shown by its code."""
    if action in DID:
        return str(DID[action])
    area, _dot, verb = action.partition(".")
    if area not in AREAS:
        return action
    if verb in ("read", "list", "search"):
        return _("läste %(what)s") % {"what": AREAS[area]}
    return _("arbetade med %(what)s") % {"what": AREAS[area]}


def by_rule(rule: str) -> str:
    return str(RULES.get(rule, ""))

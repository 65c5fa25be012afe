"""The words of a comparison, in Swedish and English. Data: how each field and each change is said."""

from typing import Any

TEXTS: dict[str, dict[str, Any]] = {
    "sv": {
        "parts": {
            "words": "Vad som är viktigt", "plan": "Planen", "goal": "Mål", "action": "Insatser", "situation": "Om något händer",
            "party": "Parter", "followup": "Uppföljningar", "planevent": "Det som hänt",
        },
        "new": {
            "goal": "Nytt mål: ”{title}”", "action": "Ny: {title}. {about}", "situation": "Ny: om ”{title}”",
            "party": "Ny part: {title}", "followup": "Ny uppföljning {title}", "planevent": "Har hänt: {title}",
            "plan": "Planen började",
        },
        "gone": {
            "goal": "Fanns inte då: målet ”{title}”", "action": "Fanns inte då: {title}", "situation": "Fanns inte då: om ”{title}”",
            "party": "Inte längre part: {title}", "followup": "Fanns inte då: uppföljning {title}",
            "planevent": "Fanns inte då: {title}", "plan": "Planen fanns inte då",
        },
        "status": {
            "action": {"active": "Pågår igen", "paused": "Vilar", "done": "Klar", "stopped": "Slutat"},
            "goal": {"active": "På väg igen", "reached": "Nått", "dropped": "Inte längre viktigt"},
            "plan": {"active": "Planen gäller igen", "paused": "Planen vilar", "closed": "Planen är avslutad",
                     "draft": "Planen är ett utkast"},
        },
        "fields": {
            "title": "Heter nu ”{new}” (förr ”{old}”)", "place": "Plats är nu {new} (förr {old})",
            "minutes": "Tar nu {new} minuter (förr {old})", "unit": "Görs nu av {new} (förr {old})",
            "assignment": "Ansvarig är nu {new} (förr {old})", "relative": "Görs nu av {new} (förr {old})",
            "by": "Görs nu av {new} (förr {old})", "goal": "Hör nu till målet ”{new}” (förr ”{old}”)",
            "competence": "Kräver nu {new} (förr {old})", "starts_on": "Börjar nu {new} (förr {old})",
            "stops_on": "Slutar nu {new} (förr {old})", "after": "Kommer nu efter {new} (förr {old})",
            "call_unit": "Ring nu först {new} (förr {old})", "then_unit": "Ring sedan {new} (förr {old})",
            "due_on": "Flyttad från {old} till {new}", "responsible": "Ansvarig är nu {new} (förr {old})",
            "resume_on": "Tas upp igen {new} (förr {old})", "words_note": "Nedskrivet av {new} (förr {old})",
            "status_why": "Varför: {new} (förr: {old})", "starts": "Börjar nu {new} (förr {old})",
            "principal": "Övergripande ansvar har nu {new} (förr {old})",
        },
        "yes": {
            "milestone": ("Är nu ett steg som personen väntar på", "Är inte längre ett steg som personen väntar på"),
            "shared_outside": ("Visas nu för part utanför vård och omsorg", "Visas inte längre för part utanför vård och omsorg"),
            "emergency": ("Ring nu 112 först", "Ring inte längre 112 först"),
            "ongoing_since": ("Pågår sedan {new}", "Är över"), "done_at": ("Gjord {new}", "Inte längre markerad som gjord"),
            "ended_on": ("Gäller inte längre, sedan {new}", "Gäller igen"),
            "closed_on": ("Avslutad {new}", "Inte längre avslutad"),
        },
        "long": {
            "words": "Orden är ändrade", "detail": "Hur det görs är ändrat", "why": "Varför är ändrat",
            "situation": "Situationen är ändrad", "strengths": "Det som fungerar och ger kraft är ändrat",
            "needs": "Det som behöver stöd är ändrat", "know_how": "Så vet vi är ändrat", "steps_person": "Så gör personen är ändrat",
            "steps_relative": "Så gör närstående är ändrat", "steps_staff": "Så gör personalen är ändrat",
            "trigger": "När det gäller är ändrat", "note": "Vad vi kom fram till är ändrat",
        },
        "competence": {
            "none": "ingen särskild kompetens", "assistant": "undersköterska", "delegated": "delegering", "nurse": "sjuksköterska",
            "physician": "läkare", "therapist": "fysio- eller arbetsterapeut", "dental": "tandvård", "other": "annan kompetens",
        },
        "by": {"unit": "en enhet", "person": "personen själv", "relative": "en närstående", "nobody": "ingen än"},
        "none": "ingen", "nothing": "inget", "no_end": "utan slutdag", "no_time": "ingen bestämd tid", "untold": "inte sagt",
        "moved": "Flyttat från {old} till {new}", "now_at": "Görs nu {new} (förr {old})", "often": "Nu {new} (förr {old})",
        "comes": "{who} kommer nu {new} (förr {old})", "struck": "struken uppgift",
        "numbers": ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"],
        "times": ("en gång", "{n} gånger"), "per": {"day": "om dagen", "week": "i veckan"}, "and": "och",
        "months": ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
                   "december"],
    },
    "en": {
        "parts": {
            "words": "What matters", "plan": "The plan", "goal": "Goals", "action": "Actions", "situation": "If something happens",
            "party": "Parties", "followup": "Follow-ups", "planevent": "What has happened",
        },
        "new": {
            "goal": "New goal: “{title}”", "action": "New: {title}. {about}", "situation": "New: if “{title}”",
            "party": "New party: {title}", "followup": "New follow-up {title}", "planevent": "Has happened: {title}",
            "plan": "The plan began",
        },
        "gone": {
            "goal": "Not there then: the goal “{title}”", "action": "Not there then: {title}",
            "situation": "Not there then: if “{title}”", "party": "No longer a party: {title}",
            "followup": "Not there then: follow-up {title}",
            "planevent": "Not there then: {title}", "plan": "There was no plan then",
        },
        "status": {
            "action": {"active": "Goes on again", "paused": "Rests", "done": "Done", "stopped": "Ended"},
            "goal": {"active": "On the way again", "reached": "Reached", "dropped": "No longer important"},
            "plan": {"active": "The plan is in force again", "paused": "The plan rests", "closed": "The plan is closed",
                     "draft": "The plan is a draft"},
        },
        "fields": {
            "title": "Is now called “{new}” (before: “{old}”)", "place": "Place is now {new} (before: {old})",
            "minutes": "Takes {new} minutes now (before: {old})", "unit": "Done by {new} now (before: {old})",
            "assignment": "Responsible is now {new} (before: {old})", "relative": "Done by {new} now (before: {old})",
            "by": "Done by {new} now (before: {old})", "goal": "Belongs to the goal “{new}” now (before: “{old}”)",
            "competence": "Needs {new} now (before: {old})", "starts_on": "Begins {new} now (before: {old})",
            "stops_on": "Ends {new} now (before: {old})", "after": "Comes after {new} now (before: {old})",
            "call_unit": "Call {new} first now (before: {old})", "then_unit": "Then call {new} (before: {old})",
            "due_on": "Moved from {old} to {new}", "responsible": "Responsible is now {new} (before: {old})",
            "resume_on": "Taken up again {new} (before: {old})", "words_note": "Written down by {new} (before: {old})",
            "status_why": "Why: {new} (before: {old})", "starts": "Begins {new} now (before: {old})",
            "principal": "{new} has the overall responsibility now (before: {old})",
        },
        "yes": {
            "milestone": ("Is now a step that the person waits for", "Is no longer a step that the person waits for"),
            "shared_outside": ("Shown to a party outside care now", "No longer shown to a party outside care"),
            "emergency": ("Call 112 first now", "No longer: call 112 first"),
            "ongoing_since": ("Going on since {new}", "Is over"), "done_at": ("Done {new}", "No longer marked as done"),
            "ended_on": ("No longer holds, since {new}", "Holds again"),
            "closed_on": ("Closed {new}", "No longer closed"),
        },
        "long": {
            "words": "The words have changed", "detail": "How it is done has changed", "why": "Why has changed",
            "situation": "The situation has changed", "strengths": "What works and gives strength has changed",
            "needs": "What needs support has changed", "know_how": "How we will know has changed",
            "steps_person": "What the person does has changed", "steps_relative": "What those near do has changed",
            "steps_staff": "What staff do has changed", "trigger": "When it holds has changed", "note": "What we found has changed",
        },
        "competence": {
            "none": "no special competence", "assistant": "assistant nurse", "delegated": "delegation", "nurse": "nurse",
            "physician": "physician", "therapist": "therapist", "dental": "dental care", "other": "other competence",
        },
        "by": {"unit": "a unit", "person": "the person herself", "relative": "somebody near", "nobody": "nobody yet"},
        "none": "nobody", "nothing": "nothing", "no_end": "no last day", "no_time": "no set time", "untold": "not told",
        "moved": "Moved from {old} to {new}", "now_at": "Done {new} now (before: {old})", "often": "Now {new} (before: {old})",
        "comes": "{who} now comes {new} (before: {old})", "struck": "entry struck out",
        "numbers": ["zero", "once", "twice", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        "times": ("once", "{n} times"), "per": {"day": "a day", "week": "a week"}, "and": "and",
        "months": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
                   "December"],
    },
}  # fmt: skip
# In which order a part's changes are said, and where nothing stands for a word of its own.
ORDER = (
    "status", "title", "words", "trigger", "rrule", "time_from", "starts_on", "stops_on", "by", "unit", "assignment", "relative",
    "due_on", "responsible", "done_at", "ended_on", "emergency", "call_unit", "then_unit", "ongoing_since", "minutes", "place",
    "competence", "goal", "after", "milestone", "shared_outside", "detail", "why", "know_how", "steps_person", "steps_relative",
    "steps_staff", "note", "situation", "strengths", "needs", "words_note", "principal", "resume_on", "status_why", "closed_on",
)  # fmt: skip
SILENT = frozenset({"words_at", "icon", "position", "time_to", "paused_on", "status_by", "status_at", "resumes_itself"})
EMPTY_WORD = {"principal": "none", "stops_on": "no_end",
              "unit": "none", "assignment": "none", "relative": "none", "responsible": "none",
              "call_unit": "none", "then_unit": "none", "minutes": "untold", "place": "untold", "words_note": "untold",
              "status_why": "untold", "resume_on": "untold"}  # fmt: skip

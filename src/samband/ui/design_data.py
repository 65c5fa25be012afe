"""Invented people and figures for the living page. Nobody here exists; numbers are from ranges kept for fiction."""

from datetime import datetime, time, timedelta, timezone
from typing import Any

from samband.ui import charts, hours

COLOURS = [
    ("paper", "papper", "sidan"),
    ("sheet", "ark", "yta ovanpå"),
    ("well", "brunn", "huvuden"),
    ("ink", "bläck", "text"),
    ("ink-2", "bläck 2", "stödtext"),
    ("ink-3", "bläck 3", "etiketter"),
    ("line", "hårlinje", "rader"),
    ("line-2", "linje", "fält, knappar"),
    ("spruce", "gran", "handling, enligt plan"),
    ("spruce-wash", "granskir", "nästa steg"),
    ("amber", "bärnsten", "se upp, text"),
    ("amber-mark", "bärnsten, form", "▲ och kanter"),
    ("amber-wash", "bärnstensskir", "pågår nu"),
    ("red", "röd", "agera nu"),
    ("red-wash", "rödskir", "lucka"),
    ("slate", "blågrå", "vi vet inte"),
    ("slate-wash", "blågråskir", "okänd yta"),
    ("on-spruce", "på gran", "knapptext"),
]

PLACES = [
    {"key": "board", "label": "Läget", "url": "/design/board/", "icon": "list", "phone": True, "count": None},
    {"key": "people", "label": "Personer", "url": "/design/person/", "icon": "people", "phone": True, "count": None},
    {"key": "cases", "label": "Ärenden", "url": "/design/", "icon": "doc", "phone": True, "count": 12},
    {"key": "day", "label": "Dagen", "url": "/design/day/", "icon": "calendar", "phone": True, "count": None},
    {"key": "design", "label": "Delar", "url": "/design/", "icon": "phone", "phone": False, "count": None},
]
OWN_PLACES = [
    {"key": "today", "label": "I dag", "url": "/design/own/", "icon": "home", "phone": True, "count": None},
    {"key": "plan", "label": "Min plan", "url": "#", "icon": "doc", "phone": True, "count": None},
    {"key": "if", "label": "Om … så", "url": "#", "icon": "branch", "phone": True, "count": None},
    {"key": "help", "label": "Hjälp", "url": "#", "icon": "phone", "phone": True, "count": None},
]

ANNIKA = {
    "role": "Fast vårdkontakt",
    "name": "Annika Norell",
    "state": "ok",
    "word": "svarar nu",
    "phone": "0980-319 214",
}
BEHROUZ = {
    "role": "Fast läkarkontakt",
    "name": "Behrouz Karimi",
    "state": "warn",
    "word": "upptagen till 11",
    "phone": "0980-319 231",
}
LENA = {
    "role": "Fast omsorgskontakt",
    "name": "Lena Sjödin",
    "state": "ok",
    "word": "svarar nu",
    "phone": "0980-319 208",
}


def person() -> dict[str, Any]:
    return {
        "name": "Gunvor Ekdahl",
        "age_line": "79 år",
        "back": {"url": "/design/board/", "label": "Dagens besök", "note": "8 av 9"},
        "flags": [
            {"text": "Blodförtunnande (warfarin)", "red": True},
            {"text": "Överkänslig mot penicillin", "red": True},
            {"text": "Hör bäst på höger sida", "icon": "ear"},
        ],
        "voice": "Jag vill bo kvar med Sune och komma ut i växthuset varje dag. Jag åker inte in i onödan en gång till.",
        "voice_source": "Gunvors egna ord, 4 november. Samtycker till delad plan. Sune och Karin läser med.",
        "contacts": [ANNIKA, BEHROUZ, LENA],
    }


def step() -> dict[str, Any]:
    return {
        "when": "i dag 14.10",
        "delta": "om 5 h",
        "what": "Läkaren kommer hem och beslutar om vätskedrivande",
        "detail": "Behrouz Karimi har det. Du är med. Provsvaret väntas 11.00 och behövs före besöket.",
        "why": "Vikten har stigit 2,1 kg på tre dagar och planen säger läkarbedömning samma dag.",
        "why_label": "Varför i dag?",
        "why_source": "Situationen ”Om vågen visar två kilo mer”",
        "primary": {"label": "Förbered besöket", "url": "#"},
        "other": {"label": "Flytta eller lämna över", "opens": "demo-dialog"},
    }


OWNERS = [
    {"key": "self", "name": "Gunvor och Sune", "note": "egenvård"},
    {"key": "home", "name": "Hemtjänsten", "note": "Heby kommun, Lena Sjödin"},
    {"key": "nurse", "name": "Hemsjukvården", "note": "Heby kommun, Ida Wallin"},
    {"key": "centre", "name": "Heby vårdcentral", "note": "Region, Annika Norell"},
    {
        "key": "team",
        "name": "Mobila närvårdsteamet",
        "note": "Region, Enköping",
        "empty": "Inget i dag. Kan kallas till 22.00 och är då här inom en timme.",
    },
]


def _act(owner: str, clock: str, title: str, note: str = "", icon: str = "check", **more: Any) -> dict[str, Any]:
    at = time(int(clock[:2]), int(clock[3:])) if clock else None
    return {"owner": owner, "at": at, "clock": clock, "title": title, "note": note, "icon": icon, **more}


ACTIONS = [
    _act("self", "", "Väger sig före frukost", "84,3 kg kl 06.50", "scale", part=0, state="done"),
    _act("self", "", "Till växthuset med rollator", "helst varje dag", "leaf", part=1),
    _act("self", "", "Telefon med Karin", "dottern, Tierp", "people", part=3),
    _act("self", "", "Trygghetslarm", "", "bell", part=4),
    _act("home", "07.30", "Frukost, stödstrumpor", "klart 07.42, Fatima", "sock", state="done"),
    _act("home", "12.15", "Lunch tillsammans", "Joakim Berg", "cutlery"),
    _act("home", "19.00", "Kvällsmål, strumpor av", "Lena Öhrn", "sock"),
    _act("home", "", "Tillsyn bara på larm", "", "moon", part=4),
    _act("nurse", "06.55", "Insulin före frukost", "klart 06.58, Ida", "drop", state="done"),
    _act("nurse", "07.05", "Vikt bedömd", "", "scale", mark="warn", mark_word="2,1 kg på tre dagar"),
    _act("nurse", "20.30", "Insulin", "Sara Lindqvist", "drop"),
    _act("centre", "11.00", "Kalium och kreatinin", "", "flask", mark="unknown", mark_word="svar väntas"),
    _act(
        "",
        "14.10",
        "Läkare och sjuksköterska hemma, samtidigt",
        "Lyssna, väga, besluta om vätskedrivande. Ida Wallin, Behrouz Karimi",
        "people",
        owners=("nurse", "centre"),
    ),
]

BUSY = [
    *ACTIONS,
    _act("self", "08.00", "Tar morgonmedicinen ur dosetten", "Sune påminner", "pill"),
    _act("self", "", "Andningsövningar", "tre gånger om dagen, mest om hon orkar", "lungs", part=2),
    _act(
        "home", "15.30", "Promenad till brevlådan", "", "walk", state="undone", mark="act", mark_word="ingen ansvarig"
    ),
    _act("nurse", "15.00", "Såromläggning på vänster underben", "Peter Åström", "bandage"),
    _act("centre", "13.00", "Läkemedelsgenomgång per telefon", "Farmaceut", "pill"),
]

TIMELINE = [
    {"when": "30 nov", "what": "Uppföljning av planen", "meta": "Annika Norell", "state": "later"},
    {"when": "onsdag 13.00", "what": "SIP, hemma", "meta": "5 av 6 har svarat ja", "state": "later"},
    {"when": "i dag 14.10", "what": "Läkarbesök hemma", "meta": "om 5 h", "state": "now"},
    {"when": "i dag 07.05", "what": "Vikt 84,3 kg", "meta": "Ida Wallin öppnade situationen", "state": "done"},
    {
        "when": "4 nov",
        "what": "Version 7 godkänd",
        "meta": "Kvällsinsulin flyttat till 20.30.",
        "url": "#",
        "url_label": "Vad ändrades?",
        "state": "done",
    },
    {
        "when": "28 okt",
        "what": "Hem från lasarettet",
        "meta": "6 dygn, hjärtsvikt. Fjärde gången i år.",
        "state": "done",
    },
]

SITUATIONS = [
    {
        "voice": "Om vågen visar två kilo mer på tre dagar",
        "picture": "scale",
        "then": "Sune ringer samma dag. Sjuksköterskan bedömer hemma; läkaren beslutar om nästa steg.",
        "live": "Pågår sedan 07.05",
        "ring_name": "Hemsjukvården",
        "ring_note": "svarar nu, dygnet runt",
        "phone": "0980-319 201",
        "url": "#",
    },
    {
        "voice": "Om jag får svårt att andas när jag ligger",
        "picture": "lungs",
        "then": "Sitt upp, öppna fönstret. Mobila teamet kommer inom en timme.",
        "ring_name": "Mobila teamet",
        "ring_note": "till 22.00, sedan jourläkaren",
        "phone": "0980-319 202",
        "url": "#",
    },
    {
        "voice": "Om det gör ont i bröstet och inte går över",
        "picture": "heart",
        "then": "Vänta högst 15 minuter. Planen och läkemedelslistan ligger på kylskåpet.",
        "ring_name": "112",
        "ring_note": "därefter Karin, dottern",
        "phone": "112",
        "label": "Ring 112",
        "url": "#",
    },
    {
        "voice": "Om Sune inte orkar en natt",
        "picture": "bed",
        "then": "Plats på Tallgården inom fyra timmar. Hemtjänsten följer med och flyttar insulinet.",
        "ring_name": "Lena Sjödin",
        "ring_note": "till 16.30, sedan socialjouren",
        "phone": "0980-319 208",
        "url": "#",
    },
]

TILES = [
    (
        "3",
        "Nästa steg försenat",
        "act",
        "äldst 2 dagar",
        "1 fler än i går",
        [
            ("Arne Sköld", "provsvar", "2 dagar"),
            ("Birgitta Hamrin", "hembesök", "1 dag"),
            ("Yusuf Warsame", "tolkat samtal", "3 h"),
        ],
        "Öppna alla 3",
    ),
    (
        "2",
        "I dag utan ansvarig",
        "act",
        "först 11.30",
        "efter sjukanmälan",
        [("Gösta Lindh", "såromläggning", "11.30"), ("Maj-Britt Sandelin", "insulin", "16.45")],
        "Öppna båda",
    ),
    (
        "4",
        "Avböjt eller obesvarat",
        "warn",
        "äldst 5 dagar",
        "lika som i går",
        [
            ("Elsy Nordgren", "hemtjänst", "5 dagar"),
            ("Nils-Erik Öhman", "rehab", "4 dagar"),
            ("Sahra Abdi", "folktandvård", "2 dagar"),
        ],
        "Öppna alla 4",
    ),
    (
        "6",
        "Utan gemensam plan",
        "warn",
        "äldst 12 dagar",
        "2 färre",
        [
            ("Rolf Tegnér", "utskriven", "12 dagar"),
            ("Anna-Greta Wik", "nyinskriven", "9 dagar"),
            ("Ivan Petrović", "87 år, ensam", "6 dagar"),
        ],
        "Öppna alla 6",
    ),
    (
        "4",
        "Saknar en fast kontakt",
        "warn",
        "äldst 21 dagar",
        "lika som i går",
        [
            ("Ulla Bergvall", "läkare", "21 dagar"),
            ("Lennart Åhs", "omsorg", "8 dagar"),
            ("Tage Sjölund", "vård", "5 dagar"),
        ],
        "Öppna alla 4",
    ),
    (
        "11",
        "Plan inte uppföljd",
        "warn",
        "äldst 34 dagar",
        "3 fler sedan fredag",
        [
            ("Karin Forsgren", "skulle 20 okt", "34 dagar"),
            ("Olof Dahlbäck", "skulle 28 okt", "26 dagar"),
            ("Mirja Lehtonen", "skulle 2 nov", "21 dagar"),
        ],
        "Öppna alla 11",
    ),
    (
        "5",
        "Samtycke oklart",
        "unknown",
        "inte frågat, inte nekat",
        "1 fler",
        [
            ("Rolf Tegnér", "demens", "12 dagar"),
            ("Sven Hallin", "medvetslös", "3 dagar"),
            ("Siv Norberg", "tolk bokad", "i morgon"),
        ],
        "Öppna alla 5",
    ),
    (
        "7",
        "Plan utan godkännande",
        "warn",
        "äldst 9 dagar",
        "lika som i går",
        [
            ("Birgitta Hamrin", "dottern", "9 dagar"),
            ("Tage Sjölund", "kommunen", "6 dagar"),
            ("Inga-Lill Roos", "oenig", "4 dagar"),
        ],
        "Öppna alla 7",
    ),
    (
        0,
        "Möte utan deltagare",
        "ok",
        "alla 9 möten har svar",
        "2 färre",
        [("Nästa: Gunvor Ekdahl", "SIP", "ons 13.00"), ("Siv Norberg", "SIP, tolk", "tors 10.15")],
        "Öppna veckans möten",
    ),
]


def tiles() -> list[dict[str, Any]]:
    rows = []
    for i, (figure, title, state, word, change, names, more) in enumerate(TILES, 1):
        people = [
            {"name": n, "url": "/design/person/", "reason": r, "age": a, "act": state == "act"} for n, r, a in names
        ]
        rows.append(
            {
                "key": str(i),
                "figure": figure,
                "title": title,
                "url": "#",
                "state": state,
                "word": word,
                "change": change,
                "rows": people,
                "more": more,
            }
        )
    return rows


FIRST = [
    {
        "state": "act",
        "left": "om 2 h 18 min",
        "title": "Gösta Lindh har ingen som byter förband",
        "text": "Peter Åström är sjuk. Såret läggs om varje dag; senast i går 11.40.",
        "act": {"label": "Tilldela besöket", "url": "#"},
        "why": "Besöket är det som först når en människa: såret läggs om 11.30.",
        "why_source": "Tidigast möjlig skada först",
    },
    {
        "state": "act",
        "left": "om 12 h",
        "title": "Ingen läkare kan besluta i kväll 21.30–00",
        "text": "Bytet mellan två jourer gick inte ihop. Fyra har vård i livets slut.",
        "act": {"label": "Fyll luckan", "url": "#"},
        "why": "Fyra personer kan behöva ett läkarbeslut under luckan.",
        "why_source": "Jourlistan i kväll",
    },
    {
        "state": "act",
        "left": "2 dagar sen",
        "title": "Arne Skölds provsvar har ingen läst",
        "text": "Kalium taget i lördags. Ansvarig: Heby vårdcentral, ingen person.",
        "act": {"label": "Ge en ansvarig", "url": "#"},
        "why": "Ett prov som ingen läst i två dagar.",
        "why_source": "Nästa steg, försenat",
    },
]

CASES = [
    ("2 h 40", "act", "Make till Gunvor Ekdahl: orkar inte i natt", "Ida Wallin", "lovat 10.00"),
    ("1 dygn", "warn", "Avdelning 2: vem tar emot Sven Hallin?", "ingen än", "lovat 12.00"),
    ("20 h", "warn", "God man frågar om hemtjänsttimmar", "Lena Sjödin", "lovat i dag"),
    ("3 h", "ok", "Tandvärk, hittar inte rätt", "Folktandvården", "bokad tis"),
    ("35 min", "ok", "Dottern vill läsa planen", "Maria Lövgren", "lovat i morgon"),
    ("12 min", "unknown", "Återuppringning, inget namn", "1177", "ringer 09.30"),
]
KEYS = [
    {"keys": ["J", "K"], "text": "upp och ner"},
    {"keys": ["Enter"], "text": "öppna listan"},
    {"keys": ["1", "–", "9"], "text": "till en lista"},
    {"keys": ["A"], "text": "ge en ansvarig"},
    {"keys": ["F"], "text": "filtrera"},
    {"keys": ["Esc"], "text": "tillbaka till samma plats"},
]
AREAS = ["Heby och västra Enköping", "Enköping centrum", "Tierp och Älvkarleby"]
HOLES = [
    {
        "when": "21.30–00.00, ingen läkare",
        "text": "38 personer med plan berörs, 4 med vård i livets slut. Därefter jouren i Enköping.",
    }
]


def night() -> charts.Lanes:
    """Who answers from 16 to 08."""
    start = datetime(2026, 11, 23, 16, tzinfo=timezone(timedelta(hours=1)))

    def bar(a: float, b: float, label: str = "", **more: Any) -> dict[str, Any]:
        return {"start": start + timedelta(hours=a), "end": start + timedelta(hours=b), "label": label, **more}

    rows = [
        {"label": "Råd", "bars": [bar(0, 16, "1177")]},
        {"label": "Hembesök", "bars": [bar(0, 6, "hemsjukvården"), bar(6, 16, "nattpatrullen")]},
        {
            "label": "Läkarbeslut",
            "strong": True,
            "bars": [bar(0, 5.5, "vårdcentralen"), bar(5.5, 8, hole=True), bar(8, 16, "jour, Enköping")],
        },
        {"label": "Läkemedel", "bars": [bar(0, 5, "apotek"), bar(5, 16, "akutförråd")]},
        {"label": "Kris", "bars": [bar(0, 4, "soc."), bar(4, 16, "socialjouren")]},
    ]
    return charts.lanes(rows, start, start + timedelta(hours=16))


def board() -> dict[str, Any]:
    return {
        "tiles": tiles(),
        "first": FIRST,
        "cases": CASES,
        "keys": KEYS,
        "areas": AREAS,
        "lanes": night(),
        "holes": HOLES,
    }


def person_page() -> dict[str, Any]:
    return {
        "person": person(),
        "step": step(),
        "hours": hours.layout(OWNERS, ACTIONS, time(9, 12)),
        "situations": SITUATIONS,
        "timeline": TIMELINE,
        "approvals": [
            {
                "name": "Gunvor Ekdahl",
                "strong": True,
                "note": "muntligt, antecknat av Annika Norell",
                "state": "ok",
                "word": "4 nov",
            },
            {"name": "Heby vårdcentral", "state": "ok", "word": "4 nov"},
            {"name": "Heby kommun, två enheter", "state": "ok", "word": "6 nov"},
            {"name": "Mobila närvårdsteamet", "note": "inget svar på 19 dagar", "state": "warn", "word": "väntar"},
        ],
        "near": [
            {
                "name": "Sune Ekdahl",
                "strong": True,
                "plain": "make, 81 år",
                "note": "bor med Gunvor, läser och skriver",
                "link": "Ring",
                "link_url": "tel:0701740605",
            },
            {
                "name": "Karin Ekdahl",
                "strong": True,
                "plain": "dotter, Tierp",
                "note": "läser planen, ombud till 31 mars",
                "link": "Ring",
                "link_url": "tel:0701740606",
            },
        ],
        "view": [
            {"label": "I dag", "url": "#", "current": True},
            {"label": "Vecka", "url": "#"},
            {"label": "Alla 14", "url": "#"},
        ],
    }


OWN_STEP = {
    "what": "Läkaren kommer hem till dig",
    "when": "i dag 14.10, om 5 timmar",
    "who": [{"name": "Behrouz Karimi", "role": "läkare"}, {"name": "Ida Wallin", "role": "sjuksköterska"}],
    "why": "Du väger två kilo mer än i fredags. Då har vi lovat att komma samma dag.",
    "why_label": "Varför kommer de?",
}
OWN_DAY = [
    {"state": "done", "clock": "06.55", "what": "Ida gav insulin", "word": "klart"},
    {"state": "done", "clock": "07.30", "what": "Fatima, frukost och strumpor", "word": "klart"},
    {"state": "later", "clock": "12.15", "what": "Joakim, lunch", "meta": "Du har träffat honom 6 gånger"},
    {"state": "now", "clock": "14.10", "what": "Läkaren Behrouz och Ida", "meta": "De kommer tillsammans"},
    {"state": "later", "clock": "19.00", "what": "Lena, kvällsmål"},
    {"state": "later", "clock": "20.30", "what": "Sara, insulin"},
]


def own() -> dict[str, Any]:
    contacts = [
        {
            "name": "Annika Norell",
            "role": "Fast vårdkontakt",
            "note": "sjuksköterska, för vården",
            "phone": "0980-319 214",
            "label": "Ring",
        },
        {
            "name": "Behrouz Karimi",
            "role": "Fast läkarkontakt",
            "note": "läkare",
            "phone": "0980-319 231",
            "label": "Ring",
        },
        {
            "name": "Lena Sjödin",
            "role": "Fast omsorgskontakt",
            "note": "för hemtjänsten",
            "phone": "0980-319 208",
            "label": "Ring",
        },
    ]
    some = [{**SITUATIONS[i], "live": "Det här händer nu" if i == 0 else ""} for i in (0, 1, 3)]
    help_ = {"title": "Vi behöver hjälp", "who": "Hemsjukvården svarar nu", "phone": "0980-319 201"}
    return {"step": OWN_STEP, "help": help_, "day": OWN_DAY, "situations": some, "contacts": contacts}


MY_DAY = [
    {"state": "travel", "what": "kör 9 min"},
    {"state": "later", "clock": "07.30", "what": "Arne Sköld", "meta": "Vikt, blodtryck"},
    {"state": "travel", "what": "kör 14 min"},
    {
        "state": "later",
        "clock": "08.10",
        "what": "Maj-Britt Sandelin",
        "meta": "Insulin, fotkontroll",
        "mark": "warn",
        "mark_word": "ny för dig",
    },
    {"state": "travel", "what": "kör 6 min"},
    {
        "state": "later",
        "clock": "09.00",
        "what": "Tage Sjölund",
        "meta": "Lyft och sår, med Joakim Berg",
        "mark": "ok",
        "mark_word": "ni är två",
    },
    {"state": "travel", "what": "gå 3 min"},
    {"state": "later", "clock": "10.20", "what": "Elsy Nordgren", "meta": "Dosett, blodprov"},
]


def day() -> dict[str, Any]:
    return {"day": MY_DAY, "person": person()}


SCREENS = {"board": board, "person": person_page, "own": own, "day": day}


def _table() -> dict[str, Any]:
    rows = [
        ("Arne Sköld", "act", "Försenat", "Heby vårdcentral", "2 dagar"),
        ("Birgitta Hamrin", "warn", "Saknar tid", "Geriatriska öppenvårdsmottagningen", "1 dag"),
        ("Mirja Lehtonen", "unknown", "Inget svar", "Tierps kommun, korttidsboende", "4 dagar"),
        ("Olof Dahlbäck", "ok", "Enligt plan", "Hemsjukvården Östhammar", "i dag"),
    ]
    return {
        "caption": "Personer i Heby vars nästa steg väntar",
        "pick": "row",
        "total": 38,
        "note": "38 personer",
        "acts": [
            {"label": "Ge en ansvarig", "opens": "demo-dialog"},
            {"label": "Filter: Heby", "icon": "filter", "url": "#"},
            {"label": "Spara som fil", "url": "#", "kind": "quiet"},
        ],
        "columns": [
            {"label": "Person"},
            {"label": "Läge"},
            {"label": "Enhet"},
            {"label": "Ålder", "num": True, "url": "#", "sorted": "desc"},
        ],
        "rows": [
            {
                "id": i,
                "name": name,
                "url": "/design/person/",
                "picked": i == 1,
                "cells": [{"state": state, "text": word}, {"text": unit}, {"text": age, "num": True}],
            }
            for i, (name, state, word, unit, age) in enumerate(rows)
        ],
    }


def _chart() -> dict[str, Any]:
    months = ["dec", "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov"]
    values = [14.2, 13.1, 15.0, 12.7, 14.4, 13.6, 12.9, 13.8, 11.2, 10.4, 10.9, 9.8]
    points = [{"label": m, "value": v} for m, v in zip(months, values, strict=True)]
    middles = [
        {"from": 0, "to": 7, "value": 13.7, "label": "13,7"},
        {"from": 8, "to": 11, "value": 10.6, "label": "10,6"},
    ]
    rows = [
        ("november", "9,8", "21 av 214"),
        ("oktober", "10,9", "25 av 229"),
        ("september", "10,4", "23 av 221"),
        ("augusti", "11,2", "22 av 196"),
    ]
    return {
        "finding": "Återinläggningarna har minskat sedan augusti",
        "measured": "Oplanerad återinläggning inom 30 dagar, procent av utskrivna 65 år och äldre",
        "line": charts.line(
            points,
            levels=[8, 10, 12, 14],
            change_at=8,
            change_label="från augusti ringer samma person dagen efter",
            middles=middles,
        ),
        "columns": ["Månad", "Andel", "Personer"],
        "rows": [[{"text": a}, {"text": b}, {"text": c, "url": "#"}] for a, b, c in rows],
        "source": "Källa: utskrivningar i Samband, 23 november.",
        "why": "Bara oplanerade inläggningar räknas, och bara den första inom 30 dagar.",
    }


class _Pages:
    num_pages, count = 4, 38


class _Page:
    """As much of Django's Page as the pager asks for."""

    paginator, has_previous, has_next = _Pages, True, True
    previous_page_number, next_page_number, start_index, end_index = 1, 3, 11, 20


def parts() -> dict[str, Any]:
    """What the living page shows, part by part."""
    empty = {
        "title": "Ingen saknar en kontakt i dag",
        "text": "Alla 38 personer i Heby har sina tre. Senast kontrollerat 09.12.",
        "act": {"label": "Se hela länet", "url": "#"},
    }
    late = {
        **step(),
        "late": True,
        "delta": "2 h sen",
        "what": "Sjuksköterska ringer om provsvaret",
        "detail": "Heby vårdcentral har det, ingen person.",
        "other": None,
    }
    return {
        **person_page(),
        **{k: v for k, v in board().items() if k in ("first", "lanes", "holes", "keys")},
        "tile_act": tiles()[0],
        "tile_unknown": tiles()[6],
        "tile_zero": tiles()[8],
        "step_late": late,
        "step_none": {"detail": "Planen har inget öppet steg. Lägg till ett, så att Gunvor vet vad som händer."},
        "marked": {
            **person(),
            "voice": "",
            "voice_source": "",
            "flags": [],
            "protected": True,
            "back": None,
            "marked": "Företräds av Karin Ekdahl, god man. Bedömt av Behrouz Karimi 4 november; ses över 4 maj.",
            "contacts": [ANNIKA, {"role": "Fast läkarkontakt"}, {**LENA, "state": "unknown", "word": "vi vet inte"}],
        },
        "busy": hours.layout(OWNERS, BUSY, time(14, 30)),
        "clock_ok": {
            "label": "Kallelse till SIP",
            "time": "i morgon 14.20",
            "state": "ok",
            "word": "om 29 h",
            "why": "Kallelsen ska gå inom tre dagar från underrättelsen i söndags 14.20.",
            "why_label": "varför då?",
            "source": "Lag 2017:612, 4 kap. 3 §",
            "url": "#",
        },
        "clock_late": {
            "label": "Inskrivningsmeddelande",
            "time": "i dag 07.10",
            "state": "act",
            "word": "2 h sen",
            "why": "Inskriven i går 07.10. Meddelandet ska gå inom 24 timmar.",
            "why_label": "varför sen?",
            "source": "Lag 2017:612, 2 kap. 3 §",
            "url": "#",
        },
        "table": _table(),
        "empty": empty,
        "failed": {
            "title": "Vi når inte lasarettet just nu",
            "text": "Det du ser är från 08.40. Ring avdelningen om det brådskar.",
            "act": {"label": "Försök igen", "url": "#"},
        },
        "chart": _chart(),
        "own_step": OWN_STEP,
        "own": own(),
        "day": OWN_DAY,
        "my_day": MY_DAY,
        "situation": {
            **SITUATIONS[1],
            "then": "",
            "steps": [
                "Sitt upp och öppna fönstret.",
                "Ta det lugnt i tio minuter.",
                "Ring. Mobila teamet kommer inom en timme.",
            ],
        },
        "merge": {
            "who": "Lena Sjödin",
            "when": "09.10",
            "fields": [
                {
                    "name": "goal",
                    "label": "Målet",
                    "mine": "Gå till växthuset varje dag, med rollator.",
                    "theirs": "Gå till växthuset varje dag när det inte är halt.",
                    "base": "Gå till växthuset.",
                },
                {
                    "name": "note",
                    "label": "Anteckning",
                    "mine": "Gunvor vill ha sällskap ut.",
                    "theirs": "Sune går gärna med.",
                    "long": True,
                },
            ],
        },
        "steps": [
            {"label": "Person", "state": "done", "url": "#"},
            {"label": "Parter och samtycke", "state": "now"},
            {"label": "Mål", "state": "later"},
            {"label": "Klart", "state": "later"},
        ],
        "tabs": [
            {"label": "Plan", "url": "#", "current": True},
            {"label": "Historik", "url": "#"},
            {"label": "Kontakter", "url": "#", "count": 3},
        ],
        "pager": _Page,
        "pager_url": "?sida=",
        "icon_names": ICONS,
        "picture_names": PICTURES,
    }


ICONS = [
    "phone",
    "warning",
    "ear",
    "drop",
    "scale",
    "leaf",
    "people",
    "person",
    "bell",
    "sock",
    "cutlery",
    "flask",
    "home",
    "doc",
    "branch",
    "search",
    "filter",
    "print",
    "clock",
    "car",
    "check",
    "lock",
    "moon",
    "sun",
    "contrast",
    "sound",
    "stop",
    "chevron-right",
    "chevron-left",
    "chevron-down",
    "chevron-up",
    "plus",
    "minus",
    "cross",
    "pencil",
    "undo",
    "calendar",
    "repeat",
    "pill",
    "heart",
    "walk",
    "tooth",
    "lungs",
    "bed",
    "chat",
    "bandage",
    "brain",
    "baby",
    "school",
    "map-pin",
    "eye",
    "eye-off",
    "link",
    "globe",
    "question",
    "export",
    "import",
    "shield",
    "flag",
    "list",
    "menu",
    "out",
    "swap",
    "building",
    "target",
    "wheelchair",
    "thermometer",
    "key",
]
PICTURES = [
    "scale",
    "lungs",
    "bed",
    "heart",
    "thermometer",
    "drop",
    "dizzy",
    "tooth",
    "pill",
    "fall",
    "phone",
    "night",
    "sad",
    "wound",
    "food",
    "home",
    "people",
    "question",
]

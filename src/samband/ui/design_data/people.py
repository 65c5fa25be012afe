"""One invented person, seen by staff and by herself."""

from datetime import time
from typing import Any

from samband.ui import hours

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

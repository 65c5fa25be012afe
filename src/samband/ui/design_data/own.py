"""The own page and a day on the road."""

from typing import Any

from samband.ui.design_data.people import SITUATIONS, person

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

"""What the living page shows, part by part."""

from datetime import time
from typing import Any

from samband.ui import charts, hours
from samband.ui.design_data.board import board, tiles
from samband.ui.design_data.ground import ICONS, PICTURES
from samband.ui.design_data.own import MY_DAY, OWN_DAY, OWN_STEP, own
from samband.ui.design_data.people import ANNIKA, BUSY, LENA, OWNERS, SITUATIONS, person, person_page, step


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
        "step_late": {**late, "key": "late"},
        "step_none": {
            "key": "none",
            "detail": "Planen har inget öppet steg. Lägg till ett, så att Gunvor vet vad som händer.",
        },
        "marked": {
            "key": "marked",
            "name": "Nils-Erik Öhman",
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
        "own_step": {**OWN_STEP, "key": "own-step"},
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

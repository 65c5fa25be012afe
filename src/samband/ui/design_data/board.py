"""The situation board with invented people."""

from datetime import datetime, timedelta, timezone
from typing import Any

from samband.ui import charts

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

    rows: list[dict[str, Any]] = [
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

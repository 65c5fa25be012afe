"""Irregularities in words, as they are kept: Swedish, like the source itself. Pure."""

from samband.regions.rules.parsed import Odd

SECTIONS = {
    "inriktning": "Inriktning",
    "organisation": "Organisation",
    "prioriterade": "Prioriterade utvecklingsområden",
    "samverkan": "Samverkan",
    "gemensamma": "Gemensamma satsningar",
    "fallstudie": "Fallstudie",
}
TEXTS = {
    "missing": "avsnittet {missing} saknas i källan",
    "both": "regionen är själv kommun",
    "twice": "rubriken för {section} förekommer {n} gånger och läses ihop",
    "wording": "{section} har en annan rubrik: ”{heading}”",
    "picture": "{section}: innehållet fanns bara i en bild, inga punkter i källan",
    "prose": "{section} är löpande text utan punkter",
    "table": "en tabell ligger i texten",
    "table_html": "en tabell med HTML ligger i texten",
    "case": "en fallstudie är insprängd och räknas för sig",
    "meta": "{n} punkter är meta-text; de {stated} delområdena fanns i en bild",
    "numbered": "{n} av {total} punkter är skrivna med nummer efter strecket",
    "nested": "{n} huvudpunkter med {nested} underpunkter",
}


def odd(row: Odd) -> str:
    """One sentence without a full stop."""
    values = {name: SECTIONS.get(str(value), value) for name, value in row.values.items()}
    return TEXTS[row.code].format(**{"missing": SECTIONS.get(row.missing, "")} | values)

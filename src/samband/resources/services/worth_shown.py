"""The report as its readers meet it: what it found, how sure that is, its blocks in order, its figures as a file."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samband.resources.services import worth_care, worth_pay
from samband.resources.services.worth_text import Block, number


def sure(result: Mapping[str, Any]) -> bool:
    """Whether the gain is larger than the spread between seeds, and than what searching longer still gives."""
    gain = result["gain"]
    return len(result["seeds"]) > 1 and gain["low"] > result["again"] and gain["mean"] > gain["high"] - gain["low"]


def nothing(result: Mapping[str, Any]) -> bool:
    """Whether there was nothing to exchange: nobody could do a visit of another organisation's."""
    return result["gain"]["high"] < 0.5 and result.get("common") == 0


def headline(result: Mapping[str, Any]) -> str:
    gain = result["gain"]
    if gain["mean"] < 0.5:
        return _("Samma behov kostar lika mycket tillsammans som var för sig.")
    return _("Tillsammans blir planens pris %(percent)s %% lägre för samma behov.") % {
        "percent": number(gain["percent"]["mean"], 1)
    }


def doubt(result: Mapping[str, Any]) -> str:
    """How far the finding can be trusted."""
    gain, rounds = result["gain"], len(result["seeds"])
    if rounds < 2:
        return _("En enda omgång är räknad, så det går inte att säga hur mycket som är slump.")
    if nothing(result):
        return _(
            "Ingen av dem har personal som kan göra de andras besök de dagarna, så det finns inget att byta. "
            "Se kompetenser, delegeringar och enheternas villkor."
        )
    if gain["high"] < 0.5:
        return _("Ingen omgång visar någon vinst. Stämmer enheternas villkor för att låna ut personal?")
    span = {"low": number(gain["low"]), "high": number(gain["high"]), "n": rounds}
    if sure(result):
        words = _("Vinsten är %(low)s till %(high)s vägda minuter i %(n)d omgångar: större än slumpen mellan dem.")
    else:
        words = _("Vinsten är %(low)s till %(high)s vägda minuter i %(n)d omgångar: inte större än slumpen mellan dem.")
    return words % span


def again(result: Mapping[str, Any]) -> str:
    """What searching longer is worth by itself; it is not counted as a gain."""
    return _("Den sista sökningen av de egna planerna gav %(n)s vägda minuter. Det räknas inte som vinst.") % {
        "n": number(result["again"])
    }


def blocks(result: Mapping[str, Any]) -> list[Block]:
    """What is best for the persons first; who pays last."""
    care = [worth_care.figures, worth_care.persons, worth_care.lateness, worth_care.areas]
    pay = [worth_pay.by_day, worth_pay.price, worth_pay.shares, worth_pay.coalitions]
    return [make(result) for make in (*care, *pay)]


def table_file(result: Mapping[str, Any]) -> str:
    """All tables one after the other, for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_("Period"), result["days"][0], result["days"][-1]])
    writer.writerow([_("Organisationer"), *(plain(p["name"]) for p in result["parties"])])
    for block in blocks(result):
        writer.writerow([])
        writer.writerow([block.title, block.measured])
        writer.writerow(block.columns)
        writer.writerows([plain(cell) for cell in row] for row in block.rows)
    return "\ufeff" + out.getvalue()


def plain(cell: str) -> str:
    """Digits without spaces, so that a spreadsheet can count; nothing that it would take for a formula."""
    cell = cell.replace("\u202f", "").replace("−", "-")
    return f"'{cell}" if cell[:1] in "=@+" or (cell[:1] == "-" and not cell[1:2].isdigit()) else cell

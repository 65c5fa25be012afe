"""What verifying says: one sentence for each finding, with what was expected."""

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from samband.core import clock
from samband.core.models import AuditSeal


def no_checkpoints(path: Path) -> str:
    return _("Kontrollpunkterna saknas: väntade filen %(path)s.") % {"path": path}


def other_key(place: int, found: str, expected: str) -> str:
    return _(
        "Kontrollpunkternas rad %(place)d är signerad med en annan nyckel (%(found)s); väntade %(expected)s. "
        "Inget i filen räknas."
    ) % {"place": place, "found": found, "expected": expected}


def keys_differ(found: str, expected: str) -> str:
    return _("Den öppna nyckeln (%(found)s) hör inte till den hemliga (%(expected)s): någon av filerna är utbytt.") % {
        "found": found,
        "expected": expected,
    }


def line_changed(place: int) -> str:
    return _("Kontrollpunkternas rad %(place)d är ändrad: signaturen stämmer inte med det som står där.") % {
        "place": place
    }


def line_out_of_place(place: int) -> str:
    return _(
        "Kontrollpunkternas rad %(place)d följer inte på raden före: en rad är ändrad, borttagen eller flyttad."
    ) % {"place": place}


def batches_gone(first: int, last: int) -> str:
    if first == last:
        return _("Omgång %(first)d saknas.") % {"first": first}
    return _("Omgångarna %(first)d–%(last)d saknas.") % {"first": first, "last": last}


def batch_changed(number: int) -> str:
    return _("Omgång %(number)d är ändrad: dess egna uppgifter ger ett annat kontrollvärde än det som står där.") % {
        "number": number
    }


def batch_loose(number: int, before: str, expected: str) -> str:
    return _(
        "Omgång %(number)d följer inte på den förra: den håller i %(before)s…, väntade %(expected)s…. "
        "Kedjan är bruten eller ombyggd här."
    ) % {"number": number, "before": before[:12], "expected": expected[:12]}


def batch_leaves(number: int) -> str:
    return _("Omgång %(number)d är ändrad: förteckningen över dess poster stämmer inte med kontrollvärdet.") % {
        "number": number
    }


def batch_rebuilt(number: int, at: str, found: str, expected: str) -> str:
    return _(
        "Omgång %(number)d är inte den som kontrollpunkten den %(at)s intygar: kontrollvärdet är %(found)s…, "
        "väntade %(expected)s…. Kedjan är ombyggd."
    ) % {"number": number, "at": at[:16].replace("T", " "), "found": found[:12], "expected": expected[:12]}


def batch_unanchored(number: int) -> str:
    return _(
        "Omgång %(number)d förseglades efter en annan rad bland kontrollpunkterna än den som står där nu: "
        "filen är ändrad eller avkortad."
    ) % {"number": number}


def batch_dropped(number: int, period: str) -> str:
    return _("Omgång %(number)d (%(period)s) är tömd utan någon signerad gallring.") % {
        "number": number,
        "period": period,
    }


def tail_cut(seal: int, at: str, last: int) -> str:
    return _(
        "Svansen är avhuggen: kontrollpunkten den %(at)s intygar omgångar till och med %(seal)d, "
        "databasen slutar med %(last)d."
    ) % {"at": at[:16].replace("T", " "), "seal": seal, "last": last}


def long_unsigned(number: int, since: datetime) -> str:
    return _(
        "Från omgång %(number)d (%(since)s) saknas kontrollpunkt; väntade en vid nästa varv. Filen är avkortad eller "
        "arbetaren står."
    ) % {"number": number, "since": _local(since)}


def entry_gone(number: int, seal: AuditSeal) -> str:
    return _("Post %(number)d är borttagen: omgång %(seal)d (%(period)s) förseglades med den.") % {
        "number": number,
        "seal": seal.number,
        "period": seal.period,
    }


def entry_new(number: int, seal: AuditSeal) -> str:
    return _("Post %(number)d är inskjuten i efterhand: omgång %(seal)d (%(period)s) förseglades utan den.") % {
        "number": number,
        "seal": seal.number,
        "period": seal.period,
    }


def entry_changed(number: int, seal: AuditSeal) -> str:
    return _("Post %(number)d är ändrad, eller en person som den rör, sedan omgång %(seal)d (%(period)s).") % {
        "number": number,
        "seal": seal.number,
        "period": seal.period,
    }


def entry_persons(number: int, seal: AuditSeal, found: int, expected: int) -> str:
    return _(
        "Post %(number)d rör nu %(found)d (personer), väntade %(expected)d som när omgång %(seal)d (%(period)s) förseglades."
    ) % {"number": number, "seal": seal.number, "period": seal.period, "found": found, "expected": expected}


def unreadable(seal: AuditSeal) -> str:
    return _("Posterna i omgång %(seal)d (%(period)s) går inte att läsa ur databasen.") % {
        "seal": seal.number,
        "period": seal.period,
    }


def not_sealed(count: int, since: datetime) -> str:
    return _("Ännu inte förseglade poster: %(count)d, den äldsta från %(since)s.") % {
        "count": count,
        "since": _local(since),
    }


def not_signed(count: int) -> str:
    return _("Omgångar ännu utan kontrollpunkt: %(count)d. De får en vid nästa varv.") % {"count": count}


def half_line() -> str:
    return _("Kontrollpunkternas sista rad är halvskriven (ett avbrott); den räknas inte och tas bort vid nästa varv.")


def given_up(at: str, seal: int, reason: str) -> str:
    return _("Den %(at)s godtogs att kedjan fortsätter efter omgång %(seal)d: %(reason)s") % {
        "at": at[:16].replace("T", " "),
        "seal": seal,
        "reason": reason,
    }


def never_sealed() -> str:
    return _("Inget har förseglats än.")


def _local(moment: datetime) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M}"

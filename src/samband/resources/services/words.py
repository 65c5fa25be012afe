"""What is wrong, in a sentence: the same in a form and in the report of a file."""

from datetime import datetime

from django.utils.translation import gettext as _

from samband.core import clock, text
from samband.resources.rules.checks import Found, Stretch, Wrong


def span(start: datetime, end: datetime) -> str:
    """`tor 27 nov 07.00–15.30`."""
    return f"{text.short_date(clock.local(start).date())} {text.clock_time(start)}–{text.clock_time(end)}"


def said(found: Found, who: str) -> str:
    """The sentence for whoever wrote it."""
    return _sentence(found.wrong) % {"who": who, "other": _other(found.other)}


def _other(other: Stretch | None) -> str:
    return span(*other) if other else ""


def _sentence(wrong: Wrong) -> str:
    return {
        Wrong.ORDER: _("Sluttiden är inte efter starttiden. Ett pass över midnatt slutar nästa dag."),
        Wrong.LONG: _("Passet är längre än ett dygn. Dela det."),
        Wrong.OVERLAP: _("%(who)s har redan ett pass då: %(other)s."),
        Wrong.AWAY: _("%(who)s är borta då: %(other)s. Ta bort frånvaron först, eller välj en annan tid."),
        Wrong.NOT_EMPLOYED: _("%(who)s har inte uppdraget den dagen."),
        Wrong.NO_VISITS: _("%(who)s har ett uppdrag som inte gör besök."),
        Wrong.NO_COMPETENCE: _("%(who)s har ingen kompetens som besök kräver. Lägg till en kompetens först."),
        Wrong.BREAK_PART: _("En rast behöver tidigast, senast och längd. Fyll i alla tre, eller ingen."),
        Wrong.BREAK_LONG: _("Rasten är lika lång som passet eller längre."),
        Wrong.BREAK_OUTSIDE: _("Rasten ryms inte i passet. Den ska börja tidigast och senast inom passets tid."),
        Wrong.DAYS: _("Sista dagen ligger före den första."),
        Wrong.YEAR: _("En delegering gäller högst ett år. Skriv en tidigare sista dag."),
        Wrong.SELF: _("Ingen kan delegera till sig själv."),
        Wrong.LICENSED: _("%(who)s är legitimerad och behöver ingen delegering för det."),
        Wrong.TWICE: _(
            "%(who)s har redan den delegeringen under den tiden. Återkalla den först, eller börja efter den."
        ),
        Wrong.PAST: _("Sista dagen har redan varit."),
    }[wrong]

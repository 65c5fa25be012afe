"""The fixed texts of the sheets, in the reader's language. The layouts hold none of their own."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samband.core import clock, text
from samband.plans.prints.calls import ADVICE


def frame(layout: str, outside: bool) -> dict[str, Any]:
    """Title, language, what stands at the edges, and every fixed text."""
    title = {"fridge": _("Till kylskåpet: vem jag ringer och vad jag gör"), "card": _("Kort till plånboken")}.get(
        layout, _("Vår del av den gemensamma planen") if outside else _("Gemensam plan")
    )
    today = text.short_date(clock.today())
    return {
        "title": title,
        "description": _("Utskriven %(day)s") % {"day": today},
        "lang": "en" if (get_language() or "sv").startswith("en") else "sv",
        "printed": _("%(title)s, utskriven %(day)s") % {"title": title, "day": today},
        "foot": _("Utskriven %(day)s. Det som gäller nu står i Samband.") % {"day": today},
        "outside": outside,
        "outside_lead": _("Det här har personen gått med på att ni ser."),
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "next": _("Nästa steg"),
        "contacts": _("Mina kontakter"),
        "nobody_yet": _("Ingen är utsedd än"),
        "nobody_asked": _("Ingen har frågat än vad som är viktigt."),
        "no_phone": _("inget nummer"),
        "phone": _("Telefon"),
        "actions": _("Det här gör vi"),
        "your_actions": _("Insatser som rör er"),
        "nothing_now": _("Ingenting just nu."),
        "paused": _("vilar"),
        "why": _("Varför:"),
        "situations": _("Om något händer"),
        "call_first": _("Ring först"),
        "call_then": _("Sedan"),
        "goals": _("Mål"),
        "reached": _("Nått"),
        "know": _("Så vet vi:"),
        "now": _("Bra att veta"),
        "ahead": _("Det som väntar"),
        "near": _("Nära mig"),
        "parties": _("De som deltar i planen"),
        "agreed": _("Vad vi har kommit överens om"),
        "lacking": _("Det här saknas i planen"),
        "near_words": _("Så är det för dem som står nära"),
        "represented": _("Någon företräder personen"),
        "said": _("Så blev det sagt"),
        "important": _("Viktigt för mig"),
        "whom": _("Vem jag ringer"),
        "danger": _("Fara för livet"),
        "advice": _("Råd om vård"),
        "address": _("Adress:"),
        "more_in_plan": _("Mer står i planen."),
        "more_situations": _("Fler situationer står i planen."),
        "cut": _(
            "Klipp längs den streckade linjen och vik på mitten. Ett kort till dig och ett till någon som står dig nära."
        ),
        "page": _("Sida"),
        "of": _("av"),
    }


def always() -> list[dict[str, Any]]:
    """The two numbers that always answer."""
    return [
        {"name": _("Råd om vård"), "phone": ADVICE, "note": _("dygnet runt")},
        {"name": _("Fara för livet"), "phone": "112", "note": _("dygnet runt")},
    ]


def symbol(name: str, choices: list[tuple[str, Any]]) -> str:
    """What the symbol shows, for those who do not see it."""
    known = {key: str(label) for key, label in choices if key}
    fixed = {
        "calendar": _("Bestämd tid"),
        "person": _("Egenvård"),
        "people": _("Närstående"),
        "question": _("Ingen än"),
    }
    return _("Symbol: %(what)s") % {"what": (known.get(name) or fixed.get(name) or _("insats")).lower()}


def years(age: int | None) -> str:
    return "" if age is None else ngettext("%(n)d år", "%(n)d år", age) % {"n": age}


def day(on: date) -> str:
    """`måndag 30 november`."""
    return f"{text.weekday(on)} {text.short_date(on)}"


def moment(at: datetime) -> str:
    """`måndag 30 november kl 13.00`."""
    return f"{day(clock.local(at).date())} {_('kl')}\u00a0{text.clock_time(at)}"

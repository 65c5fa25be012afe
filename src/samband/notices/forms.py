"""The choices of how to be reached, in full for staff and in plain words for the person and those near her."""

import re
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samband.notices.models import Preferences
from samband.notices.rules.sending import Prefs, after_quiet, wall

CLOCK = re.compile(r"^(\d{1,2})(?:[.:](\d{2}))?$")
MOST = 6


def clock_of(raw: str) -> time | None:
    """7, 07.00 or 07:00; None where it is no time of day."""
    found = CLOCK.match(raw.strip())
    if not found:
        return None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


class ClockField(forms.Field):
    """A time of day, written as people write it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 6, "autocomplete": "off"})
    default_error_messages = {"invalid": gettext_lazy("Skriv ett klockslag, till exempel 07.00.")}

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H.%M}" if isinstance(value, time) else value

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        found = value if isinstance(value, time) else clock_of(str(value))
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class ClocksField(forms.Field):
    """Some times of day, separated by commas or blanks."""

    widget = forms.TextInput(attrs={"inputmode": "text", "size": 24, "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(f"{t:%H.%M}" for t in value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[time]:
        if isinstance(value, list | tuple):
            return list(value)
        words = re.split(r"[,;\s]+", str(value or "").strip())
        found = [clock_of(word) for word in words if word]
        if None in found or len(found) > MOST:
            raise forms.ValidationError(_("Skriv högst sex klockslag med komma emellan, till exempel 07.00, 15.00."))
        return sorted({t for t in found if t is not None})


class SettingsForm(forms.Form):
    """Address, hours and exceptions; the channels of each group are boxes of their own (`channel-<group>`)."""

    email = forms.EmailField(
        label=gettext_lazy("E-postadress"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Mejlen säger bara att det finns något nytt, aldrig vem eller vad det gäller."),
        error_messages={"invalid": gettext_lazy("Skriv en e-postadress, till exempel namn@exempel.se.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    digests = ClocksField(
        label=gettext_lazy("Mejl kommer klockan"),
        required=False,
        help_text=gettext_lazy("Det som är nytt samlas i ett mejl. Tomt betyder 07.00 och 15.00."),
    )
    at_once = forms.BooleanField(label=gettext_lazy("Mejla genast om det som väntar på kvittens"), required=False)
    quiet_from = ClockField(
        label=gettext_lazy("Tyst från"), error_messages={"required": gettext_lazy("Skriv när tystnaden börjar.")}
    )
    quiet_to = ClockField(
        label=gettext_lazy("Tyst till"),
        error_messages={"required": gettext_lazy("Skriv när tystnaden slutar.")},
        help_text=gettext_lazy("Samma klockslag två gånger betyder ingen tystnad."),
    )
    break_through = forms.BooleanField(
        label=gettext_lazy("Låt det som måste kvitteras inom en timme komma fram också när det är tyst"), required=False
    )
    on_shift = forms.BooleanField(label=gettext_lazy("Ingen tystnad när jag har jour eller pass"), required=False)

    def __init__(self, *args: Any, row: Preferences, own: bool = False, mail: bool = True, **kwargs: Any):
        kwargs.setdefault("initial", first_values(row))
        super().__init__(*args, **kwargs)
        if own:
            for name in ("at_once", "on_shift"):
                del self.fields[name]
        if not mail:
            for name in ("email", "digests", "at_once"):
                self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("quiet_from"), data.get("quiet_to")
        if start and end:
            for moment in data.get("digests") or ():
                if _is_quiet(moment, start, end):
                    text = _("%(clock)s ligger i den tysta tiden. Ändra den ena av dem.")
                    self.add_error("digests", text % {"clock": f"{moment:%H.%M}"})
        return data


def _is_quiet(moment: time, start: time, end: time) -> bool:
    """On an ordinary day."""
    from datetime import date

    at = wall(date(2026, 1, 15), moment)
    return after_quiet(Prefs(quiet=(start, end)), at) > at


def first_values(row: Preferences) -> dict[str, Any]:
    return {
        "email": row.email, "digests": row.times(), "at_once": row.at_once, "quiet_from": row.quiet_from,
        "quiet_to": row.quiet_to, "break_through": row.break_through, "on_shift": row.on_shift,
    }  # fmt: skip


class DeviceForm(forms.Form):
    """What the browser says of itself when it is added."""

    name = forms.CharField(max_length=60, strip=True)
    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=120)
    auth = forms.CharField(max_length=40)

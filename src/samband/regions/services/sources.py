"""Where a statement comes from when a person writes it: her own word, or a document that she names."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samband.core import clock
from samband.core.policy import Actor
from samband.regions.models import Source

HERE = "Inskrivet här"
MOST = 300


def said(actor: Actor, name: str = "", as_of: date | None = None) -> Source:
    """The source of what somebody writes: one row for each name and day. Without a name it is her own word.

    Raises ValidationError at `source` (too long) or `as_of` (a day to come).
    """
    name, day = " ".join(name.split()) or HERE, as_of or clock.today()
    if len(name) > MOST:
        raise ValidationError({"source": _("Namnet är för långt: högst %(n)d tecken.") % {"n": MOST}})
    if day > clock.today():
        raise ValidationError({"as_of": _("Dagen har inte varit än. Skriv den dag som uppgiften gäller för.")})
    row = Source.objects.filter(kind=Source.Kind.EDITOR, name=name, as_of=day).first()
    return row or Source.objects.create(kind=Source.Kind.EDITOR, name=name, as_of=day, added_by=actor.name)


def current() -> Source | None:
    """The document that speaks for the latest day."""
    return Source.objects.filter(kind=Source.Kind.DOCUMENT).order_by("-as_of", "-pk").first()

"""What came out of a dialogue, with its origin: the improvement module reads this list (roadmap, Hälsolabb)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core.models import Base
from samband.people.models import Unit


class Outcome(Base):
    """An insight, an idea or a commitment. `origin_kind` and `origin` say where it was said; never who, unless she signed it.

    `origin` is the public id of the room, the sheet or the routine's feedback; `origin_name` its name as it was then.
    """

    class Kind(models.TextChoices):
        INSIGHT = "insight", _("Insikt")
        IDEA = "idea", _("Idé")
        COMMITMENT = "commitment", _("Åtagande")

    class Origin(models.TextChoices):
        ROOM = "room", _("Dialog")
        SHEET = "sheet", _("Arbetsblad")
        ROUTINE = "routine", _("Synpunkt på en rutin")

    class Status(models.TextChoices):
        OPEN = "open", _("Öppen")
        DONE = "done", _("Klar")
        DROPPED = "dropped", _("Lagd åt sidan")

    kind = models.CharField(_("Slag"), max_length=12, choices=Kind.choices)
    text = models.CharField(_("Text"), max_length=1000)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="outcomes")
    origin_kind = models.CharField(max_length=10, choices=Origin.choices)
    origin = models.UUIDField(db_index=True)
    origin_name = models.CharField(max_length=200)
    theme = models.CharField(_("Kategori"), max_length=120, blank=True)
    said_by = models.CharField(_("Vem som åtog sig det"), max_length=200, blank=True)
    due_on = models.DateField(_("Senast"), null=True, blank=True)
    status = models.CharField(_("Läge"), max_length=10, choices=Status.choices, default=Status.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    lesson = models.CharField(_("Vad vi lärde oss"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["unit", "status"], name="outcome_open")]

    def __str__(self) -> str:
        return self.text[:80]

"""The agenda, what was written under each item, what was decided, and what was corrected afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core import clock
from samband.core.models import Base
from samband.meetings.models.meeting import NOTES, Meeting
from samband.people.models import Assignment, Unit
from samband.plans.models import Proposal

ITEM = 300


class AgendaItem(Base):
    """Something to talk about, and the notes under it. `source` tells where in the plan it came from.

    `voice`: it was said by the person or a relative, in their words. `outside`: parties outside care that it concerns and
    that the person agreed to show it to (P5); nobody else outside reads it. `version` is the notes' optimistic lock.
    """

    class Kind(models.TextChoices):
        WORDS = "words", _("Viktigt för personen")
        LATE = "late", _("Nästa steg är sent")
        DECLINED = "declined", _("Avböjt förslag")
        PROPOSAL = "proposal", _("Obesvarat förslag")
        NOBODY = "nobody", _("Ingen har insatsen")
        MISSING = "missing", _("Saknas i planen")
        CONTACT = "contact", _("Kontakt saknas")
        FOLLOW_UP = "follow_up", _("Uppföljning")
        GOAL = "goal", _("Mål")
        OWN = "own", _("Egen fråga")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OWN)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("Vad vi ska prata om"), max_length=ITEM)
    detail = models.CharField(_("Mer"), max_length=500, blank=True)
    source = models.CharField(max_length=120, blank=True)
    voice = models.BooleanField(default=False)
    by_name = models.CharField(max_length=200, blank=True)
    by_kind = models.CharField(max_length=10, blank=True)
    outside = models.ManyToManyField(Unit, blank=True, related_name="+")
    notes = models.TextField(_("Anteckningar"), max_length=NOTES, blank=True)
    noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["meeting", "removed_at", "position"], name="agenda_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.meeting.person_id


class NoteVersion(Base):
    """What the notes under an item held after one saving, and who saved it. Never edited: nothing that was written is lost.

    `unit`: whose part it is; when the person takes that part back (P6) the text stays and is marked.
    """

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=NOTES, blank=True)
    at = models.DateTimeField(default=clock.now)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    merged = models.BooleanField(default=False)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="note_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Decision(Base):
    """Something decided in the meeting that became a part of the plan in the same moment. `thing` is `plans.action:<id>`."""

    class Kind(models.TextChoices):
        ACTION = "action", _("Insats")
        OFFER = "offer", _("Förslag till en annan enhet")
        GOAL = "goal", _("Mål")
        FOLLOW_UP = "follow_up", _("Uppföljning")
        CONTACT = "contact", _("Kontakt")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=300)
    who = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    thing = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    outside = models.BooleanField(default=False)
    proposal = models.ForeignKey(Proposal, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    name = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title

    @property
    def person_id(self) -> int:
        """Whom it is about; the audit asks."""
        return self.meeting.person_id


class Correction(Base):
    """What was wrong in finished minutes, beside them and marked. Never edited."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="corrections")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="corrections")
    text = models.TextField(_("Rättelse"), max_length=2000)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]

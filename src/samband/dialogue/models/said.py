"""What is said in a room: notes, agreement, and what those who lead hid or let through, with the reason."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core.models import Base
from samband.dialogue.models.rooms import Room, RoomCard, RoomGroup, Seat


class Note(Base):
    """A note of a round. `own` is hidden from everybody else until it is revealed; the others are the group's.

    `client_id` is the sender's own: sent twice it is written once. `said_by`: the name, where the room is not anonymous.
    Hidden by whoever leads (`hidden_at`) it stays, and can be shown again.
    """

    class Kind(models.TextChoices):
        OWN = "own", _("Egen tanke")
        GROUP = "group", _("Gruppens anteckning")
        MORE = "more", _("Det gör vi mer av")
        LESS = "less", _("Det gör vi mindre av")

    room = models.ForeignKey(Room, models.CASCADE, related_name="notes")
    round = models.PositiveIntegerField()
    kind = models.CharField(_("Slag"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("Text"), max_length=1000)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="notes")
    group = models.ForeignKey(RoomGroup, models.PROTECT, null=True, blank=True, related_name="notes")
    said_by = models.CharField(_("Namn"), max_length=60, blank=True)
    client_id = models.UUIDField()
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["room", "client_id"], name="note_once")]
        indexes = [models.Index(fields=["room", "round", "kind"], name="note_round")]

    def __str__(self) -> str:
        return self.text[:60]


class Agreement(Base):
    """How far one seat agrees in a round (*samsyn*): 1 not at all, 5 wholly. The last word holds; it counts `seat.people`."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="agreements")
    round = models.PositiveIntegerField()
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="agreements")
    group = models.ForeignKey(RoomGroup, models.PROTECT, null=True, blank=True, related_name="+")
    value = models.PositiveSmallIntegerField(_("Samsyn"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["room", "round", "seat"], name="agreement_once"),
            models.CheckConstraint(condition=models.Q(value__gte=1, value__lte=5), name="agreement_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.value}"


class Moderation(Base):
    """A line of the log: what was hidden, shown again, let through or refused, by whom and why. Only added to."""

    class Act(models.TextChoices):
        HIDE = "hide", _("Dold")
        SHOW = "show", _("Visad igen")
        APPROVE = "approve", _("Släppt fram")
        REFUSE = "refuse", _("Inte släppt fram")

    room = models.ForeignKey(Room, models.CASCADE, related_name="moderation")
    note = models.ForeignKey(Note, models.PROTECT, null=True, blank=True, related_name="moderation")
    card = models.ForeignKey(RoomCard, models.PROTECT, null=True, blank=True, related_name="moderation")
    act = models.CharField(max_length=10, choices=Act.choices)
    why = models.CharField(_("Varför"), max_length=200, blank=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.act}: {self.why}"

"""A dialogue in a room: the room itself, who leads it, its groups, the seats at them and the cards that lie on the table.

Nothing here is about a person in care, and nothing ties an anonymous seat to an account (learning.md, "Dialogue in a room").
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samband.core.models import Base
from samband.dialogue.models.decks import Card, DeckVersion
from samband.people.models import Assignment, Unit


class Room(Base):
    """One dialogue, from the lobby until it is closed; it may rest for a week in between (`paused_at`).

    `code` opens it until `expires_at`; empty while nobody may join. `anonymous` is chosen when it is opened and never changed.
    `step`: the optimistic lock of those who lead (`rules/rooms.py` moves it). `version` goes up when something changed that
    everybody in the room sees, `pulse` with every change: polling asks for these alone. Times are seconds.
    """

    class Phase(models.TextChoices):
        LOBBY = "lobby", _("Väntar")
        GROUPS = "groups", _("Grupper")
        THINK = "think", _("Tänk själv")
        REVEAL = "reveal", _("Visa")
        TALK = "talk", _("Samtala")
        REPORT = "report", _("Berätta för alla")
        CLOSED = "closed", _("Avslutad")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rooms")
    name = models.CharField(_("Vad dialogen handlar om"), max_length=120)
    deck_version = models.ForeignKey(DeckVersion, models.PROTECT, related_name="rooms")
    language = models.CharField(_("Kortens språk"), max_length=5, default="sv")
    anonymous = models.BooleanField(_("Anonymt"), default=True)
    card_each = models.BooleanField(_("Ett eget kort till varje grupp"), default=False)
    think_seconds = models.PositiveIntegerField(_("Tid att tänka"), default=180)
    talk_seconds = models.PositiveIntegerField(_("Tid att samtala"), default=600)
    phase = models.CharField(_("Läge"), max_length=10, choices=Phase.choices, default=Phase.LOBBY)
    round = models.PositiveIntegerField(_("Omgång"), default=0)
    step = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    pulse = models.PositiveIntegerField(default=1)
    timer_ends_at = models.DateTimeField(null=True, blank=True)
    timer_left = models.PositiveIntegerField(null=True, blank=True)
    code = models.CharField(max_length=8, unique=True, null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True, db_index=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["unit", "-created_at"], name="room_unit")]

    def __str__(self) -> str:
        return self.name


class Facilitator(Base):
    """Somebody who leads the room, or led it until `left_at`."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="facilitators")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="rooms_led")
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["room", "assignment"], name="facilitator_once")]

    def __str__(self) -> str:
        return f"{self.room_id}: {self.assignment_id}"


class RoomGroup(Base):
    """A table in the room. `version` goes up when something changed that this group alone sees."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="groups")
    number = models.PositiveIntegerField(_("Nummer"))
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["room", "number"], name="group_number")]

    def __str__(self) -> str:
        return f"{self.number}"


class Seat(Base):
    """A device in the room, known by a random token of which only the hash is kept, until the room's time is over.

    `people`: for how many it speaks (1; more where a group shares it). `paper`: answers that were written on paper and typed in
    by whoever leads. `name` is empty in an anonymous room. `left_at`: nobody waits for this one any longer.
    """

    room = models.ForeignKey(Room, models.CASCADE, related_name="seats")
    group = models.ForeignKey(RoomGroup, models.PROTECT, null=True, blank=True, related_name="seats")
    number = models.PositiveIntegerField()
    name = models.CharField(_("Namn"), max_length=60, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    people = models.PositiveIntegerField(_("Hur många ni är"), default=1)
    paper = models.BooleanField(_("På papper"), default=False)
    seen_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["room", "number"], name="seat_number")]

    def __str__(self) -> str:
        return self.name or f"{self.number}"


class RoomCard(Base):
    """A card on the table: chosen from the deck (`card`), or an own one (`texts` as in Card). Drawn only when approved."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Väntar på ja")
        APPROVED = "approved", _("Med")
        REFUSED = "refused", _("Inte med")

    room = models.ForeignKey(Room, models.CASCADE, related_name="cards")
    card = models.ForeignKey(Card, models.PROTECT, null=True, blank=True, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="cards")
    category = models.CharField(_("Kategori"), max_length=120, blank=True)
    texts = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.APPROVED)
    client_id = models.UUIDField(null=True, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["room", "client_id"], name="room_card_once")]

    def __str__(self) -> str:
        return self.front()[:60]

    @property
    def said(self) -> dict:
        """The card in its own language, else in any it has: `{"front": str, "prompts": [str], "back": str}`."""
        return self.texts.get(self.room.language) or self.texts.get("sv") or next(iter(self.texts.values()), {})

    def front(self) -> str:
        return self.said.get("front", "")


class Draw(Base):
    """Which card lay before whom in a round: `group` is empty where all had the same."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="draws")
    round = models.PositiveIntegerField()
    group = models.ForeignKey(RoomGroup, models.PROTECT, null=True, blank=True, related_name="draws")
    card = models.ForeignKey(RoomCard, models.PROTECT, related_name="draws")

    class Meta:
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(fields=["room", "round", "group"], name="draw_group"),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.card_id}"

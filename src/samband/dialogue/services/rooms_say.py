"""What participants and those who lead write: notes, agreement, own cards, paper. A thing sent twice is written once."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samband.core import audit, clock, policy
from samband.core.policy import Actor
from samband.dialogue.models import Agreement, Moderation, Note, Room, RoomCard, Seat
from samband.dialogue.rules import rooms as course_rules
from samband.dialogue.rules import words
from samband.dialogue.services import rooms

MOST_NOTES = 60  # of one seat in one round
MOST_OWN_CARDS = 5


@dataclass(frozen=True)
class Said:
    """A note as it was sent: for which round, by the sender's own id."""

    kind: str
    text: str
    round: int
    client_id: UUID


def clean(text: str, longest: int = words.LONGEST) -> str:
    """The text as it may stand. Raises ValidationError with a sentence at `text`."""
    found = words.tidy(text)
    if not found:
        raise ValidationError({"text": _("Skriv något först.")})
    if len(found) > longest:
        raise ValidationError(
            {
                "text": _("Högst %(most)d tecken, det här är %(n)d. Dela upp det i flera.")
                % {"most": longest, "n": len(found)}
            }
        )
    if words.has_number(found):
        raise ValidationError(
            {
                "text": _(
                    "Det ser ut som ett personnummer. Skriv inte om någon enskild person; ta bort det och skicka igen."
                )
            }
        )
    return found


def note(seat: Seat, said: Said) -> Note:
    """Write a note from a seat. Raises ValidationError; a note that is there already is answered as it is."""
    there = Note.objects.filter(room=seat.room_id, client_id=said.client_id).first()
    if there is not None:
        return _same(there, seat)
    room = Room.objects.get(pk=seat.room_id)
    text = clean(said.text)
    if said.kind not in Note.Kind.values:
        raise ValidationError(_("Så kan man inte skriva här."))
    _may(room, said.kind, said.round)
    if Note.objects.filter(room=room, round=said.round, seat=seat).count() >= MOST_NOTES:
        raise ValidationError({"text": _("Nu finns det många anteckningar från er. Fortsätt i nästa omgång.")})
    try:
        with transaction.atomic():
            made = Note.objects.create(
                room=room, round=said.round, kind=said.kind, text=text, seat=seat, group_id=seat.group_id,
                said_by=seat.name, client_id=said.client_id,
            )  # fmt: skip
            rooms.bump(room, seat.group_id)
    except IntegrityError:
        # The same note, sent twice at once.
        return _same(Note.objects.get(room=room, client_id=said.client_id), seat)
    return made


def _same(there: Note, seat: Seat) -> Note:
    """An id that another seat made up is no way to that seat's note."""
    if there.seat_id != seat.pk:
        raise ValidationError(_("Så kan man inte skriva här."))
    return there


def _may(room: Room, kind: str, number: int) -> None:
    course = rooms.course_of(room)
    if course_rules.may_write(course, kind, number):
        return
    if course.phase == "closed":
        raise ValidationError(_("Dialogen är avslutad. Kopiera det du skrev om du vill ha det kvar."))
    if course.paused:
        raise ValidationError(_("Dialogen vilar. Det du skrev finns kvar här; skicka det när ni fortsätter."))
    raise ValidationError(_("Det går inte att skriva det just nu. Vänta tills ni är där."))


def take_back(seat: Seat, thing: Note) -> None:
    """The one who wrote a note takes it back, until the next round begins."""
    if thing.seat_id != seat.pk or thing.round != seat.room.round or seat.room.closed_at:
        raise ValidationError(_("Den anteckningen går inte att ta tillbaka längre."))
    with transaction.atomic():
        thing.moderation.all().delete()
        thing.delete()
        rooms.bump(seat.room, seat.group_id)


def agree(seat: Seat, value: int, number: int) -> Agreement:
    """How far this seat agrees; said again it replaces what was said. Raises ValidationError."""
    room = Room.objects.get(pk=seat.room_id)
    if value not in range(1, 6):
        raise ValidationError({"value": _("Välj ett tal från 1 till 5.")})
    _may(room, "agree", number)
    with transaction.atomic():
        found, _made = Agreement.objects.update_or_create(
            room=room, round=number, seat=seat, defaults={"value": value, "group_id": seat.group_id}
        )
        rooms.bump(room, seat.group_id)
    return found


def propose(seat: Seat, text: str, client_id: UUID) -> RoomCard:
    """A participant's own card. It waits until whoever leads lets it through."""
    there = RoomCard.objects.filter(room=seat.room_id, client_id=client_id).first()
    if there is not None:
        return there
    room = Room.objects.get(pk=seat.room_id)
    front = clean(text, 300)
    if room.closed_at or room.paused_at:
        _may(room, "own", 0)
    if seat.cards.count() >= MOST_OWN_CARDS:
        raise ValidationError({"text": _("Ni har redan lämnat %(n)d kort.") % {"n": MOST_OWN_CARDS}})
    with transaction.atomic():
        made = _card(room, front, RoomCard.Status.WAITING, seat=seat, client_id=client_id)
        rooms.quiet(room)
    return made


def add_card(actor: Actor, room: Room, text: str) -> RoomCard:
    """An own card by whoever leads; it is drawn next."""
    policy.require(actor, "room.lead", room)
    front = clean(text, 300)
    with transaction.atomic():
        made = _card(room, front, RoomCard.Status.APPROVED)
        rooms.bump(room)
    return made


def _card(room: Room, front: str, status: str, **more: object) -> RoomCard:
    texts = {room.language: {"front": front, "prompts": [], "back": ""}}
    return RoomCard.objects.create(room=room, texts=texts, status=status, order=0, **more)


def judge(actor: Actor, card: RoomCard, on: bool, why: str = "") -> None:
    """Let an own card through, or not; either can be said again the other way until it is drawn."""
    policy.require(actor, "room.lead", card.room)
    act = Moderation.Act.APPROVE if on else Moderation.Act.REFUSE
    with transaction.atomic():
        status = RoomCard.Status.APPROVED if on else RoomCard.Status.REFUSED
        RoomCard.objects.filter(pk=card.pk, draws__isnull=True).update(status=status)
        Moderation.objects.create(room=card.room, card=card, act=act, why=words.one_line(why, 200), by_name=actor.name)
        audit.record(actor, "room.lead", thing=card.room, event=act)
        rooms.bump(card.room)


def hide(actor: Actor, thing: Note, on: bool, why: str = "") -> None:
    """Hide a note from everybody, with a reason; or show it again. Raises ValidationError without a reason."""
    policy.require(actor, "room.lead", thing.room)
    reason = words.one_line(why, 200)
    if on and not reason:
        raise ValidationError({"why": _("Skriv varför, så att det går att förstå efteråt.")})
    with transaction.atomic():
        act = Moderation.Act.HIDE if on else Moderation.Act.SHOW
        Note.objects.filter(pk=thing.pk).update(hidden_at=clock.now() if on else None)
        Moderation.objects.create(room=thing.room, note=thing, act=act, why=reason, by_name=actor.name)
        audit.record(actor, "room.lead", thing=thing.room, event=act)
        rooms.bump(thing.room)

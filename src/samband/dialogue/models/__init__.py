from samband.dialogue.models.decks import Card, Deck, DeckVersion
from samband.dialogue.models.outcomes import Outcome
from samband.dialogue.models.rooms import Draw, Facilitator, Room, RoomCard, RoomGroup, Seat
from samband.dialogue.models.said import Agreement, Moderation, Note

__all__ = [
    "Agreement", "Card", "Deck", "DeckVersion", "Draw", "Facilitator", "Moderation", "Note", "Outcome", "Room", "RoomCard",
    "RoomGroup", "Seat",
]  # fmt: skip

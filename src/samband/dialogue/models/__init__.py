from samband.dialogue.models.decks import Card, Deck, DeckVersion
from samband.dialogue.models.outcomes import Outcome
from samband.dialogue.models.rooms import Draw, Facilitator, Room, RoomCard, RoomGroup, Seat
from samband.dialogue.models.said import Agreement, Moderation, Note
from samband.dialogue.models.sheets import (
    NextStep,
    Participation,
    Sheet,
    SheetStatement,
    SheetVersion,
    Sitting,
    StatementAnswer,
)

__all__ = [
    "Agreement", "Card", "Deck", "DeckVersion", "Draw", "Facilitator", "Moderation", "NextStep", "Note", "Outcome",
    "Participation", "Room", "RoomCard", "RoomGroup", "Seat", "Sheet", "SheetStatement", "SheetVersion", "Sitting",
    "StatementAnswer",
]  # fmt: skip

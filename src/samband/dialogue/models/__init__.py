from samband.dialogue.models.decks import Card, Deck, DeckVersion
from samband.dialogue.models.outcomes import Outcome
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
    "Card", "Deck", "DeckVersion", "NextStep", "Outcome", "Participation", "Sheet", "SheetStatement", "SheetVersion", "Sitting",
    "StatementAnswer",
]  # fmt: skip

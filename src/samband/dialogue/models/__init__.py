from samband.dialogue.models.decks import Card, Deck, DeckVersion
from samband.dialogue.models.outcomes import Outcome

__all__ = ["Card", "Deck", "DeckVersion", "Outcome"]

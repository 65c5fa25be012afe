"""The decks that come with the product. Loading adds what is missing, and no more."""

from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction

from samband.core import clock
from samband.dialogue.models import Deck, DeckVersion
from samband.dialogue.rules.cards import DeckData, deck_problems
from samband.dialogue.rules.written import from_map
from samband.dialogue.services.decks_values import fill

FOLDER = Path(__file__).resolve().parents[1] / "data" / "decks"


def read(file: Path) -> DeckData:
    """One file. Raises ValidationError naming the file, the card and what is wrong."""
    deck, wrong = from_map(yaml.safe_load(file.read_text(encoding="utf-8")))
    wrong += deck_problems(deck)
    if wrong:
        first = wrong[0]
        raise ValidationError(f"{file.name}: {first.where} {first.field}: {first.code} {first.value}")
    return deck


@transaction.atomic
def load() -> int:
    """Add the decks that are not here, as version 1, published. What is here is never changed. How many were added."""
    added = 0
    for file in sorted(FOLDER.glob("*.yaml")):
        data = read(file)
        deck, new = Deck.objects.get_or_create(slug=file.stem, defaults=dict(data.names["sv"]))
        if new:
            version = DeckVersion.objects.create(
                deck=deck,
                number=1,
                status=DeckVersion.Status.PUBLISHED,
                author_name="Samband",
                published_at=clock.now(),
            )
            fill(version, data)
            added += 1
    return added

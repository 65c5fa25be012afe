"""Between the rows of a deck and its value (`rules.cards`): what is compared, exported and copied is the value."""

from samband.dialogue.models import Card, DeckVersion
from samband.dialogue.rules.cards import LANGUAGES, CardData, DeckData


def value(card: Card) -> CardData:
    return CardData(card.key, card.category, card.kind, card.prior, card.minutes, card.texts)


def standing(version: DeckVersion) -> list[Card]:
    """The cards of a version in their order, without those struck from the draft."""
    return [card for card in version.cards.all() if card.struck_at is None]


def of(version: DeckVersion) -> DeckData:
    """The version as a value."""
    names = version.words.get("names") or {"sv": {"name": version.deck.name, "about": version.deck.about}}
    cards = tuple(value(card) for card in standing(version))
    rows = [dict(row) for row in version.words.get("categories", [])]
    known = {row.get("sv") for row in rows}
    rows += [{"sv": name} for name in dict.fromkeys(card.category for card in cards) if name not in known]
    return DeckData(names, tuple(rows), cards)


def row(version: DeckVersion, card: CardData, order: int) -> Card:
    """The card as a row of this version, not saved."""
    return Card(
        version=version, key=card.key, category=card.category, kind=card.kind, prior=card.prior, minutes=card.minutes,
        texts=card.texts, order=order,
    )  # fmt: skip


def fill(version: DeckVersion, deck: DeckData) -> None:
    """Write a value into a version that has no cards. The caller holds the transaction."""
    version.words = {"names": deck.names, "categories": [dict(row) for row in deck.categories]}
    version.save(update_fields=["words"])
    rows = [row(version, card, place) for place, card in enumerate(deck.cards)]
    for each in rows:
        each.search = each.folded()
    Card.objects.bulk_create(rows)


def codes(version: DeckVersion) -> list[str]:
    """The languages that a deck is written in: Swedish and English always, then those chosen or found on a card."""
    found = {"sv", "en", *version.words.get("languages", [])}
    for card in version.cards.all():
        found |= set(card.texts)
    return [code for code in LANGUAGES if code in found]

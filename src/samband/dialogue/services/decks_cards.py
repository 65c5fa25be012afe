"""The cards of a draft: written, moved, struck and brought back. Each under the draft's lock, each in one transaction."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import clock
from samband.core.policy import Actor
from samband.dialogue.models import Card, DeckVersion
from samband.dialogue.rules.cards import CARDS, CardData, card_problems
from samband.dialogue.services import decks, decks_values
from samband.dialogue.services.decks_spoken import spoken


def new_key() -> str:
    return f"kort-{uuid4().hex[:8]}"


def put(actor: Actor, version: DeckVersion, card: CardData, lock: int) -> Card:
    """Add a card last in its category, or change the one with this key. What is wrong is told at its field."""
    wrong: dict[str, list[str]] = {}
    for problem in card_problems(card):
        wrong.setdefault(problem.field or "__all__", []).append(spoken(problem, at_field=True))
    if wrong:
        raise ValidationError(wrong)
    with transaction.atomic():
        decks.take(actor, version, lock, card=card.key)
        found = version.cards.filter(key=card.key).first()
        if found is None and version.cards.filter(struck_at__isnull=True).count() >= CARDS:
            raise ValidationError(_("Kortleken har redan %(n)d kort. Dela den i två.") % {"n": CARDS})
        row = found or Card(version=version, key=card.key, order=_last(version))
        row.category, row.kind, row.prior = card.category, card.kind, card.prior
        row.minutes, row.texts, row.struck_at = card.minutes, card.texts, None
        row.save()
        _with_category(version, card.category)
    return row


def _last(version: DeckVersion) -> int:
    return max((card.order for card in version.cards.all()), default=-1) + 1


def _with_category(version: DeckVersion, name: str) -> None:
    """A category that a card names for the first time stands last."""
    rows = version.words.get("categories", [])
    if name not in {row.get("sv") for row in rows}:
        version.words = {**version.words, "categories": [*rows, {"sv": name}]}
        version.save(update_fields=["words"])


def strike(actor: Actor, version: DeckVersion, key: str, on: bool, lock: int) -> None:
    """Take a card out of the draft, or bring it back to where it stood."""
    with transaction.atomic():
        decks.take(actor, version, lock, struck=key if on else "", back="" if on else key)
        version.cards.filter(key=key).update(struck_at=clock.now() if on else None)


def move(actor: Actor, version: DeckVersion, key: str, step: int, lock: int) -> None:
    """One place up (-1) or down (1) among the cards of its category; at the end it stays."""
    with transaction.atomic():
        decks.take(actor, version, lock, moved=key)
        cards = decks_values.standing(version)
        found = next((card for card in cards if card.key == key), None)
        if found is None:
            return
        beside = [card for card in cards if card.category == found.category]
        place = beside.index(found) + step
        if not 0 <= place < len(beside):
            return
        other = beside[place]
        cards[cards.index(found)], cards[cards.index(other)] = other, found
        for order, card in enumerate(cards):
            card.order = order
        Card.objects.bulk_update(cards, ["order"])

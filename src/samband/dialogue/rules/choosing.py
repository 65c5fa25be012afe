"""Which cards lie in the room: by category, kind, number, time and prior knowledge, fairly over the categories. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Offer:
    """A card as the choice sees it. `minutes`: how long it is meant to take."""

    key: int
    category: str
    kind: str = "question"
    minutes: int = 10
    prior: bool = False


@dataclass(frozen=True)
class Wish:
    """At most `number` cards of these categories and kinds, together within `minutes` (0: any time); `prior`: F-cards too."""

    number: int
    minutes: int = 0
    prior: bool = True
    categories: Collection[str] = ()
    kinds: Collection[str] = ()


def fits(offer: Offer, wish: Wish) -> bool:
    return (
        (not wish.categories or offer.category in wish.categories)
        and (not wish.kinds or offer.kind in wish.kinds)
        and (wish.prior or not offer.prior)
    )


def choose(offers: Sequence[Offer], wish: Wish, chance: Random) -> list[int]:
    """Keys in the order of drawing: one of each category in turn, by chance within it, while number and time last."""
    piles: dict[str, list[Offer]] = {}
    for offer in offers:
        if fits(offer, wish):
            piles.setdefault(offer.category, []).append(offer)
    for pile in piles.values():
        chance.shuffle(pile)
    order = list(piles.values())
    chance.shuffle(order)
    found: list[int] = []
    left = wish.minutes or 10**6
    while len(found) < wish.number and any(order):
        for pile in order:
            if not pile or len(found) >= wish.number:
                continue
            offer = pile.pop()
            if offer.minutes <= left:
                left -= offer.minutes
                found.append(offer.key)
    return found

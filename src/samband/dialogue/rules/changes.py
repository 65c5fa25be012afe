"""What differs between two versions of a deck. Pure."""

from dataclasses import dataclass
from typing import Any

from samband.dialogue.rules.cards import CardData, DeckData

PLAIN = ("category", "kind", "prior", "minutes")


@dataclass(frozen=True)
class Change:
    """`kind`: new, changed, gone or moved; `fields`: what stood there and what stands there now, by the field's name."""

    kind: str
    card: CardData
    fields: tuple[tuple[str, Any, Any], ...] = ()


def compare(old: DeckData, new: DeckData) -> list[Change]:
    """Card by card, by their keys: first as they stand now, then those that are gone; last one line if the order is another."""
    before = {card.key: card for card in old.cards}
    now = {card.key: card for card in new.cards}
    found = []
    for key, card in now.items():
        if key not in before:
            found.append(Change("new", card))
        elif fields := differing(before[key], card):
            found.append(Change("changed", card, fields))
    found += [Change("gone", card) for key, card in before.items() if key not in now]
    kept_before = [key for key in before if key in now]
    kept_now = [key for key in now if key in before]
    if kept_before != kept_now:
        first = next(mine for mine, theirs in zip(kept_now, kept_before, strict=True) if mine != theirs)
        found.append(Change("moved", now[first]))
    return found


def differing(old: CardData, new: CardData) -> tuple[tuple[str, Any, Any], ...]:
    """The fields of a card that differ; texts as `front_sv`, `prompts_sv`, `back_sv`."""
    rows = [(name, getattr(old, name), getattr(new, name)) for name in PLAIN]
    for code in dict.fromkeys([*old.texts, *new.texts]):
        was, is_ = old.texts.get(code, {}), new.texts.get(code, {})
        rows += [(f"{part}_{code}", was.get(part) or "", is_.get(part) or "") for part in ("front", "prompts", "back")]
    return tuple((name, was, is_) for name, was, is_ in rows if was != is_)


def same(old: DeckData, new: DeckData) -> bool:
    """Whether the two say the same: names, categories and cards, in the same order."""
    return old == new

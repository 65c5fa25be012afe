"""A deck between its value and the plain maps of YAML and JSON. Pure. What is not understood is told, never guessed."""

from collections.abc import Iterable, Iterator
from typing import Any

from samband.dialogue.rules.cards import FORMAT, LANGUAGES, CardData, DeckData, Problem, blank, line, said

CARD = frozenset({"key", "category", "kind", "prior", "minutes"})
DECK = frozenset({"format", "name", "about", "categories", "cards"})
SIDE = frozenset({"front", "prompts", "back"})


def from_map(data: Any) -> tuple[DeckData, list[Problem]]:
    """The deck, and what could not be read of it (an unknown field, a wrong shape), each with its card and field."""
    if not isinstance(data, dict) or not isinstance(data.get("cards"), list):
        return DeckData(), [Problem("shape")]
    wrong: list[Problem] = []
    if data.get("format") != FORMAT:
        wrong.append(Problem("format", "", "format", str(data.get("format"))[:60]))
    names = {"sv": {"name": line(data.get("name")), "about": line(data.get("about"))}}
    for code, value in data.items():
        if code in DECK:
            continue
        if code not in LANGUAGES or not isinstance(value, dict):
            wrong.append(Problem("unknown", "", str(code)[:40]))
        else:
            names[code] = {"name": line(value.get("name")), "about": line(value.get("about"))}
    cards = []
    for number, row in enumerate(data["cards"], 1):
        card, bad = _card(row, number)
        wrong += bad
        if card is not None:
            cards.append(card)
    return DeckData(names, tuple(_categories(data.get("categories"), cards)), tuple(cards)), wrong


def _card(row: Any, number: int) -> tuple[CardData | None, list[Problem]]:
    if not isinstance(row, dict):
        return None, [Problem("shape", str(number))]
    where = str(row.get("key") or number)[:60]
    wrong, texts = [], {}
    for code, side in row.items():
        if code in CARD:
            continue
        if code not in LANGUAGES:
            wrong.append(Problem("unknown", where, str(code)[:40]))
        elif not isinstance(side, dict) or set(side) - SIDE or not isinstance(side.get("prompts", []), list):
            wrong.append(Problem("side", where, code))
        else:
            texts[code] = said(side.get("front"), side.get("prompts", []), side.get("back"))
    minutes, prior = row.get("minutes", 10), row.get("prior", False)
    if isinstance(minutes, bool) or not isinstance(minutes, int):
        wrong.append(Problem("minutes", where, "minutes", str(minutes)[:20], 120))
        minutes = 10
    if not isinstance(prior, bool):
        wrong.append(Problem("flag", where, "prior", str(prior)[:20]))
    card = CardData(line(row.get("key")), line(row.get("category")), line(row.get("kind", "question")), prior is True, minutes,
                    {code: side for code, side in texts.items() if not blank(side)})  # fmt: skip
    return card, wrong


def _categories(rows: Any, cards: list[CardData]) -> Iterator[dict[str, str]]:
    """Those named, in their order; then those that only the cards name."""
    known = set()
    for row in rows if isinstance(rows, list) else []:
        named = {code: line(text) for code, text in row.items() if code in LANGUAGES} if isinstance(row, dict) else {}
        if named.get("sv") and named["sv"] not in known:
            known.add(named["sv"])
            yield {code: text for code, text in named.items() if text}
    for card in cards:
        if card.category and card.category not in known:
            known.add(card.category)
            yield {"sv": card.category}


def to_map(deck: DeckData) -> dict[str, Any]:
    """The same the other way: `from_map(to_map(deck))` is the deck. Languages stand in one order, whatever the database kept."""
    own = deck.names.get("sv", {})
    others = {
        code: _in(deck.names[code], ("name", "about")) for code in LANGUAGES if code in deck.names and code != "sv"
    }
    return {
        "format": FORMAT,
        "name": own.get("name", ""),
        "about": own.get("about", ""),
        **others,
        "categories": [_in(row, LANGUAGES) for row in deck.categories],
        "cards": [
            {
                "key": c.key, "category": c.category, "kind": c.kind, "prior": c.prior, "minutes": c.minutes,
                **{code: _in(c.texts[code], ("front", "prompts", "back")) for code in LANGUAGES if code in c.texts},
            }
            for c in deck.cards
        ],
    }  # fmt: skip


def _in(row: dict[str, Any], order: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in order if name in row}

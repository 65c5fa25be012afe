"""What a deck and a card may hold, and what is wrong with one. Pure; sentences are put together by `services.spoken`.

A deck as it is written in files (YAML, JSON): `format, name, about, categories: [{sv, en}], cards: […]`, and for each further
language `{name, about}` under its code. A card: `key, category, kind, prior, minutes` and its texts under each code:
`{front, prompts: […], back}`. Lengths count characters. Source: issue 7, learning.md ("Dialogue in a room").
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

FORMAT = "samband-deck/1"
KINDS = ("question", "story", "blank")
# The languages a card may be written in, by their own names: Swedish, English, national minorities', and common in care.
LANGUAGES = {
    "sv": "Svenska", "en": "English", "fi": "suomi", "fit": "meänkieli", "se": "davvisámegiella", "smj": "julevsámegiella",
    "sma": "åarjelsaemiengïele", "rom": "romani", "yi": "ייִדיש", "ar": "العربية", "fa": "فارسی", "so": "soomaali",
    "ti": "ትግርኛ", "uk": "українська", "pl": "polski", "bs": "bosanski", "es": "español", "de": "Deutsch", "fr": "français",
}  # fmt: skip
FROM_RIGHT = frozenset({"ar", "fa", "yi"})

FRONT, BACK, PROMPT, PROMPTS, NAME, ABOUT, CATEGORY, MINUTES, CARDS = 900, 300, 200, 6, 120, 300, 80, 120, 300
LANGUAGES_MOST = 6
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
MARKS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

Texts = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class CardData:
    """A card as a value. `texts`: `{"sv": {"front": str, "prompts": [str], "back": str}, …}`; `minutes` to talk about it."""

    key: str
    category: str
    kind: str = "question"
    prior: bool = False
    minutes: int = 10
    texts: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class DeckData:
    """A whole deck. `names`: `{"sv": {"name", "about"}, …}`; `categories`: `{"sv": …, "en": …}` each, in their order."""

    names: Texts = field(default_factory=dict)
    categories: tuple[dict[str, str], ...] = ()
    cards: tuple[CardData, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What is wrong: `code` says what, `where` the row or card, `field` which of its fields, `value` what stood there."""

    code: str
    where: str = ""
    field: str = ""
    value: str = ""
    most: int = 0


def tidy(text: Any) -> str:
    """A text as it is kept: no control characters, one kind of line break, no blank at the ends."""
    plain = str("" if text is None else text).replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    return "\n".join(line.rstrip() for line in MARKS.sub("", plain).replace("\t", " ").split("\n")).strip()


def line(text: Any) -> str:
    """A text that stands on one line."""
    return " ".join(tidy(text).split())


def said(front: Any = "", prompts: Iterable[Any] = (), back: Any = "") -> dict[str, Any]:
    """One language's side of a card, tidied; prompts that say nothing are left out."""
    return {"front": tidy(front), "prompts": [row for row in map(line, prompts) if row], "back": tidy(back)}


def blank(texts: dict[str, Any]) -> bool:
    return not (texts.get("front") or texts.get("prompts") or texts.get("back"))


def card_problems(card: CardData, where: str = "") -> Iterator[Problem]:
    """Everything that keeps a card from being used, field by field."""
    if not KEY.fullmatch(card.key):
        yield Problem("key", where, "key", card.key[:60])
    if card.kind not in KINDS:
        yield Problem("kind", where, "kind", card.kind[:60])
    if not card.category:
        yield Problem("empty", where, "category")
    if len(card.category) > CATEGORY:
        yield Problem("long", where, "category", str(len(card.category)), CATEGORY)
    if not 1 <= card.minutes <= MINUTES:
        yield Problem("minutes", where, "minutes", str(card.minutes), MINUTES)
    if not card.texts and card.kind != "blank":
        yield Problem("empty", where, "front_sv")
    if len(card.texts) > LANGUAGES_MOST:
        yield Problem("languages", where, "texts", str(len(card.texts)), LANGUAGES_MOST)
    for language, texts in card.texts.items():
        yield from _text_problems(card.kind, language, texts, where)


def _text_problems(kind: str, language: str, texts: dict[str, Any], where: str) -> Iterator[Problem]:
    if language not in LANGUAGES:
        yield Problem("language", where, language[:20], language[:20])
        return
    front, prompts, back = texts["front"], texts["prompts"], texts["back"]
    if not front and kind != "blank":
        yield Problem("empty", where, f"front_{language}")
    if len(front) > FRONT:
        yield Problem("long", where, f"front_{language}", str(len(front)), FRONT)
    if len(back) > BACK:
        yield Problem("long", where, f"back_{language}", str(len(back)), BACK)
    if len(prompts) > PROMPTS:
        yield Problem("many", where, f"prompts_{language}", str(len(prompts)), PROMPTS)
    longest = max(map(len, prompts), default=0)
    if longest > PROMPT:
        yield Problem("long", where, f"prompts_{language}", str(longest), PROMPT)


def deck_problems(deck: DeckData) -> list[Problem]:
    """Everything that is wrong with a whole deck; `where` is the card's key."""
    found: list[Problem] = []
    if not deck.names.get("sv", {}).get("name"):
        found.append(Problem("empty", "", "name"))
    for language, names in deck.names.items():
        if language not in LANGUAGES:
            found.append(Problem("language", "", language[:20], language[:20]))
        found += [Problem("long", "", part, str(len(names.get(part, ""))), most) for part, most in (("name", NAME), ("about", ABOUT))
                  if len(names.get(part, "")) > most]  # fmt: skip
    if len(deck.cards) > CARDS:
        found.append(Problem("cards", "", "cards", str(len(deck.cards)), CARDS))
    known: set[str] = set()
    for card in deck.cards:
        found += card_problems(card, card.key)
        if card.key in known:
            found.append(Problem("twice", card.key, "key", card.key))
        known.add(card.key)
    return found


def missing(card: CardData, language: str) -> list[str]:
    """Which parts this language lacks that another has: the card is told as not wholly translated."""
    own = card.texts.get(language, {})
    others = [texts for code, texts in card.texts.items() if code != language]
    lacking = [part for part in ("front", "back") if not own.get(part) and any(texts.get(part) for texts in others)]
    most = max((len(texts.get("prompts", [])) for texts in others), default=0)
    return [*lacking, *(["prompts"] if len(own.get("prompts", [])) < most else [])]


def languages(cards: Iterable[CardData]) -> list[str]:
    """The languages that any card is written in: Swedish and English first, then as `LANGUAGES` lists them."""
    there = {code for card in cards for code, texts in card.texts.items() if not blank(texts)}
    return [code for code in LANGUAGES if code in there]

"""A deck as a file: CSV for spreadsheets, JSON for everything. Pure. What comes out can be read in again. Sizes are in bytes."""

import json

from samband.dialogue.rules.cards import DeckData, Problem, deck_problems
from samband.dialogue.rules.deckcsv import BadFile, bare, from_csv, guarded, to_csv
from samband.dialogue.rules.written import from_map, to_map

__all__ = ["BadFile", "bare", "decoded", "from_csv", "from_json", "guarded", "read", "to_csv", "to_json"]
MOST_BYTES = 1_000_000


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8 (with or without a mark), UTF-16 with a mark, or else Windows' Latin-1."""
    if len(content) > MOST_BYTES:
        raise BadFile("big")
    try:
        marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise BadFile("letters") from error
    if "\x00" in text:
        raise BadFile("letters")
    if not text.strip():
        raise BadFile("empty")
    return text


def read(content: bytes, name: str = "") -> tuple[DeckData, list[Problem]]:
    """The deck of a file and all that is wrong with it. `name`: what a deck from a CSV is called. Raises BadFile."""
    text = decoded(content)
    return from_json(text) if text.lstrip().startswith(("{", "[")) else from_csv(text, name)


def from_json(text: str) -> tuple[DeckData, list[Problem]]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadFile("json", str(error.lineno)) from error
    except (RecursionError, ValueError) as error:
        raise BadFile("json", "1") from error
    deck, wrong = from_map(data)
    if not deck.cards and not wrong:
        raise BadFile("empty")
    return deck, [*wrong, *deck_problems(deck)] if deck.names else wrong


def to_json(deck: DeckData) -> str:
    return json.dumps(to_map(deck), ensure_ascii=False, indent=2) + "\n"

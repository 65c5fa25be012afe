"""Cards as rows of a spreadsheet, out and in again. Pure. A cell that would be run gets an apostrophe, which reading takes away."""

import csv
import io
import re
from typing import Any

from samband.dialogue.rules.cards import CARDS, LANGUAGES, CardData, DeckData, Problem, blank, card_problems, line, said

MOST_ROWS = 1000
RUNS = re.compile(r"'*[\s\u00a0]*[=+\-@]|'*[\t\r\n]")
HEADS = {
    "key": ("nyckel", "key"), "kind": ("slag", "kind"), "category": ("kategori", "category"),
    "prior": ("förkunskaper", "prior"), "minutes": ("minuter", "minutes"),
    "front": ("framsida", "front"), "prompts": ("följdfrågor", "prompts"), "back": ("baksida", "back"),
}  # fmt: skip
NAMES = {name: field for field, names in HEADS.items() for name in names}
BY_LANGUAGE = ("front", "prompts", "back")
KIND_WORDS = {
    "fråga": "question",
    "berättelse": "story",
    "tomt": "blank",
    "question": "question",
    "story": "story",
    "blank": "blank",
}
KIND_OUT = {"question": "fråga", "story": "berättelse", "blank": "tomt"}
YES, NO = frozenset({"ja", "f", "x", "1", "yes", "true"}), frozenset({"", "nej", "0", "no", "false"})


class BadFile(ValueError):
    """The file as a whole cannot be read. `code` says why, `value` what stood there."""

    def __init__(self, code: str, value: str = ""):
        super().__init__(code)
        self.code, self.value = code, value


def guarded(cell: str) -> str:
    """A cell that a spreadsheet shows and never runs."""
    return f"'{cell}" if RUNS.match(cell) else cell


def bare(cell: str) -> str:
    """The cell again, without the apostrophe that `guarded` gave it."""
    return cell[1:] if cell.startswith("'") and RUNS.match(cell) else cell


def to_csv(deck: DeckData) -> str:
    """One card a row; the texts of each language in columns of their own. Follow-up questions stand on a line each in their cell."""
    codes = [
        code
        for code in LANGUAGES
        if any(code in c.texts for c in deck.cards) or any(code in row for row in deck.categories)
    ]
    others = [code for code in codes if code != "sv" and any(row.get(code) for row in deck.categories)]
    names = {row["sv"]: row for row in deck.categories}
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";", lineterminator="\r\n")
    heads = ["nyckel", "slag", "kategori", *(f"kategori_{code}" for code in others), "förkunskaper", "minuter"]
    sheet.writerow(heads + [f"{HEADS[part][0]}_{code}" for code in codes for part in BY_LANGUAGE])
    for card in deck.cards:
        cells = [card.key, KIND_OUT.get(card.kind, card.kind), card.category]
        cells += [names.get(card.category, {}).get(code, "") for code in others]
        cells += ["ja" if card.prior else "", str(card.minutes)]
        for code in codes:
            texts = card.texts.get(code, said())
            cells += [texts["front"], "\n".join(texts["prompts"]), texts["back"]]
        sheet.writerow([guarded(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def from_csv(text: str, name: str = "") -> tuple[DeckData, list[Problem]]:
    """Semicolon, comma or tab, as the first row has most of. `where` of a problem is the row, counted as a spreadsheet does."""
    first = text.lstrip().split("\n", 1)[0]
    try:
        lines = list(csv.reader(io.StringIO(text.lstrip()), delimiter=max(";\t,", key=first.count), strict=True))
    except csv.Error as error:
        raise BadFile("quotes") from error
    if len(lines) > MOST_ROWS + 1:
        raise BadFile("many", str(MOST_ROWS))
    heads, wrong = _heads(lines[0])
    cards: list[CardData] = []
    categories: dict[str, dict[str, str]] = {}
    rows: dict[str, int] = {}
    for number, cells in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(heads) and any(cell.strip() for cell in cells[len(heads) :]):
            wrong.append(Problem("width", str(number), "", str(len(cells)), len(heads)))
        values = {head: bare(cell) for head, cell in zip(heads, cells, strict=False) if head}
        card, bad = _row(values, str(number))
        wrong += [*bad, *card_problems(card, str(number))]
        if card.key in rows:
            wrong.append(Problem("twice", str(number), "key", card.key, rows[card.key]))
        rows.setdefault(card.key, number)
        cards.append(card)
        named = {code: line(values.get(f"category_{code}")) for code in LANGUAGES if values.get(f"category_{code}")}
        if card.category:
            categories[card.category] = {"sv": card.category, **categories.get(card.category, {}), **named}
    if not cards:
        raise BadFile("empty")
    if len(cards) > CARDS:
        wrong.append(Problem("cards", "", "", str(len(cards)), CARDS))
    return DeckData({"sv": {"name": line(name), "about": ""}}, tuple(categories.values()), tuple(cards)), wrong


def _heads(cells: list[str]) -> tuple[list[str], list[Problem]]:
    """Each column's field (`front_sv`), or nothing for one that is not known; raises BadFile where a needed one is missing."""
    fields, wrong = [], []
    for cell in cells:
        word, _mark, code = cell.strip().lower().partition("_")
        field = NAMES.get(word, "")
        if field in BY_LANGUAGE:
            code = code or "sv"
        if not field or (code and (field not in (*BY_LANGUAGE, "category") or code not in LANGUAGES)):
            if cell.strip():
                known_word = field in (*BY_LANGUAGE, "category")
                wrong.append(
                    Problem(
                        "language" if known_word else "column", "1", cell.strip()[:40], code[:20] or cell.strip()[:40]
                    )
                )
            fields.append("")
            continue
        field = f"{field}_{code}" if code else field
        if field in fields:
            wrong.append(Problem("column_twice", "1", cell.strip()[:40], cell.strip()[:40]))
        fields.append(field)
    for needed in ("key", "category"):
        if needed not in fields:
            raise BadFile("heads", HEADS[needed][0])
    if not any(field.startswith("front_") for field in fields):
        raise BadFile("heads", "framsida_sv")
    return fields, wrong


def _row(values: dict[str, Any], where: str) -> tuple[CardData, list[Problem]]:
    wrong = []
    kind = line(values.get("kind", "")).lower() or "question"
    prior = line(values.get("prior", "")).lower()
    if prior not in YES | NO:
        wrong.append(Problem("flag", where, "prior", prior[:20]))
    minutes = line(values.get("minutes", "")) or "10"
    if not (minutes.isascii() and minutes.isdigit() and len(minutes) < 6):
        wrong.append(Problem("minutes", where, "minutes", minutes[:20], 120))
        minutes = "10"
    texts = {}
    for code in LANGUAGES:
        side = said(
            values.get(f"front_{code}"),
            str(values.get(f"prompts_{code}") or "").splitlines(),
            values.get(f"back_{code}"),
        )
        if not blank(side):
            texts[code] = side
    return CardData(
        line(values.get("key")),
        line(values.get("category")),
        KIND_WORDS.get(kind, kind),
        prior in YES,
        int(minutes),
        texts,
    ), wrong

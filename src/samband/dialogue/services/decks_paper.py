"""Cards on paper as PDF/UA-1: instructions, then six to a page with their backs. Typst runs in the process (docs/decisions/0010)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from samband.core import clock, paper, text
from samband.dialogue.models import Card, DeckVersion
from samband.dialogue.rules.cards import FROM_RIGHT

HOME = Path(__file__).resolve().parent.parent / "data" / "paper"
PIECE = 220  # characters: what may stand undivided when a text goes on upon a next card
SENTENCE = re.compile(r"(?<=[.?!:;])\s+")


def pdf(version: DeckVersion, cards: list[Card], language: str) -> bytes:
    """The cards in one language, in their order. Raises when a tag that the standard asks for is missing."""
    with override("en" if language == "en" else "sv"):
        said = content(version, cards, language)
    return paper.typeset(HOME / "cards.typ", said)


def content(version: DeckVersion, cards: list[Card], language: str) -> dict[str, Any]:
    """Everything the sheets say. A card that is missing in the language is set in one that it has."""
    every = list(
        dict.fromkeys([row.get("sv", "") for row in version.words.get("categories", [])] + [c.category for c in cards])
    )
    tones = {name: place for place, name in enumerate(every)}
    name = version.name(language)
    order = sorted(cards, key=lambda card: tones[card.category])
    return {
        "lang": "en" if language == "en" else "sv", "name": paper.fitted(name), "about": paper.fitted(version.about(language)),
        "title": _("%(name)s: dialogkort") % {"name": name},
        "printed": _("Utskrivet %(day)s ur Samband") % {"day": text.short_date(clock.today())},
        "words": words(), "how": how(), "good": good(), "cut": cut(),
        "categories": [
            {"name": paper.fitted(version.category(c, language)), "tone": tones[c], "count": sum(k.category == c for k in cards)}
            for c in every if any(k.category == c for k in cards)
        ],
        "cards": [one(version, card, language, tones[card.category], n, len(order)) for n, card in enumerate(order, 1)],
    }  # fmt: skip


def one(version: DeckVersion, card: Card, language: str, tone: int, number: int, of: int) -> dict[str, Any]:
    shown_in = language if card.texts.get(language) else "sv" if card.texts.get("sv") else next(iter(card.texts), "sv")
    side = card.said(shown_in)
    items = [{"kind": "front", **piece} for piece in pieces(side.get("front", ""))]
    items += [{"kind": "prompt", "text": paper.fitted(row), "starts": True} for row in side.get("prompts", [])]
    return {
        "category": paper.fitted(version.category(card.category, language)), "tone": tone, "kind": card.kind, "prior": card.prior,
        "minutes": _("%(n)d min") % {"n": card.minutes}, "lang": shown_in, "rtl": shown_in in FROM_RIGHT, "items": items,
        "back": paper.fitted(side.get("back", "")), "number": _("Kort %(n)d av %(of)d") % {"n": number, "of": of},
    }  # fmt: skip


def pieces(front: str) -> Iterator[dict[str, Any]]:
    """A text in pieces of at most `PIECE` characters: sentences where it has any, else words. `starts`: a new paragraph."""
    for paragraph in filter(None, (row.strip() for row in front.split("\n"))):
        starts = True
        for sentence in SENTENCE.split(paper.fitted(paragraph)):
            for part in _cut(sentence):
                yield {"text": part, "starts": starts}
                starts = False


def _cut(sentence: str) -> Iterator[str]:
    while len(sentence) > PIECE:
        at = max(sentence.rfind(mark, 1, PIECE) for mark in (" ", paper.JOINT))
        at = at if at > 0 else PIECE
        yield sentence[:at].rstrip()
        sentence = sentence[at:].lstrip(" " + paper.JOINT)
    if sentence:
        yield sentence


def words() -> dict[str, str]:
    return {
        "how": _("Gör så här"), "good": _("Bra att tänka på"), "cut": _("Skriv ut och klipp"), "signs": _("Vad tecknen betyder"),
        "category": _("Kategori"), "cards": _("Kort"), "part": _("del"), "continued": _("fortsättning"),
        "continues": _("fortsätter på nästa kort"),
        "prior": _("Kortet blir lättare att tala om för den som har hört lite om nära vård förut. Det går bra att dra det ändå."),
    }  # fmt: skip


def how() -> list[str]:
    return [
        _("Bestäm hur länge ni har och välj kort efter det. Minuterna står uppe till höger på varje kort."),
        _("Dela er i grupper om tre till fem. Blanda gärna yrken, enheter och huvudmän."),
        _("Varje grupp drar ett kort och läser det högt. Tänk tyst en minut innan någon svarar."),
        _("Tala om kortet. Någon skriver upp det ni är överens om, det ni ser olika på och det ni vill pröva."),
        _("Samlas och berätta en sak var från gruppen. Låt samtalet fortsätta där det bränner."),
        _("Skriv upp vad ni gör mer av, vad ni gör mindre av, vem som tar nästa steg och när."),
    ]


def good() -> list[str]:
    return [
        _("Berättelserna är om påhittade personer. Tala inte om verkliga personer så att någon kan känna igen dem."),
        _("Vänd berättelsen när ni har läst den. Börja med frågan på baksidan, ur personens egen synvinkel."),
        _("På det tomma kortet skriver ni en egen berättelse, eller en fråga som ni saknar i leken."),
        _("Det finns inga rätta svar. Den som är tyst kan ha sett mest."),
    ]


def cut() -> list[str]:
    return [
        _("Skriv ut på A4 i verklig storlek (100 %), dubbelsidigt, och vänd på långsidan."),
        _("Ta gärna ett kraftigare papper, 160 gram eller mer."),
        _("Prova med ett ark först: baksidan ska ligga mitt för framsidan."),
        _("Klipp längs de streckade linjerna. De finns bara på framsidorna."),
    ]

"""A deck as a page shows it: cards by category in one language, what is missing in it, and the list of decks with its filters."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language

from samband.core.text import fold, sort_key
from samband.dialogue.models import Card, Deck, DeckVersion
from samband.dialogue.rules.cards import FROM_RIGHT, LANGUAGES, languages, missing
from samband.dialogue.services import decks_values
from samband.dialogue.services.decks_spoken import lacking, language_name

Status = DeckVersion.Status
WORDS = 8


@dataclass(frozen=True)
class Ask:
    """What the list, or a deck's page, is narrowed to."""

    words: str = ""
    language: str = ""
    category: str = ""
    prior: str = ""  # "1": only those with the F-mark, "0": only those without
    kind: str = ""

    def narrows(self) -> bool:
        return bool(self.words or self.language or self.category or self.prior)

    def cards(self, rows: QuerySet) -> QuerySet:
        """The cards that are asked for, in the query. Words are whole or the beginning of one."""
        for word in fold(self.words).split()[:WORDS]:
            rows = rows.filter(search__contains=f" {word}")
        if self.language in LANGUAGES:
            rows = rows.filter(texts__has_key=self.language)
        if self.category:
            rows = rows.filter(category=self.category)
        if self.prior in ("0", "1"):
            rows = rows.filter(prior=self.prior == "1")
        return rows.filter(kind=self.kind) if self.kind in Card.Kind.values else rows


def chosen(language: str, there: list[str]) -> str:
    """The language to show: the one asked for, else the reader's own, else Swedish, else what there is."""
    own = (get_language() or "sv")[:2]
    return next((code for code in (language, own, "sv", *there) if code in there), "sv")


def listed(rows: QuerySet, ask: Ask) -> QuerySet:
    """Decks with the id of the version in use, narrowed to those with a card that fits, or a name that does."""
    newest = DeckVersion.objects.filter(deck=OuterRef("pk"), status=Status.PUBLISHED).order_by("-number")
    rows = rows.annotate(
        current=Subquery(newest.values("pk")[:1]), published=Subquery(newest.values("published_at")[:1])
    )
    if not ask.narrows():
        return rows
    fits = Q(Exists(ask.cards(Card.objects.filter(version=OuterRef("current")))))
    only_words = ask.words and not (ask.language or ask.category or ask.prior)
    return rows.filter(fits | Q(sort_name__contains=sort_key(ask.words))) if only_words else rows.filter(fits)


def summaries(decks: list[Deck], ask: Ask) -> list[dict[str, Any]]:
    """What the list says of each deck: counts, languages, its draft, and how many cards fit what was asked."""
    versions = {
        v.deck_id: v
        for v in DeckVersion.objects.filter(pk__in=[getattr(deck, "current", None) for deck in decks]).select_related(
            "deck"
        )
    }
    drafts = set(DeckVersion.objects.filter(deck__in=decks, status=Status.DRAFT).values_list("deck_id", flat=True))
    cards: dict[int, list[Card]] = {}
    for card in Card.objects.filter(version__in=versions.values()).defer("search"):
        cards.setdefault(card.version_id, []).append(card)
    fitting: dict[int, int] = {}
    if ask.narrows():
        for pk in ask.cards(Card.objects.filter(version__in=versions.values())).values_list("version_id", flat=True):
            fitting[pk] = fitting.get(pk, 0) + 1
    own = (get_language() or "sv")[:2]
    found = []
    for deck in decks:
        version = versions.get(deck.pk)
        there = cards.get(version.pk, []) if version else []
        found.append({
            "deck": deck, "version": version, "draft": deck.pk in drafts, "cards": len(there),
            "name": version.name(own) if version else deck.name, "about": version.about(own) if version else deck.about,
            "prior": sum(card.prior for card in there), "stories": sum(card.kind != Card.Kind.QUESTION for card in there),
            "languages": ", ".join(language_name(code) for code in languages(map(decks_values.value, there))),
            "fitting": fitting.get(version.pk, 0) if version else 0,
        })  # fmt: skip
    return found


def categories_in_use() -> list[str]:
    """The categories of the decks in use, in Swedish order."""
    names = Card.objects.filter(version__status=Status.PUBLISHED, version__deck__retired_at__isnull=True)
    return sorted(set(names.order_by().values_list("category", flat=True).distinct()), key=sort_key)


def face(card: Card, language: str) -> dict[str, Any]:
    """One card in one language; where that is missing it says so, and shows what there is."""
    shown_in = language if card.texts.get(language) else "sv" if card.texts.get("sv") else next(iter(card.texts), "sv")
    side = card.said(shown_in)
    return {
        "card": card, "key": card.key, "front": side.get("front", ""), "prompts": side.get("prompts", []),
        "back": side.get("back", ""), "lang": shown_in, "dir": "rtl" if shown_in in FROM_RIGHT else "ltr",
        "blank": card.kind == Card.Kind.BLANK, "lacks": lacking(decks_values.value(card), language),
    }  # fmt: skip


def groups(version: DeckVersion, cards: list[Card], language: str) -> list[dict[str, Any]]:
    """The cards by category, in the categories' order; one without cards is not shown."""
    order = [row.get("sv", "") for row in version.words.get("categories", [])]
    names = dict.fromkeys([*order, *(card.category for card in cards)])
    rows = [
        {
            "sv": name,
            "name": version.category(name, language),
            "cards": [face(card, language) for card in cards if card.category == name],
        }
        for name in names
    ]
    return [row for row in rows if row["cards"]]


def untranslated(version: DeckVersion, language: str) -> int:
    """How many cards lack something in this language."""
    return sum(bool(missing(decks_values.value(card), language)) for card in decks_values.standing(version))

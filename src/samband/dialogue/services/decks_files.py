"""A deck in from a file: tried first, told row by row, then all of it or nothing."""

from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samband.core import clock
from samband.core.policy import Actor
from samband.dialogue.models import DeckVersion
from samband.dialogue.rules import deckfiles
from samband.dialogue.rules.cards import CARDS, DeckData
from samband.dialogue.rules.changes import Change, compare
from samband.dialogue.services import decks, decks_values
from samband.dialogue.services.decks_spoken import spoken

SHOWN = 60


@dataclass
class Trial:
    """What a file would do. `wrong` counts problems, of which `lines` tells the first; nothing is read in while there are any."""

    data: DeckData
    wrong: int = 0
    lines: list[dict[str, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def trial(content: bytes, name: str = "", version: DeckVersion | None = None, whole: bool = False) -> Trial:
    """Read a file and keep nothing. `version`: the draft it would go into. Raises deckfiles.BadFile for an unreadable file."""
    data, wrong = deckfiles.read(content, name)
    if version is not None:
        wrong = [problem for problem in wrong if problem.where or problem.field not in ("name", "about")]
    lines = [{"where": problem.where, "said": spoken(problem)} for problem in sorted(wrong, key=_place)[:SHOWN]]
    if wrong:
        return Trial(data, len(wrong), lines)
    base = decks_values.of(version) if version is not None else DeckData()
    return Trial(data, 0, [], compare(base, joined(base, data, whole) if version is not None else data))


def _place(problem: object) -> int:
    where = getattr(problem, "where", "")
    return int(where) if where.isdigit() else 0


def joined(base: DeckData, data: DeckData, whole: bool) -> DeckData:
    """The draft with the cards of the file: the same key is written over, a new one comes last; `whole`: the rest is struck."""
    new = {card.key: card for card in data.cards}
    kept = [new.get(card.key, card) for card in base.cards if not whole or card.key in new]
    there = {card.key for card in base.cards}
    cards = tuple(kept + [card for card in data.cards if card.key not in there])
    rows = {row["sv"]: dict(row) for row in base.categories}
    for row in data.categories:
        rows[row["sv"]] = {**rows.get(row["sv"], {}), **row}
    return replace(base, cards=data.cards if whole else cards, categories=tuple(rows.values()))


def read_new(actor: Actor, found: Trial) -> DeckVersion:
    """A new deck from the file, as a draft."""
    _sound(found)
    return decks.create(actor, found.data, imported=len(found.data.cards))


def read_into(actor: Actor, version: DeckVersion, found: Trial, whole: bool, lock: int) -> int:
    """The file into the draft. How many cards differ afterwards; a card that goes is struck and can be brought back."""
    _sound(found)
    data = joined(decks_values.of(version), found.data, whole)
    if len(data.cards) > CARDS:
        raise ValidationError(
            _("Kortleken skulle få %(n)d kort. Det får plats %(most)d.") % {"n": len(data.cards), "most": CARDS}
        )
    with transaction.atomic():
        decks.take(actor, version, lock, imported=len(found.data.cards))
        rows = {card.key: card for card in version.cards.all()}
        for order, card in enumerate(data.cards):
            row = decks_values.row(version, card, order)
            row.search = row.folded()
            if card.key in rows:
                row.pk, row.public_id, row.created_at = (
                    rows[card.key].pk,
                    rows[card.key].public_id,
                    rows[card.key].created_at,
                )
            row.save()
        gone = {key for key, card in rows.items() if card.struck_at is None} - {card.key for card in data.cards}
        version.cards.filter(key__in=gone).update(struck_at=clock.now())
        version.words = {**version.words, "categories": [dict(row) for row in data.categories]}
        version.save(update_fields=["words"])
    return len(found.changes)


def _sound(found: Trial) -> None:
    if found.wrong:
        raise ValidationError(_("Rätta filen först. Ingenting är sparat."))

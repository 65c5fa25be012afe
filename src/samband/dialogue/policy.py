"""The rules of decks and outcomes, registered with the decision point. Rooms and sheets have files of their own."""

from typing import Any

from django.db.models import QuerySet

from samband.core import policy
from samband.core.policy import Actor, Decision, allow, deny
from samband.dialogue.models import Card, Deck, DeckVersion, Outcome
from samband.dialogue.rules import access


@policy.rule("deck.list", "deck.read", about=(Deck, DeckVersion, Card))
def see_decks(actor: Actor, thing: Any = None) -> Decision:
    return access.read_decks(actor)


@policy.rule("deck.edit", about=(Deck, DeckVersion, Card))
def edit_decks(actor: Actor, thing: Any) -> Decision:
    deck = thing if isinstance(thing, Deck) else thing.deck if isinstance(thing, DeckVersion) else thing.version.deck
    return access.keep_decks(actor, deck.unit_id)


@policy.rule("deck.copy", about=Deck)
def copy_decks(actor: Actor, thing: Any) -> Decision:
    """Who may read a deck may have one of her own that begins as it."""
    return access.read_decks(actor)


@policy.rule("deck.create")
def make_decks(actor: Actor, thing: Any = None) -> Decision:
    if actor.kind == "staff":
        return allow("A1", "Du gör en kortlek för din enhet.", "You make a deck for your unit.")
    return deny("A1", "Kortlekar görs av personalen.", "Decks are made by staff.")


@policy.scope("deck.list", "deck.read", "deck.edit", "deck.copy")
def all_decks(actor: Actor, rows: QuerySet) -> QuerySet:
    return rows if actor.kind == "staff" and rows.model in (Deck, DeckVersion, Card) else rows.none()


@policy.rule("outcome.list")
def list_outcomes(actor: Actor, thing: Any = None) -> Decision:
    return access.read_decks(actor)


@policy.rule("outcome.read", "outcome.edit", about=Outcome)
def see_outcome(actor: Actor, thing: Any) -> Decision:
    return access.read_outcomes(actor, thing.unit_id)


@policy.scope("outcome.list", "outcome.read", "outcome.edit")
def own_outcomes(actor: Actor, rows: QuerySet) -> QuerySet:
    if rows.model is not Outcome or actor.kind != "staff":
        return rows.none()
    return rows if actor.role in access.KEEPS else rows.filter(unit__in=actor.unit_ids)

"""Who keeps decks, leads a dialogue and reads what came out. Pure. Nothing here is about a person in care."""

from samband.core.decision import Actor, Decision, allow, deny

KEEPS = frozenset({"leader", "administrator"})


def read_decks(actor: Actor) -> Decision:
    if actor.kind == "staff":
        return allow("A1", "Korten är inga personuppgifter.", "The cards are no personal data.")
    return deny("A1", "Korten är till för personalen.", "The cards are for staff.")


def keep_decks(actor: Actor, unit: int | None) -> Decision:
    """The decks shipped are kept by leaders; a unit's own by its staff as well."""
    if actor.kind == "staff" and (actor.role in KEEPS or (unit is not None and unit in actor.unit_ids)):
        return allow("A1", "Du sköter kortleken.", "You keep the deck.")
    return deny("A1", "Kortleken sköts av den som äger den.", "The deck is kept by its owner.")


def read_outcomes(actor: Actor, unit: int | None) -> Decision:
    """What a unit's dialogues led to is read in that unit, and by leaders."""
    if actor.kind == "staff" and (actor.role in KEEPS or (unit is not None and unit in actor.unit_ids)):
        return allow("A1", "Det kom ur din enhets dialoger.", "It came out of your unit's dialogues.")
    return deny(
        "A1",
        "Resultatet hör till den enhet som hade dialogen.",
        "The outcome belongs to the unit that had the dialogue.",
    )

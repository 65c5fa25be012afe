"""Who reads and who keeps what is known of the regions. Pure."""

from samband.core.decision import Actor, Decision, allow, deny

KEEPS = frozenset({"leader", "administrator"})


def read(actor: Actor) -> Decision:
    """Facts about regions hold nothing of persons: all staff read them."""
    if actor.kind == "staff":
        return allow(
            "A1", "Uppgifterna om regionerna är inga personuppgifter.", "Facts about regions are no personal data."
        )
    return deny("A1", "Sidorna om regionerna är till för personalen.", "The pages about the regions are for staff.")


def edit(actor: Actor) -> Decision:
    if actor.kind == "staff" and actor.role in KEEPS and actor.org_kind != "outside":
        return allow("A1", "Du sköter underlaget om regionerna.", "You keep the material about the regions.")
    return deny("A1", "En förbättringsledare sköter underlaget.", "An improvement leader keeps the material.")

"""Who answers a sheet, reads what it came to, and keeps it. Pure. A next step is its author's alone."""

from samband.core.decision import Actor, Decision, allow, deny
from samband.dialogue.rules.access import KEEPS


def read_sheets(actor: Actor) -> Decision:
    if actor.kind == "staff":
        return allow("A1", "Arbetsbladen är inga personuppgifter.", "The worksheets are no personal data.")
    return deny("A1", "Arbetsbladen är till för personalen.", "The worksheets are for staff.")


def keep_sheets(actor: Actor) -> Decision:
    if actor.kind == "staff" and actor.role in KEEPS:
        return allow("A1", "Du sköter arbetsbladen.", "You keep the worksheets.")
    return deny(
        "A1", "Arbetsbladen sköts av förbättringsledaren.", "The worksheets are kept by the improvement leader."
    )


def answer(actor: Actor, organization: int | None) -> Decision:
    """`organization`: whose sitting it is; None where everyone takes part."""
    if actor.kind == "staff" and actor.staff_id and organization in (None, actor.organization_id):
        return allow("A1", "Du svarar för dig själv.", "You answer for yourself.")
    return deny("A1", "Bladet gäller en annan organisation.", "The sheet is another organisation's.")


def read_result(actor: Actor, organization: int | None) -> Decision:
    """Those who could answer, and leaders. Nobody reads another's answers, only what they sum up to."""
    if actor.kind == "staff" and (actor.role in KEEPS or organization in (None, actor.organization_id)):
        return allow("A1", "Resultatet visar ingen för sig.", "The result shows nobody apart.")
    return deny("A1", "Bladet gäller en annan organisation.", "The sheet is another organisation's.")


def own_step(actor: Actor, staff: int) -> Decision:
    if actor.kind == "staff" and actor.staff_id is not None and actor.staff_id == staff:
        return allow("A1", "Steget är ditt.", "The step is yours.")
    return deny("A1", "Ett nästa steg ser bara den som skrev det.", "A next step is seen by its author alone.")

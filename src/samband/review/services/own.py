"""The reviewer's own organisation, as a key for questions."""

from samband.core.policy import Actor


def ours(actor: Actor) -> int:
    """0, which is nobody's, for an actor without an organisation."""
    return actor.organization_id or 0

"""Who keeps the material about the regions, in the small world."""

from samband.core.policy import Actor
from tests.worlds import World, _staff


def leader(world: World) -> Actor:
    """An improvement leader."""
    if "leader" not in world.users:
        _staff(world.users, "leader", world.units["centre"], "leader")
    return world.actor("leader")

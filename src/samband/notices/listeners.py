"""What the port of notices is told, delivered; what was dealt with, acknowledged."""

from samband.core import events, notices, thinning
from samband.core.notices import Actor, Telling
from samband.notices.services import receipts
from samband.notices.services import thinning as old
from samband.notices.services.telling import receive


@events.listen(notices.EVENT)
def told(telling: Telling) -> None:
    receive(telling)


@events.listen(notices.DONE)
def done(thing: str, by: Actor | None) -> None:
    receipts.dealt_with(thing, by)


@events.listen(thinning.EVENT)
def thinned(names: list[str]) -> None:
    old.forget(names)

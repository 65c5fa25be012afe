"""What the worker's clock does: lets versions begin on their day, and reminds owners of those to look over."""

from datetime import timedelta

from samband.core.jobs import duty
from samband.guidelines.services import publishing


@duty("guidelines.turn", timedelta(hours=1))
def turn() -> None:
    publishing.turn()


@duty("guidelines.remind", timedelta(hours=6))
def remind() -> None:
    publishing.remind()

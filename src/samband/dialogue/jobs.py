"""What the worker's clock does: rooms whose time is over close their code and forget their seats' tokens."""

from datetime import timedelta

from samband.core.jobs import duty
from samband.dialogue.services import rooms_seats


@duty("dialogue.expire", timedelta(minutes=1))
def expire() -> None:
    rooms_seats.expire()

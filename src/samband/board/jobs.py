"""What the board does by the clock: marks are brought up to date every minute, the morning is counted once a day."""

from datetime import timedelta

from samband.board.services import marks, snapshots
from samband.core import clock
from samband.core.jobs import duty

FROM_HOUR = 6


@duty("board.marks", timedelta(minutes=1))
def up_to_date() -> None:
    marks.settle()


@duty("board.snapshot", timedelta(minutes=15))
def morning() -> None:
    if clock.local_now().hour >= FROM_HOUR:
        snapshots.take()

"""The morning's snapshot. Looked for every quarter of an hour, taken once a day from six o'clock on."""

from datetime import timedelta

from samband.board.services import snapshots
from samband.core import clock
from samband.core.jobs import duty

FROM_HOUR = 6


@duty("board.snapshot", timedelta(minutes=15))
def morning() -> None:
    if clock.local_now().hour >= FROM_HOUR:
        snapshots.take()

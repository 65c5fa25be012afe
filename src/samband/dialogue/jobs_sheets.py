"""By the worker's clock: sittings whose last day has passed, next steps and commitments whose day has come."""

from datetime import timedelta

from samband.core.jobs import duty
from samband.dialogue.services import outcomes, sheets, sheets_steps


@duty("dialogue.sheets", timedelta(hours=1))
def sheets_due() -> None:
    sheets.close_due()
    sheets_steps.remind_due()
    outcomes.remind_due()

"""What the clock does: reminds, and sends the letters that are to go."""

from datetime import timedelta

from samband.core.jobs import duty
from samband.meetings.services import invitation, reminders


@duty("meetings.remind", timedelta(minutes=5))
def remind() -> None:
    reminders.run()


@duty("meetings.invite", timedelta(minutes=1))
def invite() -> None:
    invitation.send_due()

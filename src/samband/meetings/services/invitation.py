"""The calendar file and the letter: neither names the person, the care, the place or anybody who is called."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from samband.core import clock
from samband.meetings.models import Attendee, Meeting
from samband.meetings.rules import ical

MOST_TRIES = 5
BATCH = 200
CALL = gettext_noop("Du är kallad till ett möte. Logga in i Samband för att se mer och svara:")
GONE = gettext_noop("Ett möte som du var kallad till blir inte av, eller gäller inte dig längre. Logga in i Samband:")
OWN = (Attendee.Kind.PERSON, Attendee.Kind.RELATIVE)


def address(row: Attendee) -> str:
    """Where the one who is called reads the rest, after log-in."""
    name = "meetings:my_meeting" if row.kind in OWN else "meetings:meeting"
    return f"{settings.ADDRESS}{reverse(name, args=[row.meeting.public_id])}"


def calendar(row: Attendee) -> bytes:
    """The file for one who is called; a call that no longer holds takes the meeting out of her calendar."""
    meeting = row.meeting
    gone = meeting.cancelled or not row.called
    url = address(row)
    with override("sv"):
        text = _("Logga in i Samband för att se var, vilka som kommer och vad ni ska prata om: %(url)s") % {"url": url}
        summary = _("Möte i Samband")
    return ical.write(
        ical.Invitation(
            uid=f"{meeting.uid}@samband", sequence=meeting.sequence + (0 if row.called else 1), starts=meeting.starts_at,
            ends=meeting.ends_at, stamp=clock.now(), summary=summary, text=text, url=url, organizer=sender(), cancelled=gone,
        )
    )  # fmt: skip


def sender() -> str:
    """The address that letters come from: the house's, never a person's."""
    return settings.DEFAULT_FROM_EMAIL or "samband@localhost"


def letter(row: Attendee) -> EmailMessage:
    """Swedish first, English under it; the file goes along."""
    gone = row.meeting.cancelled or not row.called
    words = GONE if gone else CALL
    parts = []
    for language in ("sv", "en"):
        with override(language):
            parts.append(_(words))
    body = f"{parts[0]}\n{address(row)}\n\n{parts[1]}\n"
    with override("sv"):
        message = EmailMessage(str(_("Möte i Samband")), body, sender(), [row.email])
    method = "CANCEL" if gone else "PUBLISH"
    message.attach(ical.NAME, calendar(row).decode(), f"text/calendar; method={method}; charset=utf-8")
    return message


def due():
    """Letters that are to go: a call that was not sent in this form, or that no longer holds."""
    rows = Attendee.objects.exclude(email="").filter(mail_tries__lt=MOST_TRIES)
    open_ones = Q(
        meeting__status__in=(Meeting.Status.CALLED, Meeting.Status.CANCELLED), meeting__ends_at__gt=clock.now()
    )
    stale = Q(removed_at__isnull=True, withdrawn_at__isnull=True, mailed__lt=F("meeting__sequence"))
    gone = (Q(removed_at__isnull=False) | Q(withdrawn_at__isnull=False)) & Q(mailed__gte=0)
    never_called = Q(meeting__status=Meeting.Status.CANCELLED, mailed=-1)
    return rows.filter(open_ones, stale | gone).exclude(never_called)


def send_due() -> int:
    """One turn of the clock: each letter once for each change. One that fails is tried again, five times at most."""
    if not mail_is_on():
        return 0
    sent = 0
    for pk in due().order_by("pk").values_list("pk", flat=True)[:BATCH]:
        sent += _send(pk)
    return sent


def mail_is_on() -> bool:
    """A mail server is set up; the demo writes its letters on the console."""
    return bool(settings.MAIL_ON or settings.MODE == "demo")


def _send(pk: int) -> int:
    with transaction.atomic():
        row = due().select_for_update(of=("self",)).select_related("meeting", "unit", "relative").filter(pk=pk).first()
        if row is None:
            return 0
        called, sequence = row.called, row.meeting.sequence
        try:
            letter(row).send()
        except Exception:
            # A server that is away or refuses an address must stop neither the others nor the meeting.
            Attendee.objects.filter(pk=pk).update(mail_failed_at=clock.now(), mail_tries=row.mail_tries + 1)
            return 0
        done = {"mailed": sequence, "mail_tries": 0, "mail_failed_at": None}
        if not called:
            done["email"] = ""
        Attendee.objects.filter(pk=pk).update(**done)
    return 1

"""Notices of the demo county: told by the same events as in earnest, about what is there, at the times it happened."""

from datetime import datetime

from django.db.models import F

from samband.contact.models import Case, CaseEvent
from samband.core import clock, events
from samband.notices.models import Delivery, Notice, Recipient
from samband.plans.models import Proposal

Kind = CaseEvent.Kind
NEWS = {Kind.OPENED: "contact.case_opened", Kind.HANDED: "contact.case_handed", Kind.REPLIED: "contact.case_answered"}


def load() -> None:
    """All of it, where there is none yet."""
    if Notice.objects.filter(kind__in=NEWS.values()).exists():
        return
    # The stories' proposals were told on a day when nobody's assignment had begun.
    Notice.objects.filter(kind="plan.proposed").delete()
    rows = CaseEvent.objects.filter(kind__in=NEWS).select_related("case__unit", "case__person")
    for row in rows.order_by("at"):
        if row.kind != Kind.OPENED or row.case.open:
            _publish(row.at, NEWS[Kind(row.kind)], case=row.case)
    for case in Case.objects.filter(closed_at__isnull=False).select_related("unit", "person"):
        _publish(case.closed_at, "contact.case_closed", case=case)
    for proposal in Proposal.objects.filter(status=Proposal.Status.OPEN).select_related("action__plan", "action__unit"):
        _publish(proposal.created_at, "plan.proposed", proposal=proposal)


def _publish(at: datetime | None, name: str, **facts: object) -> None:
    """Told now, as assignments begin today in a demo that was just made; then dated to when it happened."""
    before = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    events.publish(name, **facts)
    fresh = Notice.objects.filter(pk__gt=before)
    fresh.update(told_at=at)
    Delivery.objects.filter(notice__in=fresh).update(at=at)
    Recipient.objects.filter(notice__in=fresh).update(
        since=at, due_at=F("due_at") - (clock.now() - (at or clock.now()))
    )

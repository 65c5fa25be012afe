"""What has changed in my plan since I last looked, in plain words (A13, P4)."""

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from samband.core import clock
from samband.core.http import Request
from samband.core.models import AuditEvent
from samband.core.policy import guarded
from samband.plans.rules.texts import shortened
from samband.plans.services import versions
from samband.web.services import own
from samband.web.views.own import page as own_page

VIEWS = ("web:my_plan", "web:my_changes")
SITTING = timedelta(hours=1)  # what was opened within the hour is the same visit
USUAL = timedelta(days=30)


@guarded("own.read")
@require_safe
def page(request: Request) -> HttpResponse:
    """Since the last visit; `?days=` asks for a longer time. Twelve queries more than any own page, however long the history."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked[:4]) < 1000 else 0
    last = last_read(request.actor.user_id)
    mine = own.open_page(request, "my_changes")
    since = clock.now() - timedelta(days=days) if days else last or clock.now() - USUAL
    groups = []
    if mine.plan is not None:
        low = versions.at_moment(mine.plan, since)
        groups = versions.between(mine.plan, low, versions.latest(mine.plan))
    return own_page(
        request,
        "web/changes.html",
        mine,
        groups=[_shown(group) for group in groups],
        since=since,
        visited=last is not None and not days,
        days=days,
    )


def last_read(user_id: int | None) -> datetime | None:
    """When this reader last had the plan before her, before this visit."""
    rows = AuditEvent.objects.filter(user_id=user_id, view__in=VIEWS, at__lt=clock.now() - SITTING).order_by("-at")
    return rows.values_list("at", flat=True).first()


def _shown(group: versions.Group) -> dict:
    """The group without names of fields: what, who, when."""
    rows = [
        {
            "title": "" if change.entry.kind in ("new", "gone") else change.entry.title,
            "kind": change.entry.kind,
            "lines": [{"text": line.text, "pieces": shortened(line.pieces)} for line in change.entry.lines],
            "by": change.by[:1],
        }
        for change in group.changes
    ]
    return {"title": group.title, "key": group.key, "rows": rows}

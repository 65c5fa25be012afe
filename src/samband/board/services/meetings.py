"""What meetings tell the board, where that module is installed: who must be called, and today's meetings."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samband.board.services import counts, gaps, kinds
from samband.board.services.scope import Scope
from samband.board.services.words import WORDS, Said, Words
from samband.core import clock, text
from samband.plans.models import CarePlan

APP = "meetings"
DUE = kinds.Kind(
    slug="meeting-due",
    order=90,
    later=True,
    title=gettext_lazy("Möte att kalla till"),
    rule=gettext_lazy("Planen ska följas upp inom två veckor, eller skulle ha varit det, och inget möte är kallat."),
    none=gettext_lazy("Alla som snart ska följas upp är kallade till ett möte"),
    zero=gettext_lazy("alla är kallade"),
    state="warn",
    what=gettext_lazy("Följs upp"),
    since=gettext_lazy("När"),
    of_plan=True,
)


@dataclass(frozen=True)
class Today:
    """A meeting of today: when, about whom, where it opens."""

    starts: datetime
    ends: datetime
    what: str
    name: str
    person: int
    url: str
    place: str


def register() -> None:
    """Called once, when the application is ready: the number joins the board."""
    if apps.is_installed("samband.meetings") and DUE.slug not in kinds.BY_SLUG:
        kinds.register(DUE)
        gaps.ROWS[DUE.slug] = _due
        counts.OF_PLAN[DUE.slug] = _due_q
        gaps.IN_ORDER[DUE.slug] = ("follow_up_on", "pk")
        WORDS[DUE.slug] = Words(CarePlan, _words)


def _due(scope: Scope) -> QuerySet:
    return import_module("samband.meetings.services.due").not_called(scope)


def _due_q() -> Q:
    return import_module("samband.meetings.services.due").not_called_q()


def _words(r: dict[str, Any]) -> Said:
    day = r["since"]
    late = day < clock.today()
    return Said(_("sen") if late else text.spoken_date(day), text.short_date(day))


def today(scope: Scope) -> list[Today]:
    """Meetings of today that are not cancelled, in order of time, for those who read the plan (P2)."""
    if not apps.is_installed("samband.meetings"):
        return []
    low, high = clock.day_bounds(clock.today())
    rows = apps.get_model(APP, "Meeting")._default_manager.filter(starts_at__gte=low, starts_at__lt=high)
    rows = scope.of(rows.exclude(status="cancelled"), "person__").select_related("person").order_by("starts_at", "pk")
    return [
        Today(
            m.starts_at, m.ends_at, m.get_kind_display(), m.person.full_name, m.person_id,
            reverse("meetings:meeting", args=[m.public_id]), m.place,
        )
        for m in rows
    ]  # fmt: skip

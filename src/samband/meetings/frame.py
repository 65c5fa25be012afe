"""What meetings hangs on the frame: a place with what waits for an answer, a line in the own menu, parts on other pages."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samband.meetings import slots as parts
from samband.meetings.services import lists, telling
from samband.ui.slots import MenuLine, Part, Place, slots

OWN = ("person", "relative")
FRESH = 15


def waiting(request: HttpRequest) -> int | None:
    """The number beside Möten: calls that wait for our answer, at most 15 seconds old."""
    actor = request.actor  # type: ignore[attr-defined]
    key = f"meetings-waiting-{actor.user_id}-{actor.assignment_id}-{hash(actor.unit_ids)}"
    found = cache.get(key)
    if found is None:
        found = lists.waiting_for_us(actor).count()
        cache.set(key, found, FRESH)
    return found or None


def fill() -> None:
    """Called once, when the application is ready."""
    telling.register()
    slots.place(
        Place(
            "meetings",
            _("Möten"),
            "meetings:meetings",
            "meeting.list",
            icon="people",
            order=40,
            count=waiting,
            phone=False,
        )
    )
    slots.line(MenuLine("meetings", _("Möten"), "meetings:meetings", order=25, kinds=("staff",), action="meeting.list"))
    slots.line(
        MenuLine("my_meetings", _("Mina möten"), "meetings:my_meetings", order=12, kinds=OWN, action="meeting.own")
    )
    slots.part("person.side", Part("meetings", parts.for_person, order=10))
    slots.part("own.today", Part("meetings", parts.own_today, order=10))

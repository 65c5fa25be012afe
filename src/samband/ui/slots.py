"""What other modules hang on the frame: places in the top and bottom bar, lines in the menu, the search box.

A module registers its own in `AppConfig.ready()`; ui knows none of them by name. Whether a place shows is asked of the
policy, so a place nobody may open is never drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from samband.core import policy


@dataclass(frozen=True)
class Place:
    """A place in the bar. `action` is asked of the policy; `phone` puts it among the four of the phone's bottom bar."""

    key: str
    label: str | Promise
    url_name: str
    action: str
    icon: str = "list"
    order: int = 50
    kinds: tuple[str, ...] = ("staff",)
    phone: bool = True
    count: Callable[[HttpRequest], int | None] | None = None


@dataclass(frozen=True)
class MenuLine:
    """A line in the menu under the reader's name. `post` draws a button (log out), else a link."""

    key: str
    label: str | Promise
    url_name: str
    icon: str = "chevron-right"
    order: int = 50
    kinds: tuple[str, ...] = ("staff", "person", "relative")
    action: str = ""
    post: bool = False


@dataclass(frozen=True)
class Part:
    """Something that one module shows on another's page. `draw` gets the request and what the page knows (a person, an
    area, an action …) and answers with safe HTML, or with nothing. It asks the policy itself.
    """

    key: str
    draw: Callable[..., str]
    order: int = 50


@dataclass
class Slots:
    """The frame's open places. One registry a process, filled at start."""

    places: dict[str, Place] = field(default_factory=dict)
    menu: dict[str, MenuLine] = field(default_factory=dict)
    search: dict[str, tuple[str, str]] = field(default_factory=dict)
    parts: dict[str, dict[str, Part]] = field(default_factory=dict)

    def part(self, slot: str, part: Part) -> None:
        """Fill a slot of another module's page: `board.side`, `own.help`, `person.side` …"""
        self.parts.setdefault(slot, {})[part.key] = part

    def place(self, place: Place) -> None:
        """Add or replace a place."""
        self.places[place.key] = place

    def line(self, line: MenuLine) -> None:
        """Add or replace a line in the menu."""
        self.menu[line.key] = line

    def search_with(self, url_name: str, kind: str = "staff", action: str = "") -> None:
        """The url name that answers the search box for this kind of reader (POST, field `q`), if `action` is allowed."""
        self.search[kind] = (url_name, action)


slots = Slots()


def parts_for(slot: str, request: HttpRequest, **knows: object) -> list[str]:
    """What fills the slot for this reader, in order."""
    found = sorted(slots.parts.get(slot, {}).values(), key=lambda part: part.order)
    return [html for part in found if (html := part.draw(request, **knows))]


def url_of(name: str) -> str:
    """The address, or nothing when the module that owns it is not installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _open_to(actor: policy.Actor, item: Place | MenuLine) -> bool:
    if actor.kind not in item.kinds:
        return False
    return not item.action or bool(policy.decide(actor, item.action))


def places_for(request: HttpRequest, current: str = "") -> list[dict]:
    """The places this reader may open, in order; the current one by key or by label. The living page brings its own."""
    if (shown := getattr(request, "ui_places", None)) is not None:
        return [{**place, "current": current == place["key"]} for place in shown]
    actor = getattr(request, "actor", policy.ANONYMOUS)
    rows = []
    for place in sorted(slots.places.values(), key=lambda p: p.order):
        url = url_of(place.url_name)
        if not url or not _open_to(actor, place):
            continue
        label = str(place.label)
        rows.append(
            {
                "key": place.key,
                "label": label,
                "url": url,
                "icon": place.icon,
                "phone": place.phone,
                "count": place.count(request) if place.count else None,
                "current": current.casefold() in (place.key.casefold(), label.casefold()),
            }
        )
    return rows


def menu_for(request: HttpRequest) -> list[dict]:
    """The lines of the menu for this reader."""
    actor = getattr(request, "actor", policy.ANONYMOUS)
    lines = sorted(slots.menu.values(), key=lambda line: line.order)
    return [
        {"label": line.label, "url": url_of(line.url_name), "icon": line.icon, "post": line.post}
        for line in lines
        if _open_to(actor, line) and url_of(line.url_name)
    ]

"""What a template may hold. Pure: no Django, no database.

A template is a list of parts, `{"key": str, "type": str, "fields": {name: value}}`. A key is the part's name through all
versions, so that a newer version is known to change a part rather than to bring another one. A field that the product no
longer has is told, with the part it stands in; the part can be mended but not used, and nothing of it is lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Part = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One field of a part. `kind`: text, long, flag, number, time, rule, choice; `limit`: characters, or the largest number."""

    kind: str = "text"
    limit: int = 120
    needed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What is wrong with a part: `code` is what the page puts into words, with `limit` where it is a matter of size."""

    key: str
    field: str
    code: str
    limit: int = 0


UNIT_KINDS = (
    "", "care_center", "home_nursing", "home_help", "ward", "mobile_team", "advanced_home_care", "rehab", "dental", "on_call",
    "care_home", "psychiatry", "social", "school",
)  # fmt: skip
COMPETENCES = ("none", "assistant", "delegated", "nurse", "physician", "therapist", "dental", "other")
OWNERS = ("unit", "person", "relative", "nobody")

TYPES: dict[str, dict[str, Field]] = {
    "question": {"text": Field(limit=300, needed=True), "detail": Field("long", 1000)},
    "check": {
        "text": Field(limit=300, needed=True),
        "detail": Field("long", 1000),
        "days": Field("number", 730),
    },
    "action": {
        "title": Field(limit=120, needed=True),
        "detail": Field("long", 10_000),
        "why": Field(limit=300),
        "by": Field("choice", choices=OWNERS),
        "unit_kind": Field("choice", choices=UNIT_KINDS),
        "competence": Field("choice", choices=COMPETENCES),
        "minutes": Field("number", 1440),
        "rrule": Field("rule", 300),
        "time_from": Field("time"),
        "time_to": Field("time"),
        "milestone": Field("flag"),
        "icon": Field(limit=30),
    },
    "situation": {
        "trigger": Field(limit=200, needed=True),
        "steps_person": Field("long", 10_000, needed=True),
        "steps_relative": Field("long", 10_000),
        "steps_staff": Field("long", 10_000),
        "emergency": Field("flag"),
        "call_kind": Field("choice", choices=UNIT_KINDS),
        "icon": Field(limit=30),
    },
    "info": {
        "title": Field(limit=120, needed=True),
        "body": Field("long", 10_000, needed=True),
        "source": Field(limit=200),
    },
}
ALLOWED: dict[str, tuple[str, ...]] = {
    "plan": ("question", "action", "situation", "check", "info"),
    "checklist": ("question", "check"),
    "situations": ("situation",),
    "information": ("info",),
}


def blank(kind: str) -> Any:
    """What an empty field of this kind holds."""
    return {"flag": False, "number": None}.get(kind, "")


def clean(type_: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The known fields of a part, with the empty ones filled in. What is unknown is left out."""
    return {name: fields.get(name, blank(field.kind)) for name, field in TYPES.get(type_, {}).items()}


def problems(kind: str, parts: Sequence[Part]) -> list[Problem]:
    """Everything that is wrong with a version, in the order of its parts."""
    found: list[Problem] = []
    seen: set[str] = set()
    for part in parts:
        key = str(part.get("key", ""))
        if not key or key in seen:
            found.append(Problem(key, "", "key"))
        seen.add(key)
        if part.get("type") not in ALLOWED.get(kind, ()):
            found.append(Problem(key, "", "type"))
            continue
        found += _fields(key, TYPES[part["type"]], part.get("fields") or {})
    return found if parts else [Problem("", "", "empty")]


def _fields(key: str, known: Mapping[str, Field], fields: Mapping[str, Any]) -> list[Problem]:
    found = [Problem(key, name, "gone") for name in fields if name not in known]
    for name, field in known.items():
        code = _wrong(field, fields.get(name, blank(field.kind)))
        if code:
            found.append(Problem(key, name, code, field.limit))
    return found


def _wrong(field: Field, value: Any) -> str:
    """The code of what is wrong with one value, or nothing."""
    if field.kind == "flag":
        return "" if isinstance(value, bool) else "flag"
    if field.kind == "number":
        good = value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= field.limit)
        return "" if good else "number"
    if not isinstance(value, str):
        return "text"
    if field.needed and not value.strip():
        return "needed"
    if field.kind == "choice":
        return "" if not value or value in field.choices else "choice"
    if field.kind == "time":
        return "" if not value or _is_time(value) else "time"
    return "long" if len(value) > field.limit else ""


def _is_time(value: str) -> bool:
    hours, colon, minutes = value.partition(":")
    return bool(colon) and hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60

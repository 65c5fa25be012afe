"""A template for tests: an action, a situation, something to do, a text; published, not approved."""

from typing import Any

from samband.core import clock
from samband.library.models import Definition, DefinitionVersion
from samband.library.rules import clean


def part(key: str, type_: str, **fields: Any) -> dict:
    return {"key": key, "type": type_, "fields": clean(type_, fields)}


PARTS = [
    part("a", "action", title="Väga sig", detail="På morgonen.", rrule="FREQ=DAILY", unit_kind="home_nursing"),
    part("s", "situation", trigger="Om vikten stiger", steps_person="Ring.", call_kind="home_nursing"),
    part("c", "check", text="Våg finns hemma", days=7),
    part("q", "question", text="Hur sover du?"),
    part("i", "info", title="Salt", body="Smaka först."),
]


def definition(slug: str = "provmall", parts: list[dict] | None = None, **more: Any) -> Definition:
    """The template, made once for each slug."""
    found, new = Definition.objects.get_or_create(
        slug=slug, defaults={"kind": "plan", "title": "Provmall", "summary": "För prov.", **more}
    )
    if new:
        publish(found, PARTS if parts is None else parts)
    return found


def publish(found: Definition, parts: list[dict], note: str = "") -> DefinitionVersion:
    """One more version, past the services."""
    return DefinitionVersion.objects.create(
        definition=found, number=found.versions.count() + 1, status="published", parts=parts, note=note,
        published_at=clock.now(),
    )  # fmt: skip

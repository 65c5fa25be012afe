"""The written demo county: YAML beside the code, read as plain dictionaries."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


def _read(path: Path) -> dict[str, Any]:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def county() -> dict[str, Any]:
    """Areas, organisations, units and staff."""
    return _read(DATA / "county.yaml")


@cache
def persons() -> tuple[dict[str, Any], ...]:
    """The person stories, the main one first."""
    found = [_read(path) for path in sorted((DATA / "persons").glob("*.yaml"))]
    return tuple(sorted(found, key=lambda person: person["key"] != "gunvor"))


def plan_of(person: dict[str, Any]) -> dict[str, Any] | None:
    """The plan of a story; None for somebody who should have one and has not."""
    return None if person["plan"] == "none" else person["plan"]


@cache
def standing() -> dict[str, Any]:
    """Which plans rest, which are closed, what is handed over."""
    return _read(DATA / "standing.yaml")


@cache
def profiles() -> tuple[dict[str, Any], ...]:
    """The needs of generated persons."""
    return tuple(_read(DATA / "profiles.yaml")["profiles"])


@cache
def names() -> dict[str, Any]:
    """Names and streets of generated persons."""
    return _read(DATA / "names.yaml")


@cache
def agreements() -> dict[str, Any]:
    """What was agreed around the stories, by person."""
    return _read(DATA / "agreements.yaml")


@cache
def resources() -> dict[str, Any]:
    """Pools, shifts, competences, delegations and terms."""
    return _read(DATA / "resources.yaml")

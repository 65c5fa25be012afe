"""Example routines that come with the product, as Markdown with a head of YAML: for the demo county, never for a real one."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True)
class Example:
    """One file: `head` as it was written, `versions` the texts from the first to the latest."""

    slug: str
    head: dict[str, Any]
    versions: tuple[str, ...]


def read(file: Path) -> Example:
    """`---` head `---` text; older versions first, parted by a line of `=====`. Raises ValueError for any other shape."""
    parts = file.read_text(encoding="utf-8").split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise ValueError(f"{file.name}: expected --- head --- text")
    texts = tuple(text.strip() + "\n" for text in parts[2].split("\n=====\n"))
    return Example(file.stem, yaml.safe_load(parts[1]), texts)


def examples() -> list[Example]:
    """Common ones first: the local ones point to them."""
    found = [read(file) for file in sorted(FOLDER.glob("*.md"))]
    return sorted(found, key=lambda row: row.head.get("level") == "local")


def days(said: str) -> timedelta:
    """`-40d` and `+300d`: days from today."""
    return timedelta(days=int(said.removesuffix("d")))

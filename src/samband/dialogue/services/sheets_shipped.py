"""The sheets that come with the product. Loading adds what is missing, and no more."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from samband.core import clock
from samband.dialogue.models import Sheet, SheetStatement, SheetVersion

FOLDER = Path(__file__).resolve().parents[1] / "data" / "sheets"


def names() -> dict[str, str]:
    """Slug → name of each shipped sheet."""
    return {file.stem: read(file)["name"] for file in sorted(FOLDER.glob("*.yaml"))}


def read(file: Path) -> dict[str, Any]:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def statements(slug: str) -> list[dict[str, str]]:
    """The statements of a shipped sheet; KeyError where there is none by that name."""
    if slug not in names():
        raise KeyError(slug)
    return read(FOLDER / f"{slug}.yaml")["statements"]


def put(version: SheetVersion, rows: list[dict[str, str]]) -> None:
    """Write the statements of a version, in order."""
    SheetStatement.objects.bulk_create(
        SheetStatement(version=version, key=row["key"], group=row.get("group", ""), text=row["text"], order=order)
        for order, row in enumerate(rows)
    )


@transaction.atomic
def load() -> int:
    """Add the sheets that are not here, as version 1, published. How many were added."""
    added = 0
    for file in sorted(FOLDER.glob("*.yaml")):
        row = read(file)
        sheet, new = Sheet.objects.get_or_create(slug=file.stem, defaults={"name": row["name"], "about": row["about"]})
        if new:
            version = SheetVersion.objects.create(
                sheet=sheet,
                number=1,
                status=SheetVersion.Status.PUBLISHED,
                author_name="Samband",
                published_at=clock.now(),
            )
            put(version, row["statements"])
            added += 1
    return added

"""The templates that come with the product: examples, none of them approved. Loading adds what is missing, and no more."""

from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction

from samband.core import clock
from samband.library.models import Definition, DefinitionVersion
from samband.library.rules import clean, problems
from samband.library.services.spoken import spoken_problem

FOLDER = Path(__file__).resolve().parents[1] / "data" / "templates"


def read(file: Path) -> dict[str, Any]:
    """One file: title, kind, summary, parts (a flat map each, as they are written by hand)."""
    row = yaml.safe_load(file.read_text(encoding="utf-8"))
    parts = []
    for part in row["parts"]:
        fields = {name: value for name, value in part.items() if name not in ("key", "type")}
        unknown = set(fields) - set(clean(part["type"], {}))
        parts.append(
            {
                "key": part["key"],
                "type": part["type"],
                "fields": clean(part["type"], fields) | {n: fields[n] for n in unknown},
            }
        )
    return {**row, "parts": parts}


@transaction.atomic
def load() -> int:
    """Add the templates that are not here, as version 1, published and not approved. How many were added."""
    added = 0
    for file in sorted(FOLDER.glob("*.yaml")):
        row = read(file)
        wrong = problems(row["kind"], row["parts"])
        if wrong:
            raise ValidationError(f"{file.name}: {spoken_problem(wrong[0], row['parts'])}")
        definition, new = Definition.objects.get_or_create(
            slug=file.stem, defaults={"kind": row["kind"], "title": row["title"], "summary": row["summary"]}
        )
        if new:
            DefinitionVersion.objects.create(
                definition=definition, number=1, status=DefinitionVersion.Status.PUBLISHED, parts=row["parts"],
                author_name="Samband", published_at=clock.now(),
            )  # fmt: skip
            added += 1
    return added
